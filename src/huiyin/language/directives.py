"""What the speakers of a meeting demand: one directive a sentence, under the heading that the speaker gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.language import dates
from huiyin.language.listening import Speech, listen
from huiyin.language.shortcomings import wanting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from huiyin.language.columns import Paragraph


@dataclass(frozen=True, slots=True)
class Directive:
    """A demand as said. A sentence that is only its heading (要形成长效机制。) stands in the text before it.

    `due` is the day that `due_phrase` names; None for 尽快 and where no time is set.
    """

    speaker: str
    text: str
    topic: str
    due: date | None
    due_phrase: str


_ORDER = "(?:第?[一二三四五六七八九十]{1,2}(?:是|、)?|首先|其次|此外|同时|另外|下一步|最后)?[，,]?"
_POINT = re.compile(rf"{_ORDER}要(?![求点素闻])")
_LED = re.compile(rf"{_ORDER}(?:要(?![求点素闻]))?")
_ENUMERATED = re.compile(r"(?<=[；;])(?=第?[一二三四五六七八九十]{1,2}(?:要|是|[，,、]))")
_MODAL = re.compile(
    r"(?<![重主需只还首次紧想必])要(?![求点素闻塞么是])|必须|务必|不得|严禁|(?<![相对供反响适效感])应当?(?![急对用邀付])"
)
_MUTUAL = re.compile("双方|我们?|期待|希望|愿")
_FACT = re.compile(
    "以来|取得|成效(?:显著|明显)|已[经完]|意义重大|至关重要|事关|关系到|充分肯定|值得肯定|表示(?:感谢|肯定)|总体(?:平稳|良好)"
)
_ORDERED = re.compile(r"第?[一二三四五六七八九十]{1,2}(?:要|是|[，,、])(?P<topic>[^，,；;。]{2,16})[，,：:]")
_CHARGED = re.compile("(?:由|请|责成)(?![于此])|[^，,“”]{2,24}?(?:牵头|负责(?![人同制])|会同|主办)")
_TARGET = re.compile(
    "(?:完成|实现|达成|冲刺)(?:好|了)?(?P<period>第?[一二三四1-4]季度|[上下]半年|本季度|[全今本]年|本月)"
    "度?的?[^，,；;。]{0,12}?(?:指标|任务|目标|计划)"
)
_NO_TERM = re.compile(
    "下一(?:步|阶段)|年初(?!之?前|完成)|[明后本今下]个?[年季月周]度?的?(?:各项|重点)?(?:工作|任务|计划|规划|重点|目标|预算|思路|项目)"
)
_CLAUSE = re.compile("[，,；;：:]")
_EFFORT = re.compile("全力|聚力|合力|奋力|倾力|集中(?:精力|力量)")
_AIM = re.compile(
    "(?:打造|塑[造强]|推[动进]|开创|谱写|构建|建设|实现|展现|开辟|书写|提升|增强|夯实|筑牢|汇聚|凝聚)"
    ".{0,24}(?:引擎|家园|发展|局面|格局|篇章|高地|样板|典范|图景|新城|城区|合力|根基|屏障|跨越|力量)"
)
_ENDS = "。！!；;，,：: "
_TITLE = range(6, 41)
_BARE_TITLE = range(6, 13)


def find_directives(paragraphs: Sequence[Paragraph], at: date) -> list[Directive]:
    """Directives in the order of the text; due phrases are resolved as said on `at` (local)."""
    return [
        Directive(speech.speaker, text, topic, *_due(text, at))
        for speech in listen(paragraphs)
        for text, topic in _demands(speech)
    ]


def _demands(speech: Speech) -> Iterator[tuple[str, str]]:
    """Text and topic of each demand. The nearest heading counts: a title, an aim over several points, the subject."""
    said = _demanded(speech)
    title = aim = heading = ""
    for place, sentence in enumerate(said):
        after = said[place + 1] if place + 1 < len(said) else ""
        if _POINT.match(sentence):
            title = ""
        if not heading and _is_title(sentence, after, first=speech.numbered and place == 0):
            title, heading = _named(sentence), sentence
            if _EFFORT.search(title):
                aim = title
            continue
        if _is_aim(sentence, after):
            aim = _named(sentence)
        ordered = _ORDERED.match(sentence)
        yield heading + sentence, title or (ordered["topic"] if ordered else aim or speech.topic)
        heading = ""


def _demanded(speech: Speech) -> list[str]:
    """Sentences of a speech from the first demand on, without those that tell facts; enumerations one by one."""
    said = [part for sentence in speech.said for part in _ENUMERATED.split(sentence)]
    if not speech.firm:
        said = said[next((place for place, sentence in enumerate(said) if _requires(sentence)), len(said)) :]
    return [sentence for sentence in said if _requires(sentence) or not (_FACT.search(sentence) or wanting(sentence))]


def _requires(sentence: str) -> bool:
    """Whether a clause says 要 or 必须 to others, or charges a unit."""
    return _CHARGED.match(sentence) is not None or any(
        _MODAL.search(clause) and not _MUTUAL.search(clause) for clause in _CLAUSE.split(sentence)
    )


def _is_title(sentence: str, after: str, *, first: bool) -> bool:
    """A single clause that the next sentence carries out."""
    bare = sentence.strip(_ENDS)
    if not after or _CLAUSE.search(bare) or len(bare) > _TITLE.stop:
        return False
    if first and not _POINT.match(sentence):
        return True
    if _POINT.match(after):
        return False
    return _POINT.match(sentence) is not None or (len(bare) in _BARE_TITLE and len(after) > 2 * len(bare))


def _is_aim(sentence: str, after: str) -> bool:
    """要聚力提升发展能级,塑强高质量发展新引擎: two clauses, the second an aim, with points of its own to follow."""
    clauses = _CLAUSE.split(sentence.strip(_ENDS))
    pair = len(clauses) == 2  # noqa: PLR2004 - see above
    return pair and all(map(_POINT.match, (sentence, after))) and _AIM.fullmatch(clauses[1]) is not None


def _named(sentence: str) -> str:
    """The heading without 要 and its number."""
    return _LED.sub("", sentence.strip(_ENDS), count=1)


def _due(text: str, at: date) -> tuple[date | None, str]:
    """The first day set, else the period whose targets are to be met (完成三季度指标), else a phrase that sets none."""
    found = [due for due in dates.find(text, at) if not _NO_TERM.match(text, due.start)]
    for due in found:
        if due.date:
            return due.date, text[due.start : due.end]
    for target in _TARGET.finditer(text):
        phrase = target["period"]
        day = dates.resolve(phrase.replace("全年", "年内"), at)
        if day and day >= at:
            return day, phrase
    return None, text[found[0].start : found[0].end] if found else ""
