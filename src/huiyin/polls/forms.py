from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.assign.forms import moment_input
from huiyin.cases.asking import within
from huiyin.people.models import Unit
from huiyin.polls.domain_staff import Wording, require_countable
from huiyin.polls.models import MOST_OPTIONS, Option, Poll
from huiyin.townhall.forms_seen import Seen
from huiyin.townhall.models import Meeting

MOST = 10_000_000  # people, ballots: more than any district has
_MOST_YUAN = 2_000_000_000


class PollForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Poll
        fields = (
            "unit", "meeting", "question", "why", "pick", "opens_at", "closes_at", "eligible", "eligible_source",
            "shown",
        )  # fmt: skip
        widgets = {
            "why": forms.Textarea({"rows": 4}),
            "opens_at": moment_input(),
            "closes_at": moment_input(),
            "shown": forms.RadioSelect,
        }
        help_texts = {
            "meeting": _("A vote may also stand alone."),
            "opens_at": _("Left empty: as soon as it is opened."),
            "eligible": _("For the turnout. Left empty, the turnout is “—”."),
            "shown": _("While numbers are shown, whoever watches them as a neighbour votes may see what was chosen."),
        }

    def __init__(self, data: Any = None, *, hosts: QuerySet[Unit], meetings: QuerySet[Meeting], **known: Any) -> None:
        super().__init__(data, **known)
        own = Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = (hosts | own).distinct()  # type: ignore[attr-defined]
        self.fields["meeting"].queryset = meetings.order_by("-begins_at")  # type: ignore[attr-defined]
        self.fields["opens_at"].validators += within(datetime)
        self.fields["closes_at"].validators += within(datetime)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        meeting, unit = told.get("meeting"), told.get("unit")
        if meeting and unit and meeting.unit_id != unit.pk:
            self.add_error("meeting", _("This is a meeting of another unit."))
        if told.get("eligible") and not told.get("eligible_source"):
            self.add_error("eligible_source", _("Say where the number comes from: the turnout rests on it."))
        return told

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OptionForm(Seen, forms.Form):
    title = forms.CharField(label=_("Option"), max_length=60, required=False)
    details = forms.CharField(label=_("Details"), max_length=300, required=False)
    yuan = forms.IntegerField(label=_("Cost in yuan"), min_value=0, max_value=_MOST_YUAN, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("title") and (told.get("details") or told.get("yuan") is not None):
            self.add_error("title", _("This option has no name."))
        return told


class OptionsForm(list[OptionForm]):
    """Twelve rows; those left empty are none."""

    def __init__(self, data: Any = None, known: QuerySet[Option] | None = None) -> None:
        rows = [{"title": one.title, "details": one.details, "yuan": one.yuan} for one in known or ()]
        rows += [{} for _row in range(MOST_OPTIONS - len(rows))]
        super().__init__(OptionForm(data, prefix=f"option{at}", initial=row) for at, row in enumerate(rows, 1))

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self])  # noqa: C419 each is asked, so that each shows its errors

    def wordings(self) -> Iterator[Wording]:
        return (Wording(**form.cleaned_data) for form in self if form.cleaned_data.get("title"))


class VersionForm(Seen, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(VersionForm):
    note = forms.CharField(label=_("Why, for everybody to read"), max_length=200)


class ExtendForm(EndForm):
    closes_at = forms.DateTimeField(label=_("New end"), widget=moment_input(), validators=within(datetime))
    field_order = ("version", "closes_at", "note")


class PaperForm(VersionForm):
    """Ballots handed in, invalid ones among them, and the votes of each option."""

    ballots = forms.IntegerField(label=_("Ballots handed in"), min_value=0, max_value=MOST)
    invalid = forms.IntegerField(label=_("Invalid ones among them"), min_value=0, max_value=MOST, initial=0)

    def __init__(self, data: Any = None, *, poll: Poll, **known: Any) -> None:
        super().__init__(data, **known)
        self.poll, self.options = poll, list(poll.options.all())
        for one in self.options:
            field = forms.IntegerField(label=one.title, min_value=0, max_value=MOST)
            self.fields[f"votes_{one.pk}"] = field

    def votes(self) -> dict[int, int]:
        return {one.pk: self.cleaned_data[f"votes_{one.pk}"] for one in self.options}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            try:
                require_countable(
                    ballots=told["ballots"], invalid=told["invalid"], votes=list(self.votes().values()),
                    pick=self.poll.pick,
                )  # fmt: skip
            except ValueError as error:
                self.add_error(None, str(error))
        return told


def known_paper(poll: Poll) -> dict[str, Any]:
    """What was counted so far, for the form to begin with."""
    told: dict[str, Any] = {"version": poll.version}
    if poll.paper_ballots is not None:
        told |= {"ballots": poll.paper_ballots, "invalid": poll.paper_invalid}
        told |= {f"votes_{one.pk}": one.paper for one in poll.options.all()}
    return told
