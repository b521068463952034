from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.cases.choices import Satisfaction
from huiyin.kernel.fields import FIELDS

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
OUTCOMES = [
    ("no_answer", _("No answer")),
    ("busy", _("Busy")),
    ("wrong_number", _("Wrong number")),
    ("refused", _("Does not want to talk")),
]
# A text message is recorded by sending one, never ticked.
assert {value for value, _label in OUTCOMES} == {choice[0] for choice in FIELDS["outcome"].choices} - {"sms"}  # noqa: S101 one list, two words
_WORDS = 2000


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=YES_NO, coerce=lambda value: value == "yes")


class AnswersForm(forms.Form):
    """The three questions. Both the caller and the resident fill in this one."""

    contacted = _yes_no(_("Did the unit contact you?"))
    solved = _yes_no(_("Is it solved?"))
    satisfaction = forms.ChoiceField(label=_("Are you satisfied?"), choices=Satisfaction.choices)
    text = forms.CharField(
        label=_("In your own words"), required=False, max_length=_WORDS, widget=forms.Textarea({"rows": 3})
    )


class AttemptForm(forms.Form):
    outcome = forms.ChoiceField(choices=OUTCOMES)
    next_at = forms.DateTimeField(
        label=_("Next try"),
        required=False,
        validators=within(datetime),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class FindForm(forms.Form):
    number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Secret on the receipt"),
        max_length=40,
        help_text=_("Ten letters and digits, given to you when you told us."),
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off", "data-private": ""}),
    )


class WordsForm(forms.Form):
    text = forms.CharField(required=False, max_length=_WORDS)


class NeededWordsForm(forms.Form):
    text = forms.CharField(
        max_length=_WORDS, error_messages={"required": _("Write a few words first: what should the unit know?")}
    )
