"""Units reviewed one by one in a report or minutes: what each did well, and what was found wanting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huiyin.language import shortcomings, speeches, units
from huiyin.language.labels import HEADING, INSIDE, LABEL
from huiyin.language.outline import BODY, marked
from huiyin.language.sentences import sentences, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from huiyin.language.columns import Paragraph


@dataclass(frozen=True, slots=True)
class Review:
    """One unit with its achievements and shortcomings, phrase by phrase as the text has them."""

    unit: str
    achievements: list[str]
    shortcomings: list[str]


@dataclass(slots=True)
class _Reader:
    """Goes down the paragraphs: the unit spoken of, the part of its review, and how deep both began."""

    known: set[str]
    found: dict[str, Review] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    unit: str = ""
    part: str = ""
    rank: int = 0
    part_rank: int = BODY
    above: int = 0

    def paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.rank <= self.rank:
            self._leave()
        elif paragraph.rank <= self.part_rank and self.part_rank < BODY:
            self.part, self.part_rank = "achievements", BODY
        for sentence in sentences(paragraph.text):
            self._sentence(sentence, paragraph)
        if paragraph.rank < BODY and not self.unit:
            self.above = paragraph.rank

    def _leave(self) -> None:
        self.unit, self.part, self.rank, self.part_rank = "", "", 0, BODY

    def _sentence(self, sentence: str, paragraph: Paragraph) -> None:
        speech = speeches.opening(sentence)
        if speech:
            self._leave()
            sentence = sentence[speech.start :]
        elif speeches.closes(sentence):
            self._leave()
            return
        opened = self._opened(sentence)
        if opened and opened[0] != self.unit and not (self.part_rank < paragraph.rank):
            self.unit, sentence = opened
            self.part, self.part_rank = "achievements", BODY
            self.rank = paragraph.rank if paragraph.rank < BODY else self.above
            if paragraph.heading:
                return
        if self.unit:
            self._read(sentence, paragraph)

    def _opened(self, sentence: str) -> tuple[str, str] | None:
        label = LABEL.match(sentence)
        if label and label.lastgroup == "unit":
            return sentence[label.end() :].strip("。 "), ""
        return units.opening(sentence, self.known)

    def _read(self, sentence: str, paragraph: Paragraph) -> None:
        heading = HEADING.fullmatch(sentence) if paragraph.heading else None
        if heading and heading.lastgroup:
            self._turn(heading.lastgroup, paragraph.rank)
            return
        for label, text in _labelled(sentence):
            if label:
                self._turn(label, BODY)
            self._take(text)

    def _turn(self, label: str, rank: int) -> None:
        if label in {"achievements", "shortcomings"}:
            self.labelled.add(self.unit)
        self.part, self.part_rank = label, rank

    def _take(self, text: str) -> None:
        review = self.found.setdefault(self.unit, Review(self.unit, [], []))
        if self.part == "shortcomings":
            review.shortcomings.extend(shortcomings.listed(text))
            return
        wanting = shortcomings.wanting(text)
        if self.part == "achievements":
            praise = wanting.before if wanting else text
            review.achievements.extend(marked(part).text.strip("。！!，, ") for part in split(praise, "；;"))
        if wanting:
            review.shortcomings.extend(wanting.items)
            self.part = "done"


def find_reviews(paragraphs: Sequence[Paragraph]) -> list[Review]:
    """Reviews in the order of the text, one for a unit.

    A unit counts as reviewed where something was found wanting, where its review is labelled (成绩：…), or where it is
    named among those heard (A、B依次发言) and praised.
    """
    known = {name for paragraph in paragraphs for name in units.listed(paragraph.text)}
    reader = _Reader(known)
    for paragraph in paragraphs:
        reader.paragraph(paragraph)
    sure = reader.labelled | known
    return [
        review
        for review in reader.found.values()
        if review.shortcomings or (review.unit in sure and review.achievements)
    ]


def _labelled(sentence: str) -> Iterator[tuple[str, str]]:
    """Parts of a sentence with the labels before them; "" before the first."""
    at, kind = 0, ""
    for label in INSIDE.finditer(sentence):
        if sentence[at : label.start()].strip():
            yield kind, sentence[at : label.start()]
        at, kind = label.end(), label.lastgroup or ""
    yield kind, sentence[at:]
