"""What a reviewer finds wanting: 但在甲、乙、丙等方面仍存不足, and the other ways to say so."""

from __future__ import annotations

import re
from typing import NamedTuple

from huiyin.language.outline import marked
from huiyin.language.sentences import split


class Wanting(NamedTuple):
    """The praise before the turn of a sentence, and the shortcomings after it, one phrase each."""

    before: str
    items: list[str]


_FIRST = "(?:第?一|[（(]?1)[是)）.、]"
_STILL = "(?:还|仍然|仍|尚|依然|也|都|均|又|且){0,3}"
_SOME = "(?:着|有)?(?:一定|较大|不小|明显|一些|不少|突出|诸多|若干)?(?:程度)?的?"
_LACK = "(?:不足|短板|差距|弱项|薄弱环节|欠缺|问题|提升空间)"
_BETTER = "(?:加强|提升|提高|改进|改善|完善|加大|强化|优化|深化|细化|加力|加快|发力|努力|突破|拓展|规范|巩固|重视|压实)"
_NAMING = (
    rf"(?:主要|突出|存在的?|的|其){{0,3}}{_LACK}(?:之处)?[，,]?"
    rf"(?:(?:主要)?(?:是|在于|有|为|表现在|体现在|：|:)|(?={_FIRST}))"
)
_TURN = re.compile(
    rf"(?:^|[，,；;。、])\s*(?:(?:但是?|不过|然而|可是|只是|(?P<soft>与此同时|同时))[，,]?|(?={_NAMING}))"
)
_OPENS = re.compile(rf"(?:在|{_STILL}存在|{_STILL}有(?=.{{2,60}}{_LACK})|{_STILL}需|此外|另外)")
_NEED = "(?:有待|亟待|亟需|急需|仍需|还需|尚需|需要|需|应)"
_LACKING = re.compile(
    rf"(?:等|这)?(?:[\d一二两三四五六几多]个?)?(?:方面|环节|领域|问题|工作|事项)?上?(?:的?工作)?[上中]?[，,]?{_STILL}"
    rf"(?:(?:存在|存有|存|有){_SOME}{_LACK}"
    rf"|{_NEED}(?:于|再|要)?(?:进一步|继续|持续|不断|着力|切实){{0,2}}{_BETTER})"
    rf"|等?(?:方面|环节|领域)(?:{_NEED}|(?:还|仍|尚|依然)[需要须存有不没未欠缺差待应显])[^，,；;、。]{{1,14}}"
)
_EXISTING = re.compile(
    rf"{_STILL}(?:存在|有)着?的?(?P<items>.+?)(?:等|的){{0,3}}(?:{_LACK}|现象|情况)[^，,；;、]{{0,4}}$"
)
_NAMED = re.compile(rf"{_NAMING}(?P<items>.+)$")
_POOR = re.compile(
    "不够|不足|不到位|不高|不强|不实|不细|不严|不深|不快|不畅|不及时|不均衡|不平衡|不规范|不彻底|不理想|偏[低慢弱少]|较[低慢差弱乱]"
    "|滞后|缓慢|薄弱|欠缺|缺乏|粗放|松懈|反弹|靠后|下降|落后|短板|差距|有待|仍需|还需|死角|乱象|没|未(?!来)|慢|(?<!降)低|缺位|超期|逾期|多发|高发|反复|偏多"
)
_EFFORT = (
    "(?:补(?:齐|足)?短板|强弱项|下[更大苦真狠]{0,2}(?:功夫|力气|气力)|用力|发力|使劲|求突破|见实效|精进|提质|补课|久久为功|更进一步"
    "|(?:加强|提升|改进|完善|努力|整改|重视)(?=[，,；;。]|$))"
)
_HOPED = re.compile(
    r"(?:^|[，,；;。])(?:希望|建议|期待|还?需要?|仍需要?|应当?|下一步要?|今后要?)(?:能够|继续|进一步)?在(?P<items>[^；;。]{2,80}?)"
    rf"等?(?:方面|环节|领域|工作)?[上中]?(?:还要?|再|多|更|继续|进一步|持续|加以|予以){{0,2}}{_EFFORT}"
)
_IN_FIELD = re.compile(r"在(?P<items>.{2,80}?)等?(?:(?:方面|环节|领域)上?|上)[^、]{2,12}")
_AGAIN = re.compile(r"^[，,；;。]*(?:同时|但|且|此外|另外)?[，,]?")
_LEAD = re.compile("^(?:在(?!线|职|册|建)|对于|对(?!接|外|口|标|账))")
_ORDINAL = re.compile("^第?[一二三四五六七八九十]{1,2}是")
_ENUMERATED = re.compile(r"[，,；;、]?(?=第?[一二三四五六七八九十]是)")
_TRAIL = re.compile(r"(?:等(?:方面|问题|工作|情况)?|方面|[。！!；;，,、])+$")
_LAST = re.compile(r"(?<=.{4})(?:以及|和(?![谐平睦])|及(?![时其]))(?=.{4})")
_ENDS = "。！？!? "


def wanting(sentence: str) -> Wanting | None:
    """Read the shortcomings of one sentence; None where it finds nothing wanting."""
    hoped = _HOPED.search(sentence)
    if hoped:
        return Wanting(sentence[: hoped.start()], _named(hoped["items"]))
    turn = _turn(sentence)
    if turn is None:
        return None
    items = _read(sentence[turn[1] :].strip(_ENDS))
    return Wanting(sentence[: turn[0]], items) if items else None


def _turn(sentence: str) -> tuple[int, int] | None:
    """Where it turns to what is wanting: the last 但 before the first word of lack. 同时 turns less surely."""
    lacking = _LACKING.search(sentence)
    lack = lacking or _POOR.search(sentence)
    at = lack.start() if lack else len(sentence)
    turns = [turn for turn in _TURN.finditer(sentence) if turn.start() <= at and (lacking or not turn["soft"])]
    if turns:
        return turns[-1].span()
    return (0, 0) if _OPENS.match(sentence) else None


def listed(text: str) -> list[str]:
    """The items of a part that is all shortcomings (不足：…), split at its strongest mark."""
    text = text.strip(_ENDS)
    found = wanting(text if text.startswith("但") else f"但{text}") if _LACKING.search(text) else None
    if found:
        return found.items
    marks = next((marks for marks in ("；;", "、", "，,") if len(split(text, marks)) > 1), "；;")
    return [item for item in map(_item, split(text, marks)) if item]


def _read(rest: str) -> list[str]:
    items: list[str] = []
    while (lacking := _LACKING.search(rest)) and lacking.start() > 1:
        items += _named(rest[: lacking.start()])
        rest = _AGAIN.sub("", rest[lacking.end() :], count=1)
    if items:
        return items + _poor(rest)
    for pattern in (_NAMED, _EXISTING):
        match = pattern.match(rest)
        if match:
            return _named(match["items"])
    return _poor(rest)


def _poor(rest: str) -> list[str]:
    """Clauses that say of something that it is poor, or in which fields: 停车秩序较乱, 在甲、乙上力度不够."""
    items: list[str] = []
    for clause in filter(_POOR.search, map(_item, split(rest, "，,；;"))):
        field = _IN_FIELD.fullmatch(clause)
        items += _named(field["items"]) if field else [clause]
    return items


def _named(text: str) -> list[str]:
    """A list of phrases; 和 before the last of them joins two."""
    if _ORDINAL.match(text):
        return [item for item in map(_item, _ENUMERATED.split(text)) if item]
    parts = split(text, "、，,；;")
    if parts:
        parts[-1:] = [part for part in _LAST.split(parts[-1], maxsplit=1) if part]
    return [item for item in (_LEAD.sub("", _item(part), count=1) for part in parts) if item]


def _item(part: str) -> str:
    return _TRAIL.sub("", _ORDINAL.sub("", marked(part).text, count=1)).strip()
