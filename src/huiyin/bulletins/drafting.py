"""The first draft: sentences from figures, in Chinese as official papers are; people edit them afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from huiyin.bulletins import drafting_listed, drafting_measured
from huiyin.bulletins.choices import MEASURED, SERIES, Kind
from huiyin.bulletins.counting import NOTHING
from huiyin.bulletins.numbers import Numbers, Part, Whose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    Counted = Mapping[str, Any]
    Figures = Mapping[str, Mapping[str, str]]

_FOREMOST: Final = 5
_ENDS: Final = 3


def sections(kind: str, counted: Counted) -> tuple[list[dict[str, str]], list[dict[str, str | int | None]]]:
    """The sections of such a paper, and the appendix with the numbers in them."""
    numbers = Numbers(counted)
    parts = _PARTS[kind](counted)
    drafted = [{"key": key, "title": title, "text": write(numbers)} for key, title, write in parts]
    return drafted, numbers.rows


def title(kind: str, counted: Counted, *, on: date, topic: str = "") -> str:
    said = counted["period"]["said"].split("（", maxsplit=1)[0]
    match kind:
        case Kind.DAILY:
            return f"接诉即办日报（{on.year}年{on.month}月{on.day}日）"
        case Kind.TOPIC:
            return f"关于{topic or '接诉即办'}诉求情况的{SERIES[kind].book}"
        case _:
            return f"关于{said}{SERIES[kind].matter}工作情况的通报"


def _summary(numbers: Numbers) -> str:
    counted = numbers.counted
    whole: Figures = counted["whole"]
    volume = (
        f"{counted['period']['said']}，共受理群众诉求{numbers.of(whole, 'received', '件')}，"
        f"{_than(whole, 'received')}；办结{numbers.of(whole, 'closed', '件')}。"
    )
    rates = "，".join(
        f"{label}{numbers.of(whole, name)}（{_than(whole, name)}）"
        for name, label in (("response", "响应率"), ("resolution", "解决率"), ("satisfaction", "满意率"))
    )
    score = f"综合成绩{numbers.of(whole, 'score', '分')}，{_than(whole, 'score')}。"
    return f"{volume}\n{rates}。{score}\n对比期为{counted['before']['said']}。"


def _than(figures: Figures, name: str) -> str:
    """Beside the period before: "比上期上升12.5%"."""
    moved = figures[name]["change"]
    if moved == NOTHING:
        return "上期没有可比的数"
    size = moved.lstrip("+-")
    if not float(size.rstrip("%个百分点")):
        return "与上期持平"
    return f"比上期{'上升' if moved.startswith('+') else '下降'}{size}"


def _matters(numbers: Numbers) -> str:
    lines = [one for one in numbers.counted["matters"] if one["figures"]["received"]["text"] != "0"]
    told = [_matter(numbers, one) for one in lines[:_FOREMOST]]
    return f"受理量居前的诉求是：{'；'.join(told)}。" if told else "本期没有受理诉求。"


def _matter(numbers: Numbers, line: Mapping[str, Any]) -> str:
    found = line["figures"]
    return f"{line['name']}{numbers.of(found, 'received', '件', _whose(line, 'category'))}，{_than(found, 'received')}"


def _sensitive(numbers: Numbers) -> str:
    told = [
        f"{one['name']}类{numbers.of(one['figures'], 'received', '件', Whose(one['name']))}"
        f"（上期{one['figures']['received']['before']}件）"
        for one in numbers.counted["sensitive"]
    ]
    return f"应急敏感类诉求：{'，'.join(told)}。" if told else ""


def _late(numbers: Numbers) -> str:
    whole = numbers.counted["whole"]
    return (
        f"超期{numbers.of(whole, 'overdue', '件')}，按时办结率{numbers.of(whole, 'close_in_time')}；"
        f"重复诉求率{numbers.of(whole, 'repeats')}，一次解决率{numbers.of(whole, 'solved_first')}。"
    )


def _units(numbers: Numbers) -> str:
    scored = [one for one in numbers.counted["units"] if one["code"] and one["figures"]["score"]["text"] != NOTHING]
    if not scored:
        return "本期没有单位有有效回访，不排名。"
    best = "、".join(_unit(numbers, one) for one in scored[:_ENDS])
    rest = scored[_ENDS:][-_ENDS:]
    worst = "、".join(_unit(numbers, one) for one in rest)
    tail = f"居后的是{worst}。" if rest else ""
    return f"有有效回访的{len(scored)}个单位中，综合成绩居前的是{best}。{tail}\n各单位情况见附件1。"


def _unit(numbers: Numbers, line: Mapping[str, Any]) -> str:
    return f"{line['name']}（{numbers.of(line['figures'], 'score', '分', _whose(line, 'unit'))}）"


def _whose(line: Mapping[str, Any], by: str) -> Whose:
    return Whose(line["name"], by, line["code"])


def _empty(_numbers: Numbers) -> str:
    """For people to write; a section without text is not printed."""
    return ""


_SUMMARY: Final[Part] = ("summary", "总体情况", _summary)
_MATTERS: Final[Part] = ("matters", "诉求分布", _matters)
_SENSITIVE: Final[Part] = ("sensitive", "应急敏感类诉求", _sensitive)
_LATE: Final[Part] = ("late", "办理时效与重复诉求", _late)
_UNITS: Final[Part] = ("units", "各单位情况", _units)
_NEXT: Final[Part] = ("next", "下一步工作", _empty)


def _with_requests(parts: Callable[[Counted], Iterable[Part]]) -> Callable[[Counted], Iterable[Part]]:
    """What was measured, then what residents asked for meanwhile, where a topic says what belongs to it."""

    def found(counted: Counted) -> Iterable[Part]:
        topic = counted["topic"]
        return (*parts(counted), *([("requests", f"同期{topic}诉求", _summary)] if topic else []), _NEXT)

    return found


def _always(*parts: Part) -> Callable[[Counted], Iterable[Part]]:
    return lambda _counted: parts


_PARTS: Final[Mapping[str, Callable[[Counted], Iterable[Part]]]] = {
    Kind.DAILY: _always(_SUMMARY, _MATTERS, _SENSITIVE, _LATE, _NEXT),
    Kind.WEEKLY: _always(_SUMMARY, _MATTERS, _SENSITIVE, _LATE, _UNITS, _NEXT),
    Kind.MONTHLY: _always(_SUMMARY, _MATTERS, _SENSITIVE, _LATE, _UNITS, _NEXT),
    Kind.TOPIC: _always(_SUMMARY, _LATE, _UNITS, _NEXT),
    **dict.fromkeys(MEASURED, _with_requests(drafting_measured.parts)),
    Kind.PROPERTY: _with_requests(drafting_listed.parts),
}
