"""Rules of assignment in the administration: a rule that holds is ended, never edited back in time."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assign.models import CatalogueRule, CopyRule, DeadlineRule, TriageRule
from huiyin.assign.queries import forget_rules


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule begins today or later, and ends tomorrow at the earliest: what was decided under it stays explained."""

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


class RuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = RuleForm
    list_filter = ("valid_from", "valid_to")
    ordering = ("-valid_from", "-pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002 Django's signature
        if not _began(obj):
            return ()
        fields = [*obj._meta.fields, *obj._meta.many_to_many]
        return [field.name for field in fields if field.editable and field.name != "valid_to"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not _began(obj) and super().has_delete_permission(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        forget_rules()

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        forget_rules()


def _began(rule: Any) -> bool:
    return rule is not None and rule.valid_from <= timezone.localdate()


@admin.register(CatalogueRule)
class CatalogueRuleAdmin(RuleAdmin):
    list_display = ("category", "area", "lead", "deadline", "valid_from", "valid_to", "basis")
    search_fields = ("category__name", "category__code", "lead__name", "basis")
    autocomplete_fields = ("category", "area", "lead", "helpers")


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(RuleAdmin):
    list_display = ("name", "step", "category", "urgency", "amount", "unit", "valid_from", "valid_to")
    search_fields = ("name", "basis", "category__name")
    autocomplete_fields = ("category",)


@admin.register(CopyRule)
class CopyRuleAdmin(RuleAdmin):
    list_display = ("kind", "unit", "basis", "valid_from", "valid_to")
    search_fields = ("unit__name", "basis")
    autocomplete_fields = ("unit",)


@admin.register(TriageRule)
class TriageRuleAdmin(RuleAdmin):
    list_display = ("error_cost", "valid_from", "valid_to")
