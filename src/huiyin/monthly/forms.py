from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.kernel.periods import Period
from huiyin.monthly.models import Card, Topic
from huiyin.review import periods


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), validators=within(date), **more)


def _months() -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in periods.menu(timezone.now())]


class PlanForm(forms.Form):
    """Which month, and when the meeting is."""

    period = forms.ChoiceField(label=_("Month"), choices=_months)
    title = forms.CharField(label=_("Title"), max_length=80, required=False)
    held_on = _day(label=_("Day of the meeting"))

    @property
    def chosen(self) -> Period:
        return periods.read(self.cleaned_data["period"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=200)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Once, up to 500 characters; it stands under the card. Names and numbers are masked."),
    )


class SendBackForm(forms.Form):
    reason = forms.CharField(label=_("What is still missing"), max_length=200)
    due = _day(label=_("New date"))

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= timezone.localdate():
            raise forms.ValidationError(_("The new date must lie ahead."))
        return due

    @property
    def due_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["due"], time(18)))


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Topic
        fields = ("name", "active")

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()

    def save(self, commit: bool = True) -> Topic:  # noqa: FBT001, FBT002 Django's signature
        topic: Topic = super().save(commit=False)
        if not topic.key:
            topic.key = _key(topic.name)
        if commit:
            topic.save()
        return topic


def _key(name: str) -> str:
    """Two names may come to the same key: “Abc” and “abc”."""
    key = slugify(name) or f"topic-{Topic.objects.count() + 1}"
    taken = Topic.objects.filter(key=key).exists()
    return f"{key[:20]}-{uuid4().hex[:12]}" if taken else key


class SpeakersForm(forms.Form):
    """A number beside each unit: its turn. Without a number it does not speak."""

    def __init__(self, cards: Sequence[Card], data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        for card in cards:
            self.fields[f"unit{card.unit_id}"] = forms.IntegerField(
                label=str(card.unit), required=False, min_value=1, max_value=99,
                widget=forms.NumberInput({"inputmode": "numeric", "class": "input w-20"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        turns = [turn for turn in told.values() if turn is not None]
        if not turns:
            raise forms.ValidationError(_("At least one unit speaks: give one of them a number."))
        if len(set(turns)) != len(turns):
            raise forms.ValidationError(_("Two units have the same number; each needs its own."))
        return told

    @property
    def units(self) -> list[int]:
        """Ids, in the order of their numbers."""
        told = [(turn, int(name.removeprefix("unit"))) for name, turn in self.cleaned_data.items() if turn is not None]
        return [unit for _turn, unit in sorted(told)]


def usual_day() -> date:
    return timezone.localdate() + timedelta(days=7)


def usual_month() -> str:
    """The last that is over."""
    return periods.before(periods.read(periods.DEFAULT)).label
