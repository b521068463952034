"""The first draft of a paper on property companies: the list that was made public, and what was done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from huiyin.bulletins.numbers import DISTRICT, Whose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from huiyin.bulletins.numbers import Numbers, Part

    Listing = Mapping[str, Any]

LISTING: Final = "listing"  # the list that everybody reads opens a number
_COUNTED: Final = {
    "scored": ("计分的企业", "本期有得分的物业企业"),
    "left_out": ("未计分的企业", "数据不足、没有得分的物业企业"),
    "explained": ("陈述申辩", "在期限内作了陈述申辩的企业"),
    "accepted": ("申辩成立", "申辩被采纳、不再列入的企业"),
    "coached": ("约谈帮扶", "列榜后作过培训、约谈或帮扶的企业"),
    "passed": ("复核通过", "整改后复核通过的企业"),
    "removed": ("销榜", "复核后从榜上撤下的企业"),
}


def parts(counted: Mapping[str, Any]) -> Iterable[Part]:
    listing: Listing = counted["listing"]
    return [
        ("summary", "总体情况", partial(_summary, listing=listing)),
        ("red", "红榜", partial(_list, listing=listing, name="red")),
        ("black", "黑榜", partial(_list, listing=listing, name="black")),
        ("mending", "帮扶与复核", partial(_mending, listing=listing)),
    ]


def _summary(numbers: Numbers, *, listing: Listing) -> str:
    of = partial(_count, numbers, listing)
    scored = f"{listing['said']}，对{of('scored')}家物业企业计分，{of('left_out')}家未计分"
    lists = "，".join(
        f"{said}{_number(numbers, listing, str(len(listing[name])), said, '已公布的企业')}家"
        for name, said in (("red", "红榜"), ("black", "黑榜"))
    )
    return (
        f"{scored}；公布{lists}。\n"
        f"公布前告知了拟列入的企业，{of('explained')}家陈述申辩，{of('accepted')}家申辩成立。依据：{listing['rule']}。"
    )


def _list(numbers: Numbers, *, listing: Listing, name: str) -> str:
    told = [_company(numbers, listing, one) for one in listing[name]]
    return "\n".join(told) if told else "本期没有企业列入。"


def _company(numbers: Numbers, listing: Listing, one: Mapping[str, str]) -> str:
    score = _number(numbers, listing, one["score"], "综合得分", listing["rule"], whose=one["name"])
    ended = f"（{one['ended']}）" if one.get("ended") else ""
    return f"{one['name']}{ended}，综合得分{score}。公布的理由：{one['reasons']}"


def _mending(numbers: Numbers, *, listing: Listing) -> str:
    of = partial(_count, numbers, listing)
    return f"约谈帮扶{of('coached')}家，复核通过{of('passed')}家，销榜{of('removed')}家。"


def _count(numbers: Numbers, listing: Listing, name: str) -> str:
    measure, definition = _COUNTED[name]
    return _number(numbers, listing, listing[name], measure, definition)


def _number(
    numbers: Numbers, listing: Listing, text: str, measure: str, definition: str, *, whose: str = DISTRICT.said
) -> str:
    return numbers.add(
        text, whose=Whose(whose, LISTING, ""), name=str(listing["cycle"]), measure=measure, parts=text,
        period=listing["said"], definition=f"{definition}。来源：物业企业红黑榜。",
    )  # fmt: skip
