"""Units reviewed one by one in a report or minutes: what each did well, and what was found wanting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huiyin.language import shortcomings, speeches, units
from huiyin.language.labels import HEADING, INSIDE, LABEL
from huiyin.language.outline import BODY, TITLE, marked
from huiyin.language.sentences import sentences, split

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from huiyin.language.columns import Paragraph


@dataclass(frozen=True, slots=True)
class Review:
    """One unit with its achievements and shortcomings, phrase by phrase as the text has them."""

    unit: str
    achievements: list[str]
    shortcomings: list[str]


_JUDGED = ("achievements", "shortcomings")


@dataclass(slots=True)
class _Block:
    """What is said of a unit in one place of an article; the part of the review reached; how deep both began."""

    unit: str
    rank: int
    article: int
    part: str = "achievements"
    part_rank: int = BODY
    labelled: bool = False
    achievements: list[str] = field(default_factory=list)
    shortcomings: list[str] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        """Whether it is a review by itself: something was found wanting, or 成绩： stands before what a unit did."""
        return bool(self.shortcomings) or (self.labelled and units.is_unit(self.unit))

    def turn(self, label: str, rank: int) -> None:
        self.part, self.part_rank = label, rank
        self.labelled |= label in _JUDGED

    def take(self, text: str) -> None:
        if self.part == "shortcomings":
            self.shortcomings.extend(shortcomings.listed(text))
            return
        wanting = shortcomings.wanting(text)
        if self.part == "achievements":
            praise = wanting.before if wanting else text
            self.achievements.extend(marked(part).text.strip("。！!，, ") for part in split(praise, "；;"))
        if wanting:
            self.shortcomings.extend(wanting.items)
            self.part = "done"


@dataclass(slots=True)
class _Reader:
    """Goes down the paragraphs: the block that lasts, the last heading, and the rank of what stood before the block."""

    known: set[str]
    blocks: list[_Block] = field(default_factory=list)
    block: _Block | None = None
    title: str = ""
    title_rank: int = 0
    above: int = 0
    article: int = 0

    def paragraph(self, paragraph: Paragraph) -> None:
        block = self.block
        if block and paragraph.rank <= block.rank:
            self.block = None
        elif block and paragraph.rank <= block.part_rank < BODY:
            block.part, block.part_rank = "achievements", BODY
        self.article += paragraph.rank <= TITLE
        if paragraph.heading and not HEADING.fullmatch(paragraph.text):
            self.title, self.title_rank = paragraph.text, paragraph.rank
        for sentence in sentences(paragraph.text):
            self._sentence(sentence, paragraph)
        if paragraph.rank < BODY and not self.block:
            self.above = paragraph.rank

    def _sentence(self, sentence: str, paragraph: Paragraph) -> None:
        speech = speeches.opening(sentence)
        if speech:
            self.block = None
            sentence = sentence[speech.start :]
        elif speeches.closes(sentence):
            self.block = None
            return
        sentence = self._opened(sentence, paragraph)
        if self.block and sentence:
            self._read(sentence, self.block, paragraph)

    def _opened(self, sentence: str, paragraph: Paragraph) -> str:
        """Begin a block where a unit is named; what is left of the sentence."""
        label = LABEL.match(sentence) or (HEADING.fullmatch(sentence) if paragraph.heading else None)
        kind = label.lastgroup if label else None
        if label and kind == "unit":
            self._begin(sentence[label.end() :].strip("。 "), self.above)
            return ""
        if kind in _JUDGED and not self.block and self.title:  # a heading may be a name that no rule knows
            self._begin(self.title, self.title_rank)
            return sentence
        opened = units.opening(sentence, self.known)
        inside = self.block and (
            opened is None or opened[0] == self.block.unit or self.block.part_rank < paragraph.rank
        )
        if opened is None or inside:
            return sentence
        self._begin(opened[0], paragraph.rank if paragraph.rank < BODY else self.above)
        return "" if paragraph.heading else opened[1]

    def _begin(self, unit: str, rank: int) -> None:
        self.block = _Block(unit, rank, self.article)
        self.blocks.append(self.block)

    @staticmethod
    def _read(sentence: str, block: _Block, paragraph: Paragraph) -> None:
        heading = HEADING.fullmatch(sentence) if paragraph.heading else None
        if heading and heading.lastgroup:
            block.turn(heading.lastgroup, paragraph.rank)
            return
        for label, text in _labelled(sentence):
            if label:
                block.turn(label, BODY)
            block.take(text)


def find_reviews(paragraphs: Sequence[Paragraph]) -> list[Review]:
    """Reviews in the order of the text, one for a unit.

    A unit counts as reviewed where something was found wanting, where its review is labelled (成绩：…), or where it is
    named among those heard (A、B依次发言) and praised.
    """
    known = {name for paragraph in paragraphs for name in units.listed(paragraph.text)}
    reader = _Reader(known)
    for paragraph in paragraphs:
        reader.paragraph(paragraph)
    sure = {block.unit: block.article for block in reader.blocks if block.sure}
    return _merged(block for block in reader.blocks if block.sure or _is_part(block, sure, known))


def _is_part(block: _Block, sure: Mapping[str, int], known: Container[str]) -> bool:
    """Whether praise alone belongs to a review: to one in the same article, else to a unit that was heard."""
    if not block.achievements:
        return False
    return sure[block.unit] == block.article if block.unit in sure else block.unit in known


def _merged(blocks: Iterable[_Block]) -> list[Review]:
    reviews: dict[str, Review] = {}
    for block in blocks:
        review = reviews.setdefault(block.unit, Review(block.unit, [], []))
        review.achievements.extend(block.achievements)
        review.shortcomings.extend(block.shortcomings)
    return list(reviews.values())


def _labelled(sentence: str) -> Iterator[tuple[str, str]]:
    """Parts of a sentence with the labels before them; "" before the first."""
    at, kind = 0, ""
    for label in INSIDE.finditer(sentence):
        if sentence[at : label.start()].strip():
            yield kind, sentence[at : label.start()]
        at, kind = label.end(), label.lastgroup or ""
    yield kind, sentence[at:]
