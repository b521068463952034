"""The unit's account read over before it is said: officialese, promises without a date, how long it takes to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils import timezone

from huiyin.answer.days import calendar
from huiyin.cases.labels import english
from huiyin.cases.marking import Piece, cut
from huiyin.language.remarks import Remark
from huiyin.language.reply import ReplyReview, review_reply

PER_MINUTE: Final = 240  # characters somebody says who speaks so that a hall understands
# What makes an account hard to follow or easy to doubt. The other remarks are about a reply to one request.
_SAID: Final = frozenset({
    "officialese", "vague_promise", "attention_only", "under_study", "some_day", "by_the_rules", "asked_for_patience",
    "history",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """`characters` without blanks; `plainer`: (phrase, plainer wording, "" where it is left out)."""

    pieces: list[Piece]
    remarks: list[tuple[str, str]]
    plainer: list[tuple[str, str]]
    characters: int

    @property
    def minutes(self) -> int:
        """To say it; at least one."""
        return max(1, round(self.characters / PER_MINUTE))


def read_over(text: str) -> Account | None:
    """None where nothing is written."""
    if not text.strip():
        return None
    found = _reviewed(text, timezone.localdate().isoformat())
    told = [one for one in found.warnings if one.code in _SAID]
    phrases = (one for sentence in found.plainness.sentences for one in sentence.suggestions)
    return Account(
        list(cut(text, _marks(told))),
        list(dict.fromkeys((_words(one), text[one.start : one.end]) for one in told)),
        list({one.phrase: one.plainer for one in phrases}.items()),
        sum(not sign.isspace() for sign in text),
    )


@lru_cache(maxsize=64)
def _reviewed(text: str, _day: str) -> ReplyReview:
    """The same on every page of a day."""
    return review_reply("", text, at=timezone.localdate(), is_workday=calendar().is_workday)


def _words(remark: Remark) -> str:
    return remark.en if english() else remark.zh


def _marks(remarks: list[Remark]) -> Iterator[tuple[int, int, str]]:
    return ((one.start, one.end, _words(one)) for one in remarks)
