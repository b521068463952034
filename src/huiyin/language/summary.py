"""The sentences of one text, or of a list of texts, that say most."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language.keywords import content_words
from huiyin.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_POLITE = re.compile(
    r"^(?:尊敬的|敬爱的|亲爱的|各位领导)|^.{0,12}(?:您好|你好|大家好|早上好|下午好)[！!，,。]?$|此致|敬礼|盼复|百忙之中"
    r"|^(?:非常|衷心|万分|十分)?(?:谢谢|感谢|多谢)|^(?:来电人|市民|居民|群众|网民)(?:来电)?(?:称|表示|反映|反应)[，,：:]?$"
    r"|^.{0,8}(?:恳请|希望|请求|恳求|请|望|盼).{0,12}(?:领导|部门|政府|您).{0,14}(?:关注|重视|解决|处理|回复|答复|帮助|做主|作主|协调)"
)
_CLAUSE = re.compile(r"(?<=[，,；;：:])")
_LONG = 30
_EARLY = 20
_SHORT = 6


class _Part(NamedTuple):
    """A sentence, or a clause of a long one, with its words and how many characters into its text it starts."""

    text: str
    words: frozenset[str]
    start: int


def summary(texts: str | Sequence[str], limit: int = 120) -> list[str]:
    """Sentences and clauses in the order of the texts, together at most `limit` characters; greetings are dropped.

    Greedy: the next one says most that is not said yet (words weighed by the root of how many parts have them, Nenkova
    and Vanderwende 2005), early in its text, in few characters. Time is near linear in the length of the texts.
    """
    parts = [part for text in ([texts] if isinstance(texts, str) else texts) for part in _parts(text)]
    weights = Counter(word for part in parts for word in part.words)
    return [parts[place].text for place in sorted(_chosen(parts, weights, limit))]


def _parts(text: str) -> Iterator[_Part]:
    start = 0
    for sentence in sentences(text):
        for said in _CLAUSE.split(sentence) if len(sentence) > _LONG else [sentence]:
            clause = said.strip()
            if clause and not _POLITE.search(clause):
                yield _Part(clause, frozenset(content_words(clause)), start)
                start += len(clause)


def _chosen(parts: Sequence[_Part], weights: Mapping[str, int], left: int) -> Iterator[int]:
    """Places of the parts, best first. Values only fall as words get said, so that a stale one need not be redone."""
    said: set[str] = set()
    waiting = [(-_value(part, weights, said), place) for place, part in enumerate(parts)]
    heapq.heapify(waiting)
    while waiting:
        value, place = heapq.heappop(waiting)
        part = parts[place]
        if len(part.text) > left or not value:
            continue
        fresh = -_value(part, weights, said)
        if fresh > value:
            heapq.heappush(waiting, (fresh, place))
            continue
        left -= len(part.text)
        said |= part.words
        yield place


def _value(part: _Part, weights: Mapping[str, int], said: set[str]) -> float:
    new = math.fsum(math.sqrt(weights[word]) for word in part.words - said)  # exact: a set has no order
    return new / math.sqrt(max(_SHORT, len(part.text))) / (1 + part.start / _EARLY)
