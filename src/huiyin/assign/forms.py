from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.assign.desk import Choice
from huiyin.assign.domain import Plan
from huiyin.cases.asking import areas, categories, units
from huiyin.cases.choices import Kind, Urgency
from huiyin.cases.inputs import PickField

_KEYS = {"category": "1", "area": "2", "lead": "3", "urgency": "4", "kind": "5", "helper": "6"}


class DispatchForm(forms.Form):
    """`planned` names the choice for which the unit below it was proposed; `seq` the version that was looked at."""

    seq = forms.IntegerField(widget=forms.HiddenInput)
    planned = forms.CharField(widget=forms.HiddenInput, required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    kind = forms.ChoiceField(label=_("Kind of request"), choices=Kind.choices)
    helpers = forms.MultipleChoiceField(label=_("Helping units"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        offered = units()
        self.fields["category"] = PickField(categories(), label=_("Category"))
        self.fields["area"] = PickField(areas(), label=_("Area"), required=False)
        self.fields["lead"] = PickField(offered, label=_("Lead unit"))
        self.fields["helper"] = PickField(offered, label=_("Another helping unit"), required=False)
        self.fields["helpers"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["helpers"].widget = forms.CheckboxSelectMultiple(choices=list(offered.items()))
        for name, key in _KEYS.items():
            self.fields[name].widget.attrs |= {"data-key": key, "data-key-label": self.fields[name].label}

    @property
    def choice(self) -> Choice | None:
        """What was chosen about the case, as far as it is clear."""
        cleaned = self.cleaned_data
        clear = all(name in cleaned for name in Choice._fields)
        return Choice(*(cleaned[name] for name in Choice._fields)) if clear else None

    @property
    def helping(self) -> list[str]:
        return list(dict.fromkeys([*self.cleaned_data["helpers"], *filter(None, [self.cleaned_data["helper"]])]))


def dispatch_form(choice: Choice, plan: Plan | None, *, seq: int, lead: str = "", reason: str = "") -> DispatchForm:
    """What is proposed, ready to be confirmed."""
    initial = {
        "seq": seq,
        "planned": choice.key,
        "category": choice.category,
        "area": choice.area,
        "urgency": choice.urgency,
        "kind": choice.kind,
        "lead": lead or (plan.lead if plan else ""),
        "helpers": list(plan.helpers) if plan else [],
        "reason": reason or str(_("By the catalogue")),
    }
    return DispatchForm(initial=initial)


class SuggestForm(forms.Form):
    text = forms.CharField(max_length=20_000)
    place = forms.CharField(max_length=200, required=False)
    title = forms.CharField(max_length=200, required=False)
