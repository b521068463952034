"""Before a reply is sent: does it answer, does it say what was done, does one understand it, what does it promise?

Advisory: every remark has a place, a reason in words and a stable code; the office sets which codes hold a reply back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from huiyin.language import dates
from huiyin.language import rarity as rarities
from huiyin.language.completeness import Completeness, review_completeness
from huiyin.language.facts import unsigned
from huiyin.language.plain import Plainness, review_plainness
from huiyin.language.promises import Promise, find_promises
from huiyin.language.relevance import relevance, shared
from huiyin.language.remarks import Findings, Remark, find_remarks

if TYPE_CHECKING:
    from huiyin.language.date_rules import IsWorkday
    from huiyin.language.rarity import Rarity
    from huiyin.language.spans import Span

_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class ReplyReview:
    """What `review_reply` finds. Places are characters of the reply; those of points and `point_unmet` of the request.

    `relevance`: probability, 0..1, that the reply belongs to this request and not to another of its category.
    `shared`: where the reply says what the request said.
    `completeness`: the points asked and where each is met; what was done, by whom, when, whom to call.
    `plainness`: every sentence, plain or officialese, with plainer wordings.
    `promises`: what the office commits to, and by which day. `warnings`: all that the writer should look at.
    """

    relevance: float
    shared: list[Span]
    completeness: Completeness
    plainness: Plainness
    promises: list[Promise]
    warnings: list[Remark]


def review_reply(
    request: str,
    reply: str,
    *,
    at: date | None = None,
    rarity: Rarity | None = None,
    is_workday: IsWorkday = dates.is_workday,
) -> ReplyReview:
    """Review a reply to a request (its title as the first line), both plain text; any text is accepted.

    `at`: the local day on which the reply is written, from which promises are dated; today where it is not given.
    `rarity`: word statistics of a district's own cases (`rarity.learned`). `is_workday`: the district's calendar.
    Time is linear in the length of both texts: the points of a request that are looked at are bounded.
    """
    known = rarity or rarities.known()
    body = unsigned(reply)
    due = dates.find(body, at or datetime.now(_SHANGHAI).date(), is_workday)
    findings = Findings(
        relevance(request, reply, known),
        rarities.weight(rarities.pairs(reply), known),
        review_completeness(request, body, due, known),
        review_plainness(reply),
        find_promises(body, due),
    )
    return ReplyReview(
        findings.relevance,
        shared(request, reply, known),
        findings.completeness,
        findings.plainness,
        findings.promises,
        find_remarks(reply, findings),
    )
