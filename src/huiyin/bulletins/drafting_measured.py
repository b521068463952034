"""The first draft of a paper on indicators: how all stand, who is first and last, who moved; the source of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from huiyin.bulletins.counting import NOTHING
from huiyin.bulletins.numbers import DISTRICT, Whose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from huiyin.bulletins.numbers import Numbers, Part

    Sheet = Mapping[str, Any]
    Unit = Mapping[str, str]

INDICATOR: Final = "indicator"  # whose page opens a number, beside units and matters
_ENDS: Final = 3
_LIGHTS: Final = {"green": "绿灯", "yellow": "黄灯", "red": "红灯"}


def parts(counted: Mapping[str, Any]) -> Iterable[Part]:
    sheets: list[Sheet] = counted["sheets"]
    own = [(f"measured-{one['code']}-{one['start']}", _head(one), partial(_sheet, sheet=one)) for one in sheets]
    return [("summary", "总体情况", partial(_summary, sheets=sheets)), *own]


def _head(sheet: Sheet) -> str:
    told = [sheet["measured_in"], sheet["said"]]
    return f"{sheet['name']}（{'，'.join(filter(None, told))}）"


def _summary(numbers: Numbers, *, sheets: Iterable[Sheet]) -> str:
    return "\n".join([*(_whole(numbers, one) for one in sheets), *_red(sheets)])


def _whole(numbers: Numbers, sheet: Sheet) -> str:
    known = _count(numbers, sheet, "known", "有数的单位", "本期有数值的单位")
    mean = _number(
        numbers, sheet, sheet["mean"]["text"], "各单位平均", "有数值的单位的算术平均，每个单位算一次",
        parts=f"{sheet['known']}个单位之和 ÷ {sheet['known']}",
    )  # fmt: skip
    return f"{_head(sheet)}：{known}个单位有数，平均{mean}，{_than(sheet)}{_reached(numbers, sheet)}。"


def _than(sheet: Sheet) -> str:
    moved = sheet["mean"]["change"]
    if moved == NOTHING:
        return "上一期没有可比的数"
    if moved == "0":
        return "与上一期持平"
    return f"比上一期{_way(moved)}{moved.lstrip('+-')}"


def _way(moved: str) -> str:
    return "上升" if moved.startswith("+") else "下降"


def _reached(numbers: Numbers, sheet: Sheet) -> str:
    if sheet["targeted"] == "0":
        return ""
    reached = _count(numbers, sheet, "reached", "达到目标", "数值不比当时有效的目标差的单位")
    return f"；有目标的{sheet['targeted']}个单位中，{reached}个达到目标"


def _red(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Units under a red light, those with most of them first."""
    under: dict[str, list[str]] = {}
    for sheet in sheets:
        for unit in sheet["units"]:
            if unit["red"]:
                under.setdefault(unit["name"], []).append(sheet["name"])
    told = [
        f"{name}（{'、'.join(dict.fromkeys(of))}）" for name, of in sorted(under.items(), key=lambda one: -len(one[1]))
    ]
    if told:
        yield f"亮红灯的单位：{'、'.join(told)}。"


def _sheet(numbers: Numbers, *, sheet: Sheet) -> str:
    return "\n".join(
        filter(None, [_places(numbers, sheet), _lit(numbers, sheet), _moved(numbers, sheet), _source(sheet)])
    )


def _places(numbers: Numbers, sheet: Sheet) -> str:
    units = sheet["units"]
    best = "、".join(_unit(numbers, sheet, one) for one in units[:_ENDS])
    rest = units[_ENDS:][-_ENDS:]
    worst = "、".join(_unit(numbers, sheet, one) for one in rest)
    return f"居前的是{best}。" + (f"居后的是{worst}。" if rest else "") + "各单位情况见附件1。"


def _unit(numbers: Numbers, sheet: Sheet, unit: Unit) -> str:
    value = _number(numbers, sheet, unit["value"], sheet["name"], "", whose=unit["name"], parts=unit["value"])
    return f"{unit['name']}（{value}）"


def _lit(numbers: Numbers, sheet: Sheet) -> str:
    """Nothing where no rule scored the values."""
    told = [
        f"{word}{_number(numbers, sheet, count, word, '按本期有效的计分规则', parts=count)}个"
        for light, word in _LIGHTS.items()
        if (count := sheet["lights"].get(light))
    ]
    return f"按计分规则，{'、'.join(told)}。" if told else ""


def _moved(numbers: Numbers, sheet: Sheet) -> str:
    """The one that got better by most, and the one that got worse by most."""
    known = [one for one in sheet["units"] if one["change"] != NOTHING]
    sign = 1 if sheet["better"] == "up" else -1
    ordered = sorted(known, key=lambda one: -sign * float(one["change"]))
    told = [
        f"{word}的是{one['name']}（{_way(one['change'])}{_change(numbers, sheet, one)}）"
        for word, one, better in (("好转最多", ordered[:1], 1), ("退步最多", ordered[-1:], -1))
        for one in one
        if better * sign * float(one["change"]) > 0
    ]
    return f"与上一期相比，{'；'.join(told)}。" if told else ""


def _change(numbers: Numbers, sheet: Sheet, unit: Unit) -> str:
    size = unit["change"].lstrip("+-")
    return _number(numbers, sheet, size, "与上一期之差", "", whose=unit["name"], parts=unit["change"])


def _source(sheet: Sheet) -> str:
    corrected = f"其中{sheet['corrected']}个单位的数更正过。" if sheet["corrected"] != "0" else ""
    caveat = f"读数请注意：{sheet['caveat'].rstrip('。')}。" if sheet["caveat"] else ""
    return f"数据来源：{sheet['source']}，截至{sheet['cut_off']}。{corrected}{caveat}"


def _count(numbers: Numbers, sheet: Sheet, name: str, measure: str, definition: str) -> str:
    return _number(numbers, sheet, sheet[name], measure, definition, parts=sheet[name])


def _number(
    numbers: Numbers, sheet: Sheet, text: str, measure: str, definition: str, *, parts: str, whose: str = DISTRICT.said
) -> str:
    """With its mark; it opens the indicator's own page."""
    files = "、".join(one[:12] for one in sheet["files"])
    origin = f"来源：{sheet['source']}，截至{sheet['cut_off']}；文件校验值{files}。"
    return numbers.add(
        text, whose=Whose(whose, INDICATOR, sheet["code"]), name=sheet["start"], parts=parts, period=sheet["said"],
        measure=measure if measure == sheet["name"] else f"{sheet['name']}：{measure}",
        definition=f"{definition}。{origin}".lstrip("。"),
    )  # fmt: skip
