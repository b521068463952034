"""Reviews of units and leaders' directives out of the minutes or the newspaper report of a meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from huiyin.language.columns import mend
from huiyin.language.directives import Directive, find_directives
from huiyin.language.numerals import value
from huiyin.language.reviews import Review, find_reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Directive", "Minutes", "Review", "read_minutes"]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was reviewed and demanded, in the order of the text, and the day from which due phrases count."""

    reviews: list[Review]
    directives: list[Directive]
    at: date


_DAY = re.compile(
    r"(?:(?P<year>20\d\d|二[〇零○][〇零○一二三四五六七八九]{2}) ?年 ?)?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月 ?"
    r"(?P<day>[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]) ?日(?!之?以?前|止|起|电)"
)
_OPENING = 2_000


def read_minutes(text: str, at: date | None = None) -> Minutes:
    """Read a meeting's text, however its lines are broken; other articles on the page may stand in it.

    `at` is the day of the meeting (local); without it the day that the text gives, a year counted back from today, or
    today. Time is linear in the length of the text. Nothing is raised for any text: what is not found is not there.
    """
    paragraphs = mend(text)
    day = at or _day_of("\n".join(paragraph.text for paragraph in paragraphs), datetime.now().astimezone().date())
    return Minutes(find_reviews(paragraphs), find_directives(paragraphs, day), day)


def _day_of(text: str, today: date) -> date:
    """The first full date near the beginning, else the first day and month, in the last year that had it."""
    days = list(_DAY.finditer(text[:_OPENING]))
    dated = [day for day in days if day["year"]] or days
    return next((found for day in dated for found in _past(day, today)), today)


def _past(day: re.Match[str], today: date) -> Iterator[date]:
    years = [value(day["year"])] if day["year"] else [today.year, today.year - 1]
    for year in years:
        try:
            found = date(year, value(day["month"]), value(day["day"]))
        except ValueError:  # 2月30日
            continue
        if day["year"] or found <= today:
            yield found
