"""What a reply commits its office to, and by when: a promise becomes a timer."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language.spans import Span, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from huiyin.language.dates import Due


class Promise(NamedTuple):
    """Words that commit: where they stand, the due phrase in them, and its day; both None where there is none."""

    start: int
    end: int
    due: Span | None
    on: date | None


_COMMITS = re.compile(
    r"(?<![必现])将(?=[于在会对按]|继续|进一步|尽快|尽早|加[强快大]|督促|组织|安排|积极|认真|严格|持续|不断|全力|及时|第一时间|逐步|根据|结合|邀请|派|联系|启动|开展|进行|实施|整改|修|维修|更换|处理|解决|完成|反馈|回复|答复)"
    r"|会(?=尽快|继续|加[强快大]|持续|进一步|积极|及时|安排|组织|督促|派)|拟(?=[于在对定建])|计划(?=[于在今明本下年对\d])|预计"
    r"|(?:争取|力争)(?=[在于年本今明\d]|尽快|早日|尽早)|承诺|保证(?!金)|下一步|接下来|下阶段|尽快(?!提供|联系|前往|到)"
)
_COMPLETES = re.compile(
    r"完成|完工|竣工|开通|通车|通水|通电|恢复|整改|修[好复]|维修|更换|安装|拆除|清理|解决|答复|回复|办结|到位|启动|开工|投入使用|上门|建成|实施|反馈|[送装换修清拆建铺办查退补派]"
)
_NOT_OURS = re.compile(
    r"请(?!示|求)|您(?:可|需|应|须|要|的)|申请人|市民可|可(?:于|在|到|以)|应当|规定|《|如(?:果|您|对|有|需)|若|逾期|否则|要求|一旦|原(?:计划|定|本)|不能保证|没有承诺"
)
_PAST = re.compile(r"已(?:经)?(?:于|在|将|把|对)|曾(?:经)?(?:于|在)?")
_CLAUSE = re.compile(r"[^，,；;]+[，,；;]?")


def find_promises(reply: str, due: Sequence[Due]) -> list[Promise]:
    """Promises of a reply with these due phrases (`dates.find`), in order; one for every day that it commits to."""
    return [promise for span in sentence_spans(reply) for promise in _of_sentence(reply, span, due)]


def _of_sentence(reply: str, span: Span, due: Sequence[Due]) -> Iterator[Promise]:
    """A promise runs from the clause that commits to the next one with a day of its own, or to the semicolon."""
    open_: Promise | None = None
    for match in _CLAUSE.finditer(reply, *span):
        clause = Span(*match.span())
        inside = [phrase for phrase in due if clause.start <= phrase.start < clause.end]
        named = next((phrase for phrase in inside if phrase.date), next(iter(inside), None))
        commits = _commits(match.group(), dated=bool(named and named.date))
        if open_ and commits and named and named.date and open_.on:
            yield open_
            open_ = None
        if open_:
            open_ = _longer(open_, clause, named)
        elif commits:
            open_ = _longer(Promise(*clause, None, None), clause, named)
        if open_ and match.group()[-1] in "；;":
            yield open_
            open_ = None
    if open_:
        yield open_


def _commits(clause: str, *, dated: bool) -> bool:
    if _NOT_OURS.search(clause) or _PAST.search(clause):
        return False
    return bool(_COMMITS.search(clause)) or (dated and bool(_COMPLETES.search(clause)))


def _longer(promise: Promise, clause: Span, named: Due | None) -> Promise:
    """The promise up to the end of the clause; a day wins over a vague phrase, the first over later ones."""
    if named is None or promise.on or (promise.due and not named.date):
        return promise._replace(end=clause.end)
    return Promise(promise.start, clause.end, Span(named.start, named.end), named.date)
