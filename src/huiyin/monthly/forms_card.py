"""A card as a form: three lists of sentences, each with room for one more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from huiyin.cases import codes
from huiyin.cases.asking import units, within
from huiyin.monthly.choices import Kind
from huiyin.monthly.domain import Said
from huiyin.monthly.models import Card, Point
from huiyin.monthly.wording import choices

LONGEST = 500
_DIGITS = 9  # of what a database calls an integer


class PointForm(forms.Form):
    """Emptied, the sentence goes."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2, "class": "textarea"})
    )
    topic = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **known: Any) -> None:
        super().__init__(*args, **known)
        own = self.initial.get("topic") or ""
        offered = [("", "—"), *topics]
        known_here = own in {key for key, _label in offered}
        self.fields["topic"].choices = offered if known_here else [*offered, (own, own)]  # type: ignore[attr-defined]


class DemandForm(PointForm):
    """With a date and an owner; both are needed where there is a text."""

    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=within(date),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Owner"), required=False, choices=lambda: [("", "—"), *units().items()])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("text"):
            for name, words in (("due", _("A demand has a date.")), ("owner", _("A demand has an owner."))):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return told


class CardForm:
    """The three lists together, and the version they were read at."""

    def __init__(self, card: Card, catalogue: Mapping[str, str], data: Any = None) -> None:
        topics = choices(catalogue, card.review.rules.drafting.measures)
        points, known = list(card.points.all()), {"form_kwargs": {"topics": topics}}
        self.version = data.get("version", "") if data else str(card.version)
        self.parts = [(kind, self._set(kind, points, data, known)) for kind in Kind]

    def _set(self, kind: Kind, points: list[Point], data: Any, known: dict[str, Any]) -> BaseFormSet[Any]:
        form = DemandForm if kind == Kind.DEMAND else PointForm
        made = formset_factory(form, extra=1, max_num=20, absolute_max=30)
        initial = [_shown(point) for point in points if point.kind == kind]
        return made(data, initial=initial, prefix=kind.value, **known)

    def is_valid(self) -> bool:
        return whole(self.version) is not None and not any(part.total_error_count() for _kind, part in self.parts)

    @property
    def said(self) -> list[Said]:
        return list(self._said())

    def _said(self) -> Iterator[Said]:
        for kind, part in self.parts:
            for told in part.cleaned_data:
                if told.get("text", "").strip():
                    owner = codes.units().id(told.get("owner") or None)
                    yield Said(kind, told["text"], told["topic"], told.get("due"), owner, told["pk"])


def whole(text: str) -> int | None:
    """A version or a place as a form sends it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _shown(point: Point) -> dict[str, Any]:
    return {"pk": point.pk, "text": point.text, "topic": point.topic, "due": point.due, "owner": _code(point)}


def _code(point: Point) -> str:
    return point.owner.code if point.owner else ""
