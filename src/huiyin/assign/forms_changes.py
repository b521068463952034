from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assign.models import CatalogueRule, Change, DeadlineRule
from huiyin.cases.asking import areas, categories, units
from huiyin.cases.choices import REQUESTS, Channel, Urgency
from huiyin.cases.inputs import PickField
from huiyin.packs.reader import STEPS

_ANY = [("", _("any"))]


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ProposalForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    valid_from = forms.DateField(label=_("Take effect from"), widget=_day())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate() + timedelta(days=7)})


class CatalogueForm(forms.Form):
    """A catalogue row in codes: what `revising.in_codes` gives, and takes back."""

    deadline = forms.ChoiceField(label=_("Deadline"), required=False)
    basis = forms.CharField(label=_("Legal basis"), max_length=200)
    helpers = forms.MultipleChoiceField(
        label=_("Helping units"), required=False, widget=forms.SelectMultiple({"size": 8})
    )
    street_helps = forms.BooleanField(label=_("the street of the area helps"), required=False)
    communities_help = forms.BooleanField(label=_("communities may be asked to help"), required=False)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        offered = units()
        self.fields["category"] = PickField(categories(groups=True), label=_("Category"))
        self.fields["area"] = PickField(areas(), label=_("Area (empty: any)"), required=False)
        self.fields["lead"] = PickField(offered, label=_("Lead unit (empty: the street of the area)"), required=False)
        self.fields["helpers"].choices = list(offered.items())  # type: ignore[attr-defined]
        names = DeadlineRule.objects.filter(step="handle").order_by("name").values_list("name", flat=True).distinct()
        self.fields["deadline"].choices = [*_ANY, *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.order_fields(["category", "area", "lead", "helpers"])

    @property
    def told(self) -> dict[str, Any]:
        return {
            **self.cleaned_data,
            "area": self.cleaned_data["area"] or None,
            "lead": self.cleaned_data["lead"] or None,
        }


class DeadlineForm(forms.Form):
    """A deadline rule in codes."""

    name = forms.CharField(label=_("Rule"), max_length=60)
    step = forms.ChoiceField(label=_("Step"), choices=[(step, step) for step in STEPS])
    amount = forms.IntegerField(label=_("Time"), min_value=1, max_value=10_000)
    unit = forms.ChoiceField(label=_("Counted in"), choices=DeadlineRule.Unit.choices)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=[*_ANY, *Urgency.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind of request"), choices=[*_ANY, *REQUESTS], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[*_ANY, *Channel.choices], required=False)
    basis = forms.CharField(label=_("Legal basis"), max_length=200)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        everything = categories(groups=True)
        self.fields["category"] = PickField(everything, label=_("Category (empty: any)"), required=False)
        self.order_fields(["name", "step", "category"])

    @property
    def told(self) -> dict[str, Any]:
        return {**self.cleaned_data, "category": self.cleaned_data["category"] or None}


FORMS: dict[str, type[CatalogueForm | DeadlineForm]] = {
    Change.Table.CATALOGUE: CatalogueForm,
    Change.Table.DEADLINE: DeadlineForm,
}
MODELS: dict[str, type[CatalogueRule | DeadlineRule]] = {
    Change.Table.CATALOGUE: CatalogueRule,
    Change.Table.DEADLINE: DeadlineRule,
}
