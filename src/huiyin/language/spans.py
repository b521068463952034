"""Where sentences stand in a text."""

from __future__ import annotations

from typing import NamedTuple

from huiyin.language.sentences import sentences


class Span(NamedTuple):
    """Character positions in a text."""

    start: int
    end: int


def sentence_spans(text: str) -> list[Span]:
    """The places of a text's sentences, in order."""
    found, at = [], 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        found.append(Span(start, at))
    return found
