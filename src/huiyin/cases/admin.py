"""Cases in the administration: to look at, masked. Events decide what a case is, so nothing of it is edited here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from huiyin.cases.models import AccessLog, Case, Category, SynonymGroup


class ToLookAt(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Case)
class CaseAdmin(ToLookAt):
    list_display = ("number", "title", "state", "lead", "created_at")
    list_filter = ("state",)
    search_fields = ("=number",)
    search_help_text = "MH-2611-04817"
    exclude = ("phone_index",)
    ordering = ("-id",)
    show_full_result_count = False
    list_select_related = ("lead",)
    list_per_page = 50


@admin.register(AccessLog)
class AccessLogAdmin(ToLookAt):
    list_display = ("at", "account", "case", "purpose", "words")
    list_filter = ("purpose",)
    search_fields = ("=case__number", "=account__username")
    date_hierarchy = "at"
    list_select_related = ("account", "case")


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Names, words and code maps may be changed; codes stay, since events name them."""

    list_display = ("code", "name", "parent", "urgency_default", "confidential_default")
    search_fields = ("code", "name", "words")
    readonly_fields = ("code", "parent")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("words",)
    search_fields = ("words",)
