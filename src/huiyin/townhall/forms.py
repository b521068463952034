from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assign.forms import moment_input
from huiyin.cases.asking import units, within
from huiyin.cases.inputs import PickField
from huiyin.people.models import Unit
from huiyin.townhall.choices import State, Term, Theme, Via
from huiyin.townhall.domain import LONGEST
from huiyin.townhall.domain_plan import mark
from huiyin.townhall.forms_seen import Seen
from huiyin.townhall.models import Meeting
from huiyin.townhall.words import plain

_LINES = {"rows": 3}


class MeetingForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    class Meta:
        model = Meeting
        fields = (
            "unit", "title", "begins_at", "venue", "sub_venues", "theme", "invited", "agenda", "account", "moderated",
        )  # fmt: skip
        widgets = {
            "begins_at": moment_input(),
            "sub_venues": forms.Textarea(_LINES),
            "agenda": forms.Textarea(_LINES),
            "account": forms.Textarea({"rows": 8}),
        }

    def __init__(self, data: Any = None, *, hosts: QuerySet[Unit], **known: Any) -> None:
        super().__init__(data, **known)
        own = Unit.objects.filter(pk=self.instance.unit_id)
        if self.instance.pk:
            self.fields["seen"].initial = mark(self.instance, self.Meta.fields)
        self.fields["unit"].queryset = (hosts | own).distinct()  # type: ignore[attr-defined]
        self.fields["begins_at"].validators += within(datetime)


class ClerkForm(forms.Form):
    """Three fields, because somebody with a microphone waits."""

    text = forms.CharField(
        label=_("What is asked"), max_length=LONGEST, widget=forms.Textarea({"rows": 3, "autofocus": True})
    )
    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    via = forms.ChoiceField(
        label=_("How it came"),
        choices=[one for one in Via.choices if one[0] != Via.WEB],
        widget=forms.RadioSelect,
        initial=Via.MICROPHONE,
    )
    press = forms.CharField(widget=forms.HiddenInput, max_length=32)


HELPERS = ("helper", "helper_2", "helper_3")


class SettleForm(Seen, forms.Form):
    """One press: answered now, promised, or handed to a unit."""

    state = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (State.ANSWERED, State.PROMISED, State.HANDED)],
        widget=forms.HiddenInput,
    )
    answer = forms.CharField(
        label=_("The answer that was given"), max_length=1000, required=False, widget=forms.Textarea(_LINES)
    )
    theme = forms.ChoiceField(label=_("List"), choices=Theme.choices, widget=forms.RadioSelect)
    term = forms.ChoiceField(label=_("Term"), choices=Term.choices, widget=forms.RadioSelect, initial=Term.NEAR)
    due = forms.DateField(
        label=_("Promised for the day"),
        required=False,
        validators=within(date),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["unit"] = PickField(units(), label=_("Lead unit"), required=False)
        for name in HELPERS:
            self.fields[name] = PickField(units(), label=_("Helping unit"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        state = told.get("state")
        if state == State.ANSWERED and not plain(told.get("answer", "")):
            self.add_error("answer", _("Write down what was said: it is the answer everybody reads."))
        if state == State.PROMISED and not told.get("due"):
            self.add_error("due", _("A promise has a date."))
        if state == State.HANDED and not told.get("unit"):
            self.add_error("unit", _("Choose the unit it is handed to."))
        told["helpers"] = list(dict.fromkeys(filter(None, (told.get(name) for name in HELPERS))))
        if told.get("unit") in told["helpers"]:
            self.add_error("helper", _("The lead unit does not help itself: choose another unit."))
        if (due := told.get("due")) and due < timezone.localdate():
            self.add_error("due", _("That day is over: choose one that comes."))
        return told
