"""Topics of a meeting: opinions and cases that are about one problem at one place, told together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from huiyin.alike.models import Fingerprint as Stored
from huiyin.cases.models import Case
from huiyin.language.fingerprints import Fingerprint, unpacked
from huiyin.language.summary import summary
from huiyin.language.topics import NONE, describe_topics, topics_of
from huiyin.townhall.likeness import printed
from huiyin.townhall.models import Question

NEWEST: Final = 1000
MOST: Final = 6
_GIST = 40
_READ = 300  # characters of a text: what it is about stands there
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Topic:
    """Its name ("" where its texts name neither place nor matter), its masked gist, and who told it."""

    name: str
    gist: str
    opinions: Sequence[Question]
    cases: Sequence[Case]

    @property
    def items(self) -> int:
        return len(self.opinions) + len(self.cases)


def topics(opinions: Sequence[Question], cases: QuerySet[Case], venue: str) -> list[Topic]:
    """The six largest of what at least two tell, among all opinions and the newest 1,000 cases.

    A confidential or withdrawn case is in none, nor one that the worker has not read yet.
    """
    stored = Stored.objects.filter(case__in=cases.filter(confidential=False, withdrawn=False))
    packed = dict(stored.order_by("-case_id").values_list("case_id", "packed")[:NEWEST])
    rows = list(Case.objects.filter(pk__in=packed).select_related("body").order_by("pk"))
    prints = [printed(one.text, venue) for one in opinions] + _prints([bytes(packed[case.pk]) for case in rows])
    told: list[Question | Case] = [*opinions, *rows]
    return _largest(told, topics_of(prints, [_at(one).timestamp() / _DAY for one in told]))


def _prints(packed: Sequence[bytes]) -> list[Fingerprint]:
    return [Fingerprint(*one) for one in zip(*unpacked(packed), strict=True)] if packed else []


def _largest(told: Sequence[Question | Case], numbers: Sequence[int]) -> list[Topic]:
    members: dict[int, list[Question | Case]] = {}
    for one, number in zip(told, numbers, strict=True):
        if number != NONE:
            members.setdefault(number, []).append(one)
    largest = sorted(members.values(), key=len, reverse=True)[:MOST]
    return [_topic(rows) for rows in largest]


def _topic(rows: Sequence[Question | Case]) -> Topic:
    texts = [_text(one)[:_READ] for one in rows]
    (found,) = describe_topics(
        texts, [0] * len(rows), people=range(len(rows)), times=[_at(one) for one in rows], support=[0] * len(rows),
        now=timezone.now(),
    )  # fmt: skip
    gist = next(iter(summary(texts, _GIST)), "").rstrip("，,；;：:… ")
    name = " · ".join(filter(None, (found.place, found.matter)))
    return Topic(
        name, gist,
        [one for one in rows if isinstance(one, Question)],
        [one for one in rows if isinstance(one, Case)],
    )  # fmt: skip


def _text(one: Question | Case) -> str:
    return one.text if isinstance(one, Question) else one.told


def _at(one: Question | Case) -> datetime:
    return one.asked_at if isinstance(one, Question) else one.created_at
