"""Where each number of a paper comes from: "1625件[1]" in the text, its measure under 1 in the appendix."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.translation import gettext as _

from huiyin.kernel.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Figures = Mapping[str, Mapping[str, str]]

# Up to 1999: a document of "[2026]" is no mark.
MOST: Final = 1999
MARK: Final = re.compile(r"\[(\d{1,3}|1\d{3})\]")
# A number (a minus behind a digit only joins two of them), perhaps its unit, then its mark.
_BESIDE: Final = re.compile(r"(?:(—|(?:(?<!\d)-)?\d[\d,]*(?:\.\d+)?%?)[^\d\[\]]{0,4})?\[(\d{1,3}|1\d{3})\]")
_BARE: Final = str.maketrans("", "", ",%")


class Whose(NamedTuple):
    """Whose figure: said, and as an address names it (`review.cells.address`); `by` None where none does."""

    said: str
    by: str | None = None
    code: str | None = None


DISTRICT: Final = Whose("全区", "")


@dataclass
class Numbers:
    """Gives the marks, and keeps what each stands for. `counted` is what `counting.counted` read."""

    counted: Mapping[str, Any]
    rows: list[dict[str, str | int | None]] = field(default_factory=list)

    def of(self, figures: Figures, name: str, unit: str = "", whose: Whose = DISTRICT) -> str:
        """A figure of requests as the text says it, with its mark: "1625件[1]"."""
        figure, measure = figures[name], MEASURES[name]
        whole = figure["denominator"]
        return self.add(
            figure["text"],
            unit,
            whose=whose,
            name=name,
            measure=measure.label_zh,
            parts=f"{figure['numerator']} ÷ {whole}" if whole else figure["numerator"],
            period=self.counted["period"]["said"],
            definition=f"{self.counted.get(name, measure.exclusions_zh)}来源：{measure.source}",
        )

    def add(self, text: str, unit: str = "", *, whose: Whose = DISTRICT, **told: str) -> str:
        """Any number; `told`: its name, measure, parts, period and definition. ValueError: more than marks can say."""
        mark = len(self.rows) + 1
        if mark > MOST:
            raise ValueError(_("These are too many numbers for one paper. Choose a shorter period."))
        self.rows.append({"mark": mark, "text": text, "about": whose.said, "by": whose.by, "code": whose.code, **told})
        return f"{text}{unit}[{mark}]"


# A section: its key, its title, and what writes its text.
Part = tuple[str, str, Callable[[Numbers], str]]


def unmarked(text: str) -> str:
    """Words of others, in which "[1]" is no mark of ours."""
    return MARK.sub(r"［\1］", text)


def pieces(line: str) -> list[tuple[str, bool]]:
    """A line in pieces, and which of them are marks."""
    return [(piece, bool(at % 2)) for at, piece in enumerate(MARK.split(line)) if piece]


def doubts(sections: Iterable[Mapping[str, str]], numbers: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence for every mark whose number is not the one that was counted."""
    known = {row["mark"]: row for row in numbers}
    return [said for one in sections for said in _doubts(one["title"], one["text"], known)]


def _doubts(title: str, text: str, known: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    for found in _BESIDE.finditer(text):
        written, mark = found[1] or "", int(found[2])
        told = {"title": title, "mark": mark, "written": written or "—"}
        if mark not in known:
            yield _("“%(title)s”: there is no number %(mark)d in the appendix. Delete the mark, or correct it.") % told
        elif written.translate(_BARE) != known[mark]["text"].translate(_BARE):
            told["counted"] = known[mark]["text"]
            yield (
                _(
                    "“%(title)s”: beside mark %(mark)d stands %(written)s, but %(counted)s was counted. "
                    "Correct the number, or delete the mark."
                )
                % told
            )
