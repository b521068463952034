"""The rules of assignment as staff read them: what holds on a day, found by words."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assign.models import CatalogueRule, DeadlineRule

_MOST = 400


class CatalogueForm(forms.Form):
    q = forms.CharField(label=_("Category, unit, area or basis"), required=False, max_length=60)
    on = forms.DateField(
        label=_("As it held on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any) -> None:
        super().__init__({"on": timezone.localdate().isoformat(), **{name: data[name] for name in data}})
        self.is_valid()

    @property
    def day(self) -> date:
        found: date | None = self.cleaned_data.get("on")
        return found or timezone.localdate()

    def rules(self) -> QuerySet[CatalogueRule]:
        shown = CatalogueRule.objects.prefetch_related("helpers")
        words = self.cleaned_data.get("q", "")
        names = ("category__name", "category__code", "category__parent__name", "area__name", "lead__name", "basis")
        return self._narrow(shown, words, names).order_by("category__code", "area__code")[:_MOST]

    def deadlines(self) -> QuerySet[DeadlineRule]:
        words = self.cleaned_data.get("q", "")
        names = ("name", "category__name", "basis")
        return self._narrow(DeadlineRule.objects.all(), words, names).order_by("step", "name")[:_MOST]

    def _narrow(self, rules: QuerySet[Any], words: str, names: tuple[str, ...]) -> QuerySet[Any]:
        current = rules.filter(Q(valid_from__lte=self.day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=self.day)))
        wanted = Q()
        for name in names:
            wanted |= Q(**{f"{name}__icontains": words})
        return current.filter(wanted) if words else current
