from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Category
from huiyin.kernel.measures import MEASURES, By
from huiyin.kernel.periods import Period
from huiyin.people.models import Area
from huiyin.review import beside, periods
from huiyin.review.columns import MAIN, MORE
from huiyin.review.models import Freeze
from huiyin.review.queries import STAGE_CHOICES

SORTS = MAIN


class PeriodForm(forms.Form):
    """When to count. A free period takes both days in; it wins over the menu, a cut-off over both."""

    period = forms.CharField(label=_("Period"), required=False, max_length=40)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))
    frozen = forms.ModelChoiceField(Freeze.objects.all(), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "frozen" in self.errors:
            raise forms.ValidationError(_("There is no such cut-off: these are the figures as they stand now."))
        if frozen := given.get("frozen"):
            return given | {"period": beside.period_of(frozen)}
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
    def kept(self) -> Freeze | None:
        """The cut-off that is asked for."""
        return cast("Freeze | None", self.cleaned_data.get("frozen")) if self.is_bound and self.is_valid() else None

    def menu(self) -> list[periods.Choice]:
        return periods.menu(timezone.now())


class RatesForm(PeriodForm):
    """What to count by, which measures, and whether with the change against the comparison period."""

    by = forms.ChoiceField(label=_("By"), choices=[("unit", _("Unit")), ("category", _("Category"))], required=False)
    under = forms.CharField(required=False, max_length=12)
    sort = forms.RegexField(rf"^-?({'|'.join(MEASURES)})$", required=False)
    more = forms.MultipleChoiceField(choices=[(name, name) for name in MORE], required=False)
    change = forms.BooleanField(label=_("With the change"), required=False)

    @property
    def grouping(self) -> By:
        return cast("By", self.cleaned_data.get("by") or "unit")

    @property
    def names(self) -> tuple[str, ...]:
        """The measures that are columns: the usual seven, then those chosen."""
        return (*MAIN, *(name for name in MORE if name in (self.cleaned_data.get("more") or ())))

    @property
    def with_change(self) -> bool:
        return bool(self.cleaned_data.get("change"))


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
