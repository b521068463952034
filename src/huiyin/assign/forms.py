from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.assign.desk import Choice
from huiyin.assign.domain import Plan
from huiyin.assign.parts import Part, usual_due
from huiyin.cases.asking import areas, categories, units
from huiyin.cases.choices import REQUESTS, Urgency
from huiyin.cases.inputs import PickField

_KEYS = {"category": "1", "area": "2", "lead": "3", "urgency": "4", "kind": "5", "helper": "6"}
_LINE = 200


class PartsForm(forms.Form):
    """Helping units with a line each for the part and its date; `helper` adds one that is not in the list yet."""

    helpers = forms.MultipleChoiceField(label=_("Helping units"), required=False)
    other_part = forms.CharField(label=_("Part"), max_length=_LINE, required=False)
    other_due = forms.DateTimeField(label=_("Part due"), required=False)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        offered = units()
        self.fields["helper"] = PickField(offered, label=_("Another helping unit"), required=False)
        self.fields["helpers"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["helpers"].widget = forms.CheckboxSelectMultiple(choices=list(offered.items()))
        self.fields["other_due"].widget = moment_input()
        self._lines = [code for code in self._ticked() if code in offered]
        for code in self._lines:
            self.fields[f"part_{code}"] = forms.CharField(label=_("Part"), max_length=_LINE, required=False)
            self.fields[f"due_{code}"] = forms.DateTimeField(label=_("Part due"), required=False, widget=moment_input())

    def _ticked(self) -> list[str]:
        """Units that have a line: those ticked, and those that were on the form before they were unticked."""
        if not self.is_bound:
            return list(self.initial.get("helpers") or ())
        known = [name.removeprefix("part_") for name in self.data if name.startswith("part_")]
        return list(dict.fromkeys([*known, *self.data.getlist("helpers")]))  # type: ignore[attr-defined]

    @property
    def lines(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Box, part and date of each unit offered at once."""
        boxes = {str(box.data["value"]): box for box in self["helpers"].subwidgets}
        return [(boxes[code], self[f"part_{code}"], self[f"due_{code}"]) for code in self._lines]

    @property
    def helping(self) -> list[str]:
        return list(dict.fromkeys([*self.cleaned_data["helpers"], *filter(None, [self.cleaned_data["helper"]])]))

    @property
    def parts(self) -> list[Part]:
        told = self.cleaned_data
        found = [Part(code, told.get(f"part_{code}", ""), told.get(f"due_{code}")) for code in told["helpers"]]
        other = Part(told["helper"], told.get("other_part", ""), told.get("other_due"))
        return [*found, other] if other.unit else found


def moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def parts_known(helpers: Iterable[str], start: datetime, due_at: datetime) -> dict[str, Any]:
    """The helping units with the usual date each, as a form begins."""
    usual, codes = usual_due(start, due_at).replace(second=0, microsecond=0), list(helpers)
    return {"helpers": codes, **{f"due_{code}": usual for code in codes}}


class DispatchForm(PartsForm):
    """`planned` names the choice for which the unit below it was proposed; `seq` the version that was looked at."""

    seq = forms.IntegerField(widget=forms.HiddenInput)
    planned = forms.CharField(widget=forms.HiddenInput, required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    kind = forms.ChoiceField(label=_("Kind of request"), choices=REQUESTS)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["category"] = PickField(categories(), label=_("Category"))
        self.fields["area"] = PickField(areas(), label=_("Area"), required=False)
        self.fields["lead"] = PickField(units(), label=_("Lead unit"))
        for name, key in _KEYS.items():
            self.fields[name].widget.attrs |= {"data-key": key, "data-key-label": self.fields[name].label}

    @property
    def choice(self) -> Choice | None:
        """What was chosen about the case, as far as it is clear."""
        cleaned = self.cleaned_data
        clear = all(name in cleaned for name in Choice._fields)
        return Choice(*(cleaned[name] for name in Choice._fields)) if clear else None


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
        **(parts_known(plan.helpers, plan.start, plan.due_at) if plan else {"helpers": []}),
        "reason": reason or str(_("By the catalogue")),
    }
    return DispatchForm(initial=initial)


class SuggestForm(forms.Form):
    text = forms.CharField(max_length=20_000)
    place = forms.CharField(max_length=200, required=False)
    title = forms.CharField(max_length=200, required=False)
