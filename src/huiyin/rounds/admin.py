"""The district's numbers, those of checks and of evaluation alike: ended, never edited back in time."""

from django.contrib import admin

from huiyin.assign.admin import RuleAdmin
from huiyin.evaluate.models import Amount


@admin.register(Amount)
class AmountAdmin(RuleAdmin):
    list_display = ("name", "amount", "valid_from", "valid_to", "basis")
    search_fields = ("name", "basis")
