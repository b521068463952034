from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.indicators.models import Indicator, ScoringRule, Target
from huiyin.indicators.reading import MOST_BYTES
from huiyin.kernel.piecewise import points_of
from huiyin.people.models import Unit


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class FileForm(forms.Form):
    indicator = forms.ModelChoiceField(Indicator.objects.all(), label=_("Indicator"), to_field_name="code")
    file = forms.FileField(label=_("File"), help_text=_("XLSX or CSV: unit, date or period, value."))
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("Who measured it, in which paper."))
    cut_off = forms.DateField(label=_("Cut-off date"), widget=day_input())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB: split it by period."))
        return file


class TakeForm(forms.Form):
    """What was looked over, signed: nobody can change it on the way."""

    looked = forms.CharField(widget=forms.HiddenInput, max_length=1_000_000)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    points = forms.CharField(
        label=_("Points"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A line a point: value and score, with a blank between. Between two points it is a straight line."),
    )

    class Meta:
        model = ScoringRule
        fields = ("basis", "points", "green", "yellow", "valid_from", "ground")
        widgets = {"valid_from": day_input()}

    def __init__(self, data: Any = None, *, last: ScoringRule | None = None) -> None:
        known = {name: getattr(last, name) for name in ("basis", "green", "yellow", "ground")} if last else {}
        written = "\n".join(" ".join(map(str, point)) for point in last.points) if last else "0 100\n100 0"
        super().__init__(data, initial={**known, "points": written, "valid_from": timezone.localdate()})

    def clean_points(self) -> list[list[str]]:
        lines = [line.replace("，", " ").replace(",", " ").split() for line in self.cleaned_data["points"].splitlines()]
        points = [line for line in lines if line]
        try:
            points_of(points)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return points

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"green", "yellow"} <= told.keys() and told["yellow"] > told["green"]:
            self.add_error("yellow", _("Yellow cannot begin above green."))
        return told

    def _post_clean(self) -> None:
        """The row is made by the verb: nothing is set on an instance here."""


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Target
        fields = ("unit", "value", "valid_from")
        widgets = {"valid_from": day_input()}

    def __init__(self, data: Any = None, *, units: QuerySet[Unit]) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()}, auto_id="id_target_%s")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("All that have none of their own")  # type: ignore[attr-defined]
