from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import units, within
from huiyin.cases.choices import Satisfaction
from huiyin.cases.inputs import PickField
from huiyin.townhall.choices import Term, Theme
from huiyin.townhall.domain_after import LONGEST_STEP, LONGEST_WORDS


class DayField(forms.DateField):
    """A day that comes, or none."""

    def __init__(self, **known: Any) -> None:
        day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, validators=within(date), widget=day, **known)

    def clean(self, value: Any) -> date | None:
        told: date | None = super().clean(value)
        if told and told < timezone.localdate():
            raise forms.ValidationError(_("That day is over: choose one that comes."))
        return told


class PlaceForm(forms.Form):
    """Where it stands on the register."""

    theme = forms.ChoiceField(label=_("List"), choices=Theme.choices, widget=forms.RadioSelect)
    term = forms.ChoiceField(label=_("Term"), choices=Term.choices, widget=forms.RadioSelect)
    next_on = DayField(label=_("Residents hear of it next on"))


class StepForm(forms.Form):
    text = forms.CharField(
        label=_("What was done"), max_length=LONGEST_STEP, widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody reads it on the progress page. Names and numbers are masked."),
    )  # fmt: skip
    next_on = DayField(label=_("Residents hear of it next on"))

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, auto_id="step_%s", **known)  # beside the other form's next date


class AnswerForm(forms.Form):
    """The answer worded anew; `seen` is the one that stood on the page."""

    answer = forms.CharField(
        label=_("The answer that was given"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("For a slip, or a name that should not stand there. Everybody sees that it was corrected."),
    )  # fmt: skip
    seen = forms.CharField(required=False, strip=False, max_length=1000, widget=forms.HiddenInput)


class JudgeForm(forms.Form):
    """Two questions, apart: whether it is solved is not whether one is satisfied."""

    solved = forms.TypedChoiceField(
        label=_("Is it solved?"), choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    satisfaction = forms.ChoiceField(
        label=_("Are you satisfied with the answer?"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"), max_length=LONGEST_WORDS, required=False, widget=forms.Textarea({"rows": 2})
    )


class AsCaseForm(forms.Form):
    due = DayField(label=_("Promised for the day"))

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["unit"] = PickField(units(), label=_("Lead unit"), required=False)


class ReviewForm(forms.Form):
    words = forms.CharField(
        label=_("Conclusions and next steps"), max_length=5000, required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("Stands as the last part of the report, each line a paragraph."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
