from datetime import datetime
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.cases.inputs import PicturesField
from huiyin.people.models import Account
from huiyin.rounds.distance import Spot
from huiyin.rounds.domain import Finding

_WORDS: Final = 2000
_WHERE: Final = _("Say where you are: press the button, or write the place.")
_BY_THE_PHONE: Final = frozenset({"lat", "lon", "accuracy", "visited_at"})


class PhotographField(PicturesField):
    """At least one, from the camera where the device has one. Cleans to JPEG bytes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"capture": "environment", "class": "file-input"}

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        if not data:
            raise forms.ValidationError(_("Take a photograph first: without one a check does not count."))
        return super().clean(data, initial)


class FindingForm(forms.Form):
    """A photograph, the place, and whether it is as the unit says. The hidden fields are the phone's own words."""

    pictures = PhotographField(label=_("Photograph on the spot"))
    place = forms.CharField(
        label=_("Where you stand"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "data-private": ""}),
        error_messages={"required": _WHERE},
    )
    agrees = forms.TypedChoiceField(
        label=_("Is it as the unit says?"),
        choices=[("yes", _("Yes, it matches")), ("no", _("No, it does not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What you see"), required=False, max_length=_WORDS, widget=forms.Textarea({"rows": 3})
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    visited_at = forms.DateTimeField(required=False, validators=within(datetime), widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if _BY_THE_PHONE & self.errors.keys():
            self.add_error("place", _WHERE)
        if cleaned.get("agrees") is False and not cleaned.get("text"):
            self.add_error("text", _("Write what does not match: the unit has to know."))
        return cleaned

    @property
    def finding(self) -> Finding:
        known = self.cleaned_data
        lat, lon, accuracy = known["lat"], known["lon"], known["accuracy"]
        visited_at: datetime | None = known["visited_at"]
        return Finding(
            agrees=known["agrees"],
            place=known["place"],
            pictures=known["pictures"],
            text=known["text"],
            spot=None if lat is None or lon is None else Spot(lat, lon),
            accuracy_m=None if accuracy is None else round(accuracy),
            visited_at=visited_at,
        )


class FailedForm(forms.Form):
    words = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write why it could not be checked.")},
    )


class HandOverForm(forms.Form):
    def __init__(self, checkers: QuerySet[Account], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checker"] = forms.ModelChoiceField(checkers, label=_("Hand over to"))
