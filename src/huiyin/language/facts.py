"""What a reply tells of the matter: what was done, who did it, when, and whom to call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import numbers, tables
from huiyin.language.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.language.dates import Due


class Facts(NamedTuple):
    """Where the reply first tells each; None where it does not."""

    action: Span | None
    actor: Span | None
    when: Span | None
    contact: Span | None


_VERBS = "|".join(sorted((row["verb"] for row in tables.rows("actions")), key=len, reverse=True))
_DONE = re.compile(
    rf"(?:已经?|均已|现已|业已|经|立即|当[天日]|随即|组织|安排|派|责令|会同|联合)[^。；！？\n转将拟如]{{0,20}}?(?:{_VERBS})"
    rf"|(?:{_VERBS})(?:完毕|完成|到位|了|过|结束)"
    r"|[看查修换装清拆订罚找搬补铺关贴送挖退撤问](?:过|[好完掉走上开通]?了)"
)
_OURS = r"(?<!对)我(?:[局委办镇乡区县市校司站所院处]|街道|中心|单位|部门)|(?<!对)我们(?!工作|的)"
_UNIT = (
    r"[^\W\d_您我你他在到的了是将已对与和向请找打问]{1,12}?"
    r"(?:管理局|局|委员会|管委会|委|政府|街道办事处|街道办?|办事处|社区|村委会|居委会|支队|大队|中队|派出所|中心|公司|集团"
    r"|物业|医院|学校|小学|中学|工程队|施工单位|施工方|开发商|供电所|水务|燃气)"
)
_ACTOR = re.compile(rf"{_OURS}|(?:经|由|已?责成|责令|要求|督促|会同|联合|[，。；：:\s]|^)(?P<unit>{_UNIT})")
_DAY = re.compile(
    r"(?:(?:20\d\d|[今去本]) ?年)? ?\d{1,2} ?月 ?\d{1,2} ?[日号]"
    r"|(?:20\d\d|[今去]) ?年 ?\d{1,2} ?月(?:份|[上中下]旬|[初底])?"
    r"|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|[昨今当][天日晚]|上周[一二三四五六日天]|本周[一二三四五六日天]"
)
_SIGNED = re.compile(r"(?:20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})[\s。]*\Z")
_CALLS = frozenset({"phone", "landline"})
_HOTLINE = re.compile(
    r"(?<!\d)(?:12\d{3}|96\d{3,4}|400[- ]?\d{3}[- ]?\d{4}|\d{3,4}[-—]?\*{4,}|1\d{2}\*{4}\d{4}"
    r"|0\d{1,3}\*{4}\d{2,4})(?![\d*])"
    r"|(?:电话|热线|手机|致电|拨打)[^。；\n]{0,10}?[：: 为是]?[\d*（(][\d*()（）—-]{4,}"
)


def unsigned(reply: str) -> str:
    """The reply without the date it ends with."""
    signed = _SIGNED.search(reply)
    return reply[: signed.start()] if signed else reply


def find_facts(reply: str, due: Sequence[Due]) -> Facts:
    """The facts of an unsigned reply with these due phrases (`dates.find`)."""
    return Facts(_span(_DONE, reply), _actor(reply), _when(reply, due), _contact(reply))


def _span(pattern: re.Pattern[str], text: str) -> Span | None:
    match = pattern.search(text)
    return Span(*match.span()) if match else None


def _actor(text: str) -> Span | None:
    match = _ACTOR.search(text)
    return Span(*match.span("unit" if match["unit"] else 0)) if match else None


def _when(text: str, due: Sequence[Due]) -> Span | None:
    named = next((phrase for phrase in due if phrase.date), None)
    return Span(named.start, named.end) if named else _span(_DAY, text)


def _contact(text: str) -> Span | None:
    number = next((found for found in numbers.find(text) if found.kind in _CALLS), None)
    return Span(number.start, number.end) if number else _span(_HOTLINE, text)
