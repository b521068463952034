from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.assign.domain_sessions import HARD, Decision
from huiyin.assign.forms import moment_input
from huiyin.assign.models import JointSession, SessionCase
from huiyin.cases.asking import units
from huiyin.cases.inputs import PickField
from huiyin.cases.models import Case

_LONG = 5000
_AREA = forms.Textarea


class ConveneForm(forms.Form):
    topic = forms.CharField(label=_("Topic"), max_length=120)
    at = forms.DateTimeField(label=_("Time"), widget=moment_input())
    place = forms.CharField(label=_("Place"), max_length=120)
    cases = forms.CharField(label=_("Cases"), max_length=1000, help_text=_("Numbers, with spaces or lines between."))
    units = forms.MultipleChoiceField(label=_("Units invited"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["units"].choices = list(units().items())  # type: ignore[attr-defined]

    def clean_cases(self) -> list[Case]:
        """Every number that waits for dispatch or for a decision on an objection."""
        numbers = list(dict.fromkeys(self.cleaned_data["cases"].replace(",", " ").replace("，", " ").upper().split()))
        found = {case.number: case for case in Case.objects.filter(number__in=numbers, state__in=HARD)}
        if missing := [number for number in numbers if number not in found]:
            words = _now("Not waiting for dispatch or for a decision on an objection: %(numbers)s. Leave them out.")
            raise ValidationError(words % {"numbers": " ".join(missing)})
        return [found[number] for number in numbers]


class CloseForm(forms.Form):
    """Minutes, and for every case its lead, helpers (among those invited) and the decision in words."""

    minutes = forms.CharField(label=_("Minutes"), max_length=_LONG, widget=_AREA({"rows": 8}))

    def __init__(self, session: JointSession, entries: Sequence[SessionCase], data: Any = None) -> None:
        super().__init__(data)
        offered = units()
        invited = [(unit.code, str(unit)) for unit in session.units.order_by("path")]
        self._entries = entries
        for entry in entries:
            lead = entry.case.lead.code if entry.case.lead else ""
            own: dict[str, forms.Field] = {
                "lead": PickField(offered, label=_("Lead unit"), initial=lead),
                "helpers": forms.MultipleChoiceField(
                    label=_("Helping units"), choices=invited, widget=forms.CheckboxSelectMultiple, required=False
                ),
                "words": forms.CharField(label=_("Decision"), max_length=_LONG, widget=_AREA({"rows": 2})),
            }
            self.fields |= {f"{name}_{entry.case_id}": field for name, field in own.items()}

    @property
    def lines(self) -> list[tuple[SessionCase, list[forms.BoundField]]]:
        names = ("lead", "helpers", "words")
        return [(entry, [self[f"{name}_{entry.case_id}"] for name in names]) for entry in self._entries]

    @property
    def decisions(self) -> list[Decision]:
        told = self.cleaned_data
        ids = [entry.case_id for entry in self._entries]
        return [Decision(pk, told[f"lead_{pk}"], told[f"words_{pk}"], told[f"helpers_{pk}"]) for pk in ids]
