import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.assign.forms import moment_input
from huiyin.cases.asking import units, within
from huiyin.cases.inputs import PickField
from huiyin.collect.inputs import PhoneField, SpokenField
from huiyin.reception.choices import Outcome
from huiyin.reception.domain import NAME_CHARS
from huiyin.reception.domain_records import ADVISED, ASKED
from huiyin.reception.models import Desk
from huiyin.townhall.forms_seen import Seen
from huiyin.townhall.models import Meeting

_UNKEPT = {"data-private": "", "autocomplete": "off"}


def new_press() -> str:
    return secrets.token_hex(8)


class DeskForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Desk
        fields = (
            "topic", "title", "expert_title", "organisation", "expert_name", "place", "begins_at", "ends_at",
            "slot_minutes",
        )  # fmt: skip
        widgets = {"begins_at": moment_input(), "ends_at": moment_input()}

    def __init__(self, data: Any = None, *, meeting: Meeting, **known: Any) -> None:
        super().__init__(data, **known)
        self.meeting = meeting
        for name in ("begins_at", "ends_at"):
            self.fields[name].validators += within(datetime)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        begins, ends = told.get("begins_at"), told.get("ends_at")
        if begins and ends and begins < ends:
            self._fits(begins, ends, told)
        return told

    def _fits(self, begins: datetime, ends: datetime, told: dict[str, Any]) -> None:
        """One person at least, and nobody else at the same place meanwhile."""
        if (slot := told.get("slot_minutes")) and (ends - begins).total_seconds() < slot * 60:
            self.add_error("ends_at", _("Not even one person fits in: end later, or give one person fewer minutes."))
        same = Q(place=told.get("place"), begins_at__lt=ends, ends_at__gt=begins)
        other = self.meeting.desks.filter(same).exclude(pk=self.instance.pk).first()
        if other:
            said = _("“%(desk)s” stands there at that time. Choose another place or time.")
            self.add_error("place", said % {"desk": other})


class TakeForm(forms.Form):
    """All optional: a number alone is enough."""

    name = SpokenField(
        longest=NAME_CHARS, label=gettext_lazy("Name"), required=False,
        widget=forms.TextInput({"data-private": "", "autocomplete": "name"}),
    )  # fmt: skip
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    press = forms.RegexField(r"^[0-9a-zA-Z]{1,32}$", widget=forms.HiddenInput, initial=new_press)


class RecordForm(Seen, forms.Form):
    """Two fields and one press; the rest only where a case comes of it."""

    question = SpokenField(longest=ASKED, rows=3, label=gettext_lazy("What was asked"))
    advice = SpokenField(longest=ADVISED, rows=3, label=gettext_lazy("What was advised"), required=False)
    name = SpokenField(longest=NAME_CHARS, label=gettext_lazy("Name"), required=False, widget=forms.TextInput(_UNKEPT))
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    ticket = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    press = forms.RegexField(r"^[0-9a-zA-Z]{1,32}$", widget=forms.HiddenInput, initial=new_press)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["lead"] = PickField(
            units(), label=_("Unit it is handed to"), required=False,
            help_text=_("Left empty, the dispatch desk decides."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        outcome, advice = told.get("outcome"), told.get("advice")
        if outcome in (Outcome.ADVISED, Outcome.KNOWLEDGE) and "advice" in told and not advice:
            self.add_error("advice", _("Write down what was advised; without advice it can only become a case."))
        return told
