from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Category
from huiyin.kernel.periods import Period
from huiyin.people.models import Area
from huiyin.review import periods
from huiyin.review.groups import By
from huiyin.review.queries import STAGE_CHOICES

SORTS = ("received", "closed", "overdue", "response", "resolution", "satisfaction", "score")


class RatesForm(forms.Form):
    """What to count by and when. A free period takes both days in; it wins over the menu."""

    by = forms.ChoiceField(label=_("By"), choices=[("unit", _("Unit")), ("category", _("Category"))], required=False)
    period = forms.CharField(label=_("Period"), required=False, max_length=40)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))
    under = forms.CharField(required=False, max_length=12)
    sort = forms.RegexField(rf"^-?({'|'.join(SORTS)})$", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        text = f"{first}..{last}" if first and last else given.get("period") or periods.DEFAULT
        if bool(first) != bool(last):
            raise forms.ValidationError(_("A free period needs both days: from and to."))
        try:
            given["period"] = periods.read(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("That is not a period. Write 2026-11, assess:2026-11 or 2026-11-01..2026-11-20.")
            ) from error
        return given

    @property
    def chosen(self) -> Period:
        """What was asked for, else the assessment month."""
        given = self.cleaned_data.get("period") if self.is_bound and self.is_valid() else None
        return given if isinstance(given, Period) else periods.read(periods.DEFAULT)

    @property
    def grouping(self) -> By:
        return cast("By", self.cleaned_data.get("by") or "unit")

    def menu(self) -> list[periods.Choice]:
        return periods.menu(timezone.now())


def _streets() -> list[tuple[str, str]]:
    found = Area.objects.filter(parent__isnull=True)
    return [("", str(_("Every street"))), *((area.code, str(area)) for area in found)]


def _categories() -> list[tuple[str, str]]:
    found = Category.objects.filter(parent__isnull=True)
    return [("", str(_("Every matter"))), *((category.code, str(category)) for category in found)]


def _stages() -> list[tuple[str, str]]:
    return [("", str(_("Every state"))), *((name, str(label)) for name, (label, _states) in STAGE_CHOICES.items())]


class PublicFilterForm(forms.Form):
    street = forms.ChoiceField(label=_("Street"), choices=_streets, required=False)
    category = forms.ChoiceField(label=_("Matter"), choices=_categories, required=False)
    stage = forms.ChoiceField(label=_("State"), choices=_stages, required=False)
