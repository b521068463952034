"""The two doors where people speak, the public form and the agent's; and the small forms beside them."""

import secrets
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.choices import DOORS, REQUESTS, Channel, Kind, Urgency
from huiyin.cases.inputs import PickField, PicturesField
from huiyin.collect import knowledge, queries
from huiyin.collect.inputs import PhoneField, SpokenField
from huiyin.collect.models import FrequentReview, KnowledgeVersion

TEXT_CHARS = 5000
_PRIVATE = {"data-private": ""}
_UNKEPT = {**_PRIVATE, "autocomplete": "off"}


def new_press() -> str:
    return secrets.token_urlsafe(16)


class PlaceInput(forms.TextInput):
    """A text field that proposes the names of areas: any other place may be typed."""

    template_name = "cases/widgets/pick.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = queries.area_names()
        context["widget"]["attrs"]["list"] = "places"
        return context


class SayForm(forms.Form):
    """Three steps of one form: without JavaScript all are on one page."""

    text = SpokenField(
        longest=TEXT_CHARS,
        rows=7,
        label=gettext_lazy("What is the matter?"),
        help_text=gettext_lazy("What happened, since when, who is affected. Names and numbers in it are masked."),
    )
    pictures = PicturesField(label=gettext_lazy("Pictures"), required=False)
    place = SpokenField(
        longest=100,
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Estate, street or a well-known place nearby."),
        widget=PlaceInput({"autocomplete": "off"}),
        required=False,
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    person = SpokenField(
        longest=60,
        label=gettext_lazy("Name"),
        required=False,
        widget=forms.TextInput({**_PRIVATE, "autocomplete": "name"}),
    )
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    address = SpokenField(
        longest=200,
        label=gettext_lazy("Exact address"),
        help_text=gettext_lazy("Building and door, so that somebody can come. Stored encrypted."),
        required=False,
        widget=forms.TextInput({**_PRIVATE, "autocomplete": "street-address"}),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Keep it confidential: the unit that handles it does not learn who I am"), required=False
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that this is used to handle my request"),
        error_messages={"required": gettext_lazy("Without this we may not take down your request.")},
    )
    # A robot fills in everything it finds; people do not see this one.
    website = forms.CharField(required=False)
    press = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=new_press)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave the field “website” empty and send it again."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None):
            cleaned["lat"] = cleaned["lon"] = None
        return cleaned


class AgentForm(forms.Form):
    """One call, in the order it is told. With a category the case is registered as well."""

    text = SpokenField(longest=TEXT_CHARS, rows=6, label=gettext_lazy("What is the matter?"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of request"), choices=REQUESTS, initial=Kind.HELP)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=DOORS, initial=Channel.PHONE)
    place = SpokenField(longest=100, label=gettext_lazy("Place"), required=False)
    person = SpokenField(
        longest=60,
        label=gettext_lazy("Name"),
        required=False,
        widget=forms.TextInput(_UNKEPT),
    )
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    address = SpokenField(
        longest=200,
        label=gettext_lazy("Exact address"),
        required=False,
        widget=forms.TextInput(_UNKEPT),
    )
    confidential = forms.BooleanField(label=gettext_lazy("Confidential"), required=False)
    press = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=new_press)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = PickField(
            queries.category_options(),
            label=_("Category"),
            required=False,
            help_text=_("With a category it is registered at once; without one it waits for the dispatcher."),
        )
        self.fields["area"] = PickField(queries.area_options(), label=_("Street, community or estate"), required=False)
        self.order_fields(["text", "category", "kind", "urgency", "place", "area", "person", "phone", "address"])


class MergeForm(forms.Form):
    into = forms.CharField(max_length=20)
    reason = SpokenField(longest=200, label=gettext_lazy("Why it is the same matter"))


class AnswerForm(forms.Form):
    knowledge = forms.SlugField(max_length=60)
    version = forms.CharField(max_length=10)


class KnowledgeForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=60)
    on = forms.DateField(
        label=gettext_lazy("As it held on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__({"on": timezone.localdate().isoformat(), **{name: data[name] for name in data}})
        self.is_valid()

    def found(self) -> QuerySet[KnowledgeVersion]:
        on: date = self.cleaned_data.get("on") or timezone.localdate()
        return knowledge.found(self.cleaned_data.get("q", ""), on=on)


class ReviewForm(forms.Form):
    reason = SpokenField(longest=1000, rows=3, label=gettext_lazy("Why should this be looked at?"))


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("How is the person helped?"),
        choices=FrequentReview.Outcome.choices,
        widget=forms.RadioSelect,
    )
    words = SpokenField(longest=1000, rows=3, label=gettext_lazy("Reasons, and who does what"))
