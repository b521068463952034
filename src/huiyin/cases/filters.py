"""What one can ask of the list of cases. The address of the page says it all, so it can be kept and shared."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.asking import categories, units
from huiyin.cases.choices import STATE_CHOICES, Channel, Kind
from huiyin.cases.inputs import PickField
from huiyin.cases.labels import say
from huiyin.cases.models import Case, Category
from huiyin.cases.queries import late_at, of_residents, search
from huiyin.kernel.states import STATES
from huiyin.people.models import Unit

LONGEST = 100
REQUESTED = "requests"  # of any kind, by residents
_KINDS: list[tuple[str, Any]] = [
    ("", gettext_lazy("Any kind")),
    (REQUESTED, gettext_lazy("Requests of residents")),
    *Kind.choices,
]


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=LONGEST)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[("", ""), *STATE_CHOICES])
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), required=False, choices=[("", gettext_lazy("Any channel")), *Channel.choices]
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of request"), required=False, choices=_KINDS)
    since = forms.DateField(label=gettext_lazy("Received from"), required=False)
    until = forms.DateField(label=gettext_lazy("Received until"), required=False)
    late = forms.BooleanField(label=gettext_lazy("Late now"), required=False)
    best = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        words = {"required": False}
        self.fields["unit"] = PickField(units(), label=_("Lead unit"), **words)
        self.fields["category"] = PickField(categories(groups=True), label=_("Category"), **words)
        self.fields["state"].choices = [("", _("Any state")), *((s.name, say(s)) for s in STATES.values())]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    @property
    def number(self) -> str:
        """The number that was typed instead of words, if it looks like one."""
        typed = self.cleaned_data["q"].strip().upper()
        return typed if "-" in typed and typed.isascii() else ""

    @property
    def narrowed(self) -> bool:
        """Something besides words was asked, or asked badly."""
        return bool(self.errors) or any(value for name, value in self.cleaned_data.items() if name not in ("q", "best"))

    @property
    def best_first(self) -> bool:
        """Asked for what fits the words best; without words nothing fits better."""
        asked = getattr(self, "cleaned_data", {})
        return bool(asked.get("best") and asked.get("q"))

    @property
    def order(self) -> tuple[str, ...]:
        """What fits best, or the newest first."""
        return ("-fit", "-id") if self.best_first else self.newest_first

    @property
    def newest_first(self) -> tuple[str, ...]:
        """By an index that serves what is asked."""
        asked = getattr(self, "cleaned_data", {})
        return ("-created_at", "-id") if asked.get("since") or asked.get("until") else ("-id",)

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """`cases` as asked; nothing while the question is not clear."""
        if not self.is_valid():
            return cases.none()
        asked = self.cleaned_data
        if asked["q"]:
            cases = search(cases, asked["q"])
        if asked["state"]:
            cases = cases.filter(state=asked["state"])
        if asked["channel"]:
            cases = cases.filter(channel=asked["channel"])
        if asked["kind"]:
            cases = of_residents(cases) if asked["kind"] == REQUESTED else cases.filter(kind=asked["kind"])
        if asked["unit"]:
            cases = cases.filter(lead_id__in=self._units)
        if asked["category"]:
            cases = cases.filter(category_id__in=self._categories)
        if asked["since"]:
            cases = cases.filter(created_at__gte=_midnight(asked["since"]))
        if asked["until"] and asked["until"] < date.max:
            cases = cases.filter(created_at__lt=_midnight(asked["until"] + timedelta(days=1)))
        return cases.filter(late_at(timezone.now())) if asked["late"] else cases

    @cached_property
    def _units(self) -> list[int]:
        """The asked unit and all below it."""
        code = self.cleaned_data["unit"]
        below = Q(path__startswith=f"{code}.") | Q(path__contains=f".{code}.")
        return list(Unit.objects.filter(below).values_list("id", flat=True))

    @cached_property
    def _categories(self) -> list[int]:
        """The asked category, or all of the asked group."""
        code = self.cleaned_data["category"]
        return list(Category.objects.filter(code__startswith=code).values_list("id", flat=True))

    def in_words(self) -> str:
        """What is asked, for the head of a file."""
        asked = {name: value for name, value in self.cleaned_data.items() if value and name != "best"}
        given = [(str(self.fields[name].label), value) for name, value in asked.items()]
        parts = (_("%(label)s: %(value)s") % {"label": label, "value": self._shown(value)} for label, value in given)
        return _("; ").join(parts) or _("All cases I may see")

    def _shown(self, value: Any) -> str:
        options = {**dict(self.fields["unit"].options), **self.fields["category"].options}  # type: ignore[attr-defined]
        if value is True:
            return _("Yes")
        words = {**dict(Channel.choices), **dict(_KINDS)}
        if value in words:
            return str(words[value])
        return options.get(value) or (say(STATES[value]) if value in STATES else str(value))


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
