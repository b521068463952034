"""What to tell the writer of a reply: remarks with a stable code, a place, and a sentence in both languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import tables
from huiyin.language.brush_offs import find_brush_offs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huiyin.language.completeness import Completeness
    from huiyin.language.plain import Plainness
    from huiyin.language.promises import Promise

_UNRELATED = 0.15
_EMPTY = 250.0


class Remark(NamedTuple):
    """A remark: its code, its place in the reply (of `point_unmet` in the request), why, in both languages."""

    code: str
    start: int
    end: int
    zh: str
    en: str


class Findings(NamedTuple):
    """What the parts of the review found; `said` is the weight of the reply's words (`rarity.weight`)."""

    relevance: float
    said: float
    completeness: Completeness
    plainness: Plainness
    promises: list[Promise]


def find_remarks(reply: str, findings: Findings) -> list[Remark]:
    """All remarks: on the reply as a whole, on points not met, then on words in their order."""
    whole = (0, len(reply))
    return [
        *(_remark(code, *whole) for code in _on_the_whole(findings)),
        *_unmet(findings),
        *sorted(
            [*_vague(findings), *_put_off(reply, findings), *_officialese(findings)], key=lambda remark: remark.start
        ),
    ]


@cache
def codes() -> dict[str, tuple[str, str]]:
    """Every code with its sentence in Chinese and English."""
    return {row["code"]: (row["zh"], row["en"]) for row in tables.rows("reply_warnings")}


def _remark(code: str, start: int, end: int) -> Remark:
    return Remark(code, start, end, *codes()[code])


def _on_the_whole(findings: Findings) -> Iterator[str]:
    if findings.said < _EMPTY:
        yield "empty"
        return
    if findings.relevance < _UNRELATED:
        yield "unrelated"
    told, promised = findings.completeness.told, bool(findings.promises)
    if not told.action and not promised and any(point.kind != "question" for point in findings.completeness.points):
        yield "no_action"
    if told.action and not told.actor:
        yield "no_actor"
    if (told.action or promised) and not told.when:
        yield "no_date"
    if not told.contact:
        yield "no_contact"


def _unmet(findings: Findings) -> Iterator[Remark]:
    if findings.said >= _EMPTY and findings.relevance >= _UNRELATED:
        points = findings.completeness.points
        yield from (_remark("point_unmet", point.start, point.end) for point in points if point.met is None)


def _vague(findings: Findings) -> Iterator[Remark]:
    return (_remark("vague_promise", *promise[:2]) for promise in findings.promises if promise.on is None)


def _put_off(reply: str, findings: Findings) -> Iterator[Remark]:
    told = findings.completeness.told
    given = {"action": told.action, "date": told.when, "contact": told.contact}
    for found in find_brush_offs(reply, {name for name, place in given.items() if place}):
        yield _remark(found.code, found.start, found.end)


def _officialese(findings: Findings) -> Iterator[Remark]:
    return (_remark("officialese", *sentence[:2]) for sentence in findings.plainness.sentences if not sentence.plain)
