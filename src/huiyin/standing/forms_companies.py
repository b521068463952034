from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import areas, within
from huiyin.cases.inputs import PickField
from huiyin.people.choices import UnitKind
from huiyin.people.models import Area, Unit
from huiyin.standing.forms import day_input

_MOST_HOUSEHOLDS = 1_000_000


class CompanyForm(forms.Form):
    """One more company, of the units that are companies and not on the desk yet."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        found = Unit.objects.filter(kind=UnitKind.COMPANY, active=True, property_company=None)
        self.fields["unit"].queryset = found  # type: ignore[attr-defined]


class EstateForm(forms.Form):
    """`area` is cleaned to the area itself."""

    households = forms.IntegerField(
        label=_("Households"), required=False, min_value=1, validators=[MaxValueValidator(_MOST_HOUSEHOLDS)],
        help_text=_("Empty is not known: the company is then left out of the ranking."),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("From"), widget=day_input(), validators=within(date))

    field_order = ("area", "households", "valid_from")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()})
        self.fields["area"] = PickField(areas(), label=_("Estate"))
        self.order_fields(self.field_order)

    def clean_area(self) -> Area:
        return Area.objects.get(code=self.cleaned_data["area"])


class EndForm(forms.Form):
    on = forms.DateField(label=_("Until"), widget=day_input(), validators=within(date))
