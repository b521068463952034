from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.bulletins.choices import EXAMPLES, Kind
from huiyin.bulletins.models import Bulletin
from huiyin.cases.models import Category
from huiyin.review import periods

_LONGEST = 6000


class NewForm(forms.Form):
    """Which kind, which period, which topic."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    period = forms.CharField(
        label=_("Period"),
        max_length=40,
        help_text=_("Daily %(daily)s (noon to noon), weekly %(weekly)s, monthly %(monthly)s; others also like 2026-10.")
        % EXAMPLES,
    )
    topic = forms.ModelChoiceField(
        Category.objects.filter(parent=None),
        label=_("Topic"),
        required=False,
        help_text=_(
            "A bulletin on a topic needs it; one on air, waste or property then also tells what residents asked."
        ),
    )

    def clean_period(self) -> Any:
        try:
            return periods.read(self.cleaned_data["period"])
        except ValueError as error:
            raise forms.ValidationError(
                _("That is not a period. Write %(daily)s, %(weekly)s or %(monthly)s.") % EXAMPLES
            ) from error


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class WritingForm(VersionForm):
    """Title, office, and a field for each section."""

    title = forms.CharField(label=_("Title"), max_length=80)
    office = forms.CharField(label=_("Issuing office"), max_length=60)

    def __init__(self, data: Any = None, *, bulletin: Bulletin) -> None:
        sections = {f"text_{one['key']}": one for one in bulletin.sections}
        known = {"version": bulletin.version, "title": bulletin.title, "office": bulletin.office}
        known |= {name: one["text"] for name, one in sections.items()}
        super().__init__(data, initial=known)
        for name, one in sections.items():
            rows = max(3, len(one["text"]) // 45 + one["text"].count("\n") + 1)
            self.fields[name] = forms.CharField(
                label=one["title"], required=False, max_length=_LONGEST, widget=forms.Textarea({"rows": rows})
            )

    def texts(self) -> dict[str, str]:
        given = self.cleaned_data.items()
        return {name.removeprefix("text_"): text for name, text in given if name.startswith("text_")}


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput({"type": "date"}))
    file = forms.FileField(
        label=_("Word file"), widget=forms.FileInput({"accept": ".docx", "class": "file-input"}), max_length=100
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"valid_from": timezone.localdate()})


class SensitiveForm(forms.Form):
    name = forms.CharField(label=_("Name of the class"), max_length=20)
    words = forms.CharField(
        label=_("Words"), max_length=200, help_text=_("A matter counts when one of them stands in its name.")
    )
