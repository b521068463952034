"""Words that cannot wait: whom to call is said at once, and the case is handed off as it arrives."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone

from huiyin.cases.draft import SYSTEM, Draft
from huiyin.cases.labels import english
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.notices.domain import notify
from huiyin.packs.words import read_words
from huiyin.people.models import Account
from huiyin.people.queries import current_district

# What another system's file tells of long ago is nobody's emergency now.
_JUST_NOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of emergency that a text speaks of: the number to call, what to do, the words found."""

    number: str
    zh: str
    en: str
    words: tuple[str, ...]

    @property
    def where(self) -> str:
        return self.en if english() else self.zh


def spotted(text: str) -> list[Alarm]:
    """Every kind of emergency that the text holds words of, in the order of the district's list."""
    return list(_spotted(text))


def _spotted(text: str) -> Iterator[Alarm]:
    district = current_district()
    for kind, words, unless in _kinds(district.code if district else ""):
        left = unless.sub("", text) if unless else text
        if found := tuple(dict.fromkeys(words.findall(left))):
            yield Alarm(kind["number"], kind["zh"], kind["en"], found)


_Kind = tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str] | None]


@cache
def _kinds(code: str) -> tuple[_Kind, ...]:
    listed: list[dict[str, Any]] = read_words(code, "emergency")["kind"]
    return tuple(
        (kind, _any_of(kind["words"]), _any_of(kind["unless"]) if kind.get("unless") else None) for kind in listed
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def hand_off(drafts: Sequence[Draft]) -> None:
    """Reaction to opened cases: what cannot wait is handed off by the system, and the supervisors are told."""
    since = timezone.now() - _JUST_NOW
    for draft in drafts:
        at = draft.entries[-1].event.at
        if draft.row["state"] not in MOVES["hand_off"].sources or at < since:
            continue
        alarms = spotted(f"{draft.row['title']}\n{draft.row['text']}")
        if not alarms:
            continue
        words = "、".join(f"“{word}”" for alarm in alarms for word in alarm.words)
        where = "；".join(dict.fromkeys(alarm.zh for alarm in alarms))
        draft.add("hand_off", at=at, actor=SYSTEM, public={"where": where, "reason": f"话里有{words}"})
        _tell(draft, where, words)


def _tell(draft: Draft, where: str, words: str) -> None:
    notify(
        accounts=Account.objects.filter(memberships__role=Role.SUPERVISOR, is_active=True),
        key=f"emergency:{draft.number}",
        subject=f"紧急：{draft.number}",
        text=f"{where}\n{words}",
        url=reverse("cases:case", args=[draft.number]),
        urgent=True,
    )
