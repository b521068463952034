"""Knowledge and its owners in the administration: a version is added, or ended; never edited."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.collect.knowledge import add_version
from huiyin.collect.models import FrequentLimit, KnowledgeItem, KnowledgeVersion
from huiyin.people.models import Account


class FromTodayForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was cited under earlier words stays explained: nothing begins in the past, nor ends before tomorrow."""

    def clean_valid_from(self) -> date:
        start: date = self.cleaned_data["valid_from"]
        if start < timezone.localdate():
            raise forms.ValidationError(_("A rule cannot begin in the past. Choose today or later."))
        return start

    def clean_valid_to(self) -> date | None:
        end: date | None = self.cleaned_data["valid_to"]
        if end and end <= timezone.localdate():
            raise forms.ValidationError(_("A rule ends tomorrow at the earliest."))
        return end


class NeverRemoved(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 Django's signature
        return False


@admin.register(KnowledgeItem)
class KnowledgeItemAdmin(NeverRemoved):
    list_display = ("code", "category", "owner")
    list_filter = ("owner",)
    search_fields = ("code", "versions__title")
    autocomplete_fields = ("category", "owner")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return ("code",) if obj else ()


@admin.register(KnowledgeVersion)
class KnowledgeVersionAdmin(NeverRemoved):
    form = FromTodayForm
    list_display = ("item", "version", "title", "valid_from", "valid_to", "source")
    search_fields = ("item__code", "title", "words")
    autocomplete_fields = ("item",)
    exclude = ("version",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        names = [field.name for field in KnowledgeVersion._meta.fields if field.editable and field.name != "valid_to"]
        return names if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 Django's signature
        if change:
            obj.save(update_fields=["valid_to"])
            return
        by = request.user if isinstance(request.user, Account) else None
        add_version(item=obj.item, version=obj, by=by)


@admin.register(FrequentLimit)
class FrequentLimitAdmin(NeverRemoved):
    list_display = ("valid_from", "days", "requests", "basis")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False
