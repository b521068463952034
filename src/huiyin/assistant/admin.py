from django.contrib import admin

from huiyin.assistant.models import Exchange
from huiyin.cases.admin import ToLookAt


@admin.register(Exchange)
class ExchangeAdmin(ToLookAt):
    list_display = ("at", "account", "purpose", "about", "model", "outcome", "sent_characters", "seconds")
    list_filter = ("purpose", "outcome")
    search_fields = ("=about", "=account__username")
    date_hierarchy = "at"
    list_select_related = ("account",)
    ordering = ("-id",)
