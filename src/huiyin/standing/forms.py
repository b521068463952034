from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.cases.inputs import PicturesField
from huiyin.review import periods
from huiyin.standing.choices import COUNTED, Part
from huiyin.standing.models import LEAST_DAYS, Coaching, Entry, Recheck, ScoreSheet
from huiyin.standing.reading import MOST_BYTES
from huiyin.standing.scoring import require_parts

# Working days to explain, a year; days on the list, five years.
_LONGEST: Final = {"explain_days": (LEAST_DAYS, 250), "listed_days": (1, 1826)}


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class BeginForm(forms.Form):
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        now = timezone.now()
        over = [one for one in periods.menu(now) if periods.read(one.value, now).end <= now]
        self.fields["period"].choices = [(one.value, one.label) for one in over]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A file of marks."""

    file = forms.FileField(label=_("File"), help_text=_("XLSX or CSV with the columns 企业, 项目, 得分, 满分, 说明."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB: bring fewer rows at a time."))
        return file


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A weight for each part, points for those that are counted, what is vetoed, shares and days."""

    vetoes = forms.CharField(
        label=_("Vetoes, a line each"), required=False, widget=forms.Textarea({"rows": 4}), max_length=1000
    )

    class Meta:
        model = ScoreSheet
        fields = ("red_percent", "black_percent", "explain_days", "listed_days", "ground", "valid_from")
        widgets = {"valid_from": day_input()}

    def __init__(self, data: Any = None, *, last: ScoreSheet | None = None) -> None:
        known = {name: getattr(last, name) for name in self.Meta.fields[:5]} if last else {}
        super().__init__(data, initial={**known, **_written(last), "valid_from": timezone.localdate()})
        for part in Part:
            label = _("Weight: %(part)s") % {"part": part.label}
            self.fields[f"weight_{part}"] = forms.IntegerField(label=label, min_value=0, max_value=100)
            if part in COUNTED:
                self.fields[f"points_{part}"] = forms.CharField(
                    label=_("Points: %(part)s") % {"part": part.label}, widget=forms.Textarea({"rows": 3}),
                    help_text=_("A line a point: value and score, with a blank between."), max_length=1000,
                )  # fmt: skip
        for name, (least, most) in _LONGEST.items():
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            told["parts"] = {part.value: self._part(part, told) for part in Part}
            told["vetoes"] = [line.strip() for line in told["vetoes"].splitlines() if line.strip()]
            try:
                require_parts(told["parts"])
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return told

    def _part(self, part: Part, told: dict[str, Any]) -> dict[str, Any]:
        lines = [
            line.replace("，", " ").replace(",", " ").split() for line in told.get(f"points_{part}", "").splitlines()
        ]
        return {"weight": told[f"weight_{part}"], "points": [line for line in lines if line]}

    def _post_clean(self) -> None:
        """The row is made by the verb: nothing is set on an instance here."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "parts", "vetoes")}


def _written(last: ScoreSheet | None) -> dict[str, Any]:
    if last is None:
        return {}
    found: dict[str, Any] = {"vetoes": "\n".join(last.vetoes)}
    for code, part in last.parts.items():
        found[f"weight_{code}"] = part["weight"]
        found[f"points_{code}"] = "\n".join(" ".join(map(str, point)) for point in part.get("points") or ())
    return found


class ReasonsForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Entry
        fields = ("reasons",)
        widgets = {"reasons": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.fields["reasons"].required = True


class ExplainForm(forms.Form):
    words = forms.CharField(
        label=_("Your explanation"), max_length=4000, widget=forms.Textarea({"rows": 8}),
        help_text=_("What you found, what you did about it. It is read by the office alone."),
    )  # fmt: skip
    pictures = PicturesField(label=_("Pictures"), required=False)


class DecideForm(forms.Form):
    accepted = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        choices=[("yes", _("Accepted: not listed")), ("no", _("Not accepted: it stays"))],
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Reasons, for the company"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )  # fmt: skip


class CoachForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    mend_by = forms.DateField(label=_("to be mended by"), widget=day_input(), validators=within(date))

    class Meta:
        model = Coaching
        fields = ("on", "words", "mend_by")
        widgets = {"on": day_input(), "words": forms.Textarea({"rows": 3})}


class RecheckForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    passed = forms.TypedChoiceField(
        label=_("Result"), widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        choices=[("yes", _("Passed")), ("no", _("Not passed"))],
    )  # fmt: skip

    class Meta:
        model = Recheck
        fields = ("on", "passed", "words")
        widgets = {"on": day_input(), "words": forms.Textarea({"rows": 3})}

    def _post_clean(self) -> None:
        """The row is made by the verb."""


class RemoveForm(forms.Form):
    why = forms.CharField(label=_("Why it is taken off"), max_length=300)
