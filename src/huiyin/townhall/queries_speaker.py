"""What the residents say, for who speaks to them: opinions and the hotline's cases of the unit, counted by category.

Nobody is named: counts, categories, masked sentences.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from huiyin.assign import triage
from huiyin.cases import codes
from huiyin.cases.filters import REQUESTED, SearchForm
from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.cases.queries import visible_to
from huiyin.people.models import Account
from huiyin.townhall.models import Meeting, Question
from huiyin.townhall.queries_opinions import opinions

DAYS: Final = 90
NO_GROUP: Final = "none"
_TOP = 3


@dataclass(frozen=True, slots=True)
class Share:
    """A category of the first level (`code` is `NO_GROUP` where none is known) and what of `total` is in it."""

    code: str
    name: str
    opinions: int
    cases: int
    total: int
    cases_url: str

    @property
    def items(self) -> int:
        return self.opinions + self.cases

    @property
    def percent(self) -> int:
        return round(100 * self.items / self.total)


@dataclass(frozen=True, slots=True)
class Headline:
    """The largest categories together: 68 % are about the environment, lifts, property."""

    names: Sequence[str]
    items: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.items / self.total)


@dataclass(frozen=True, slots=True)
class Heard:
    """Opinions that are no counted case, and cases that the reader may see, since the day `since`."""

    since: date
    opinions: Sequence[Question]
    cases: QuerySet[Case]
    shares: Sequence[Share]

    @property
    def total(self) -> int:
        return sum(share.items for share in self.shares)

    @property
    def headline(self) -> Headline | None:
        """None where nothing has a category."""
        top = [share for share in self.shares if share.code != NO_GROUP][:_TOP]
        return Headline([one.name for one in top], sum(one.items for one in top), self.total) if top else None


def heard(meeting: Meeting, account: Account) -> Heard:
    since = timezone.localdate() - timedelta(DAYS)
    asked = {"unit": meeting.unit.code, "since": since.isoformat(), "kind": REQUESTED}
    cases = SearchForm(asked).narrow(visible_to(account))
    said = list(opinions(meeting).exclude(case__in=cases).order_by("-pk"))
    return Heard(since, said, cases, _shares(Counter(map(group_of, said)), _counted(cases), asked))


def group_of(question: Question) -> str:
    """The category of the first level that its words speak for."""
    return _guessed(question.text)


@lru_cache(maxsize=8192)
def _guessed(text: str) -> str:
    return _group(triage.guess([text])[0].category)


def _group(code: str | None) -> str:
    return code.partition(".")[0] if code else NO_GROUP


def _counted(cases: QuerySet[Case]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for code, count in cases.order_by().values_list("category__code").annotate(Count("pk")):
        counts[_group(code)] += count
    return counts


def _shares(said: Counter[str], filed: Counter[str], asked: dict[str, str]) -> list[Share]:
    """The largest first, what has no category last."""
    names, total = codes.categories().names(english=english()), said.total() + filed.total()
    found = [
        Share(code, names.get(code, "—"), said[code], filed[code], total, _url(asked, code)) for code in said | filed
    ]
    return sorted(found, key=lambda one: (one.code == NO_GROUP, -one.items, one.code))


def _url(asked: dict[str, str], code: str) -> str:
    """The search that finds exactly these cases; for those without a category there is none."""
    return f"{reverse('cases:search')}?{urlencode(asked | {'category': code})}" if code != NO_GROUP else ""


def of_group(said: Iterable[Question], code: str) -> list[Question]:
    return [question for question in said if code in ("", group_of(question))]
