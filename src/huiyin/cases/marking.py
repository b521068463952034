"""A text cut where something was marked in it, for a template that draws the marks."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a text; `why` is what was marked there, empty where nothing was."""

    text: str
    why: str = ""


def cut(text: str, marks: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    """The whole text in order. Marks (start, end, why) are character positions and may overlap: then both are told."""
    marks = list(marks)
    edges = sorted({0, len(text), *(edge for start, end, _why in marks for edge in (start, end))})
    for start, end in pairwise(edges):
        told = dict.fromkeys(why for first, last, why in marks if first <= start and end <= last)
        yield Piece(text[start:end], " ".join(told))
