"""What a request asks, point by point, and where a reply meets each."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from huiyin.language.places import plain
from huiyin.language.rarity import pairs, weight
from huiyin.language.spans import Span, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.language.rarity import Rarity

    Kind = Literal["question", "demand", "matter"]


class Point(NamedTuple):
    """One thing asked: where it stands in the request, and where the reply meets it; None where it does not."""

    start: int
    end: int
    kind: Kind
    met: Span | None


class _Part(NamedTuple):
    span: Span
    pairs: set[str]


_QUESTION = re.compile(
    r"[？?]|请问|咨询|(?:吗|呢)(?=[，。！,!\s]|$)|能否|能不能|可否|可不可以|是否|是不是|有没有|何时|什么时候|多久|为什么|为何|怎么|怎样|如何|多少|哪里|哪儿|哪些|哪个|谁(?=来|负责|管)|凭什么"
)
_DEMAND = re.compile(
    r"要求|请求|恳请|恳求|希望|强烈|建议|呼吁|盼|望(?=[有相政领能尽早给]|$)|请(?=[有相政领贵尽你您书市区县]|求)|麻烦|尽快|早日|还我们|应该?(?=尽快|给|有)"
)
_WHEN = re.compile(r"何时|什么时候|啥时候|多久|哪天|几月|几号|时间表|期限")
_ITEM = re.compile(
    r"(?<![\d.])(?:\d{1,2}[、.．]|[（(]?[一二三四五六七八九十]{1,2}[）)、]|[①-⑨]|第[一二三四五六七八九][，、：])(?!\d)"
)
_CALENDAR = re.compile(
    r"\d ?[年月日号天周]|[年月]底|年内|[本下今明][周月年]|工作日|上旬|中旬|下旬|季度|近期|目前(?:暂|尚)?(?:无|没有)"
)
# What is left of a plea without these is nothing to answer: 恳请各位领导高度重视，尽快核实处理为盼！
_PLEADING = re.compile(
    r"尊敬|敬爱|您好|你好|谢谢|感谢|拜托|此致|敬礼|恳请|敬请|恳求|请求|强烈|希望|渴望|切盼|期盼|盼|望|要求|请问|请|麻烦|务必"
    r"|各级|各位|有关|相关|上级|主管|领导们?|书记|[市县区镇省局]长|政府|部门|单位|党|国家|您|你们?|我们?|老百姓|百姓|居民|群众|业主|人民|大家|为民"
    r"|高度|重视|关注|关心|支持|帮助|解决|处理|查处|调查|核实|监督|督促|督办|批准|回复|答复|解答|答案|反馈|说法|公道|做主|主持|严肃|认真|切实|彻底"
    r"|尽快|尽早|早日|及时|百忙之中|抽空|予以|给予|给个|给|进行|一下|这个|这些|此事|此类|问题|情况|事情|事件|实际|真正|能够|能|可以|对|把|将|的|了|为|来|和|及|以|一个|做出|作出|上述|以上|我"
)
_NO_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]")
_LEFT = 4
_LONG = 60
_LITTLE = 100.0
_SAME = 0.6
_MET = 0.05
_MOST = 12


def review_points(request: str, reply: str, rarity: Rarity) -> list[Point]:
    """The points of a request in order, at most twelve, with where the reply meets them.

    A point is a question, a demand or a numbered item that names something, or else the request's first sentence. It
    is met where one or two neighbouring sentences of the reply take up enough of its rarer words; a question for a time
    needs one, too.
    """
    answered = plain(reply)
    said = [_Part(span, pairs(answered[slice(*span)])) for span in sentence_spans(reply)]
    return [
        Point(*span, kind, _meeting(request[slice(*span)], said, reply, rarity))
        for span, kind in _asked(plain(request), rarity)
    ]


def _asked(request: str, rarity: Rarity) -> list[tuple[Span, Kind]]:
    found: list[tuple[Span, Kind, set[str]]] = []
    for span in _pieces(request):
        kind = _kind(request[slice(*span)])
        said = pairs(request[slice(*span)])
        told = _SAME * weight(said, rarity)
        if kind and said and not any(weight(said & earlier, rarity) >= told for _, _, earlier in found):
            found.append((span, kind, said))
        if len(found) == _MOST:
            break
    return [(span, kind) for span, kind, _ in found] or [(span, "matter") for span in sentence_spans(request)[:1]]


def _kind(sentence: str) -> Kind | None:
    kind: Kind | None = "question" if _QUESTION.search(sentence) else None
    if kind is None and (_DEMAND.search(sentence) or _ITEM.match(sentence)):
        kind = "demand"
    return kind if kind and len(_NO_HAN.sub("", _PLEADING.sub("", sentence))) >= _LEFT else None


def _pieces(text: str) -> list[Span]:
    """Sentences, long ones cut where numbered items begin or at semicolons, and without what leads up to the asking."""
    return [_narrowed(text, piece) for span in sentence_spans(text) for piece in _items(text, span)]


def _items(text: str, span: Span) -> list[Span]:
    cuts = [match.start() for match in _ITEM.finditer(text, *span)]
    cuts += [at + 1 for at in range(*span) if text[at] in "；;"]
    edges = sorted({span.start, *cuts, span.end})
    return [Span(start, end) for start, end in pairwise(edges)]


def _narrowed(text: str, span: Span) -> Span:
    """Of a long sentence from the part before the one that asks: 小区门口长期乱停车，请问何时能管？"""
    if span.end - span.start <= _LONG:
        return span
    asks = _QUESTION.search(text, *span) or _DEMAND.search(text, *span)
    if not asks:
        return span
    comma = text.rfind("，", span.start, asks.start())
    before = text.rfind("，", span.start, max(comma, span.start))
    return Span(before + 1 if before >= 0 else span.start, span.end)


def _meeting(point: str, said: Sequence[_Part], reply: str, rarity: Rarity) -> Span | None:
    """The sentence of the reply that takes up most of the point, with the next where that takes up more of it."""
    ours = pairs(plain(point))
    enough = _MET * max(weight(ours, rarity), _LITTLE)
    taken = [weight(ours & part.pairs, rarity) for part in said]
    best = max(range(len(said)), key=taken.__getitem__, default=None)
    if best is None:
        return None
    place, more = said[best].span, said[best + 1 : best + 2]
    both = weight(ours & said[best].pairs.union(*(part.pairs for part in more)), rarity)
    if more and both >= taken[best] + enough:
        place = Span(place.start, more[0].span.end)
    if both < enough or (_WHEN.search(point) and not _CALENDAR.search(reply, *_around(place, said))):
        return None
    return place


def _around(place: Span, said: Sequence[_Part]) -> Span:
    """The place and the sentence after it: a date often follows what it dates."""
    end = next((part.span.end for part in said if part.span.start >= place.end), place.end)
    return Span(place.start, end)
