"""The forms in which Chinese texts say when: one pattern each, and how it is read on a given day.

A reader returns the period meant, None where a due phrase names no day, or raises ValueError where there is no such
day. In every pattern the group `mark` is what makes a period a term (前, 内), `part` the part of it meant (底, 上旬).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar.constants import holidays  # type: ignore[import-untyped]  # ships no annotations

from huiyin.language.numerals import HAN, value

IsWorkday = Callable[[date], bool]


class Period(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date


class Now(NamedTuple):
    """The day on which something is said, and which days are worked."""

    at: date
    is_workday: IsWorkday


Reader = Callable[[re.Match[str], Now], Period | None]


class Rule(NamedTuple):
    """A form of phrase and its reader."""

    pattern: re.Pattern[str]
    read: Reader


RULES: list[Rule] = []

_DAY = timedelta(days=1)
_MEMORY = timedelta(days=90)
_MOST_WORKDAYS = 250

_NAMED_YEAR = r"(?:19|20)\d\d|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}|[今本当明后次去上前]"
_YEAR_ALONE = rf"(?P<year>{_NAMED_YEAR}) ?年度?的? ?"
_YEAR = rf"(?:(?P<year>{_NAMED_YEAR}|\d\d) ?年度?的? ?)?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九]) ?月份?"
_ON = r"(?P<day>[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]) ?[日号]"
_THIS = r"(?P<this>本|这个?|当|下个?|下下个?|次|上个?)"
_WEEK = r"(?:周|星期|礼拜)"
_COUNT = rf"\d{{1,3}}|[{HAN}]{{1,5}}|半"
_UNIT = r"(?P<unit>个(?:半?月|季度)|个?(?:工作日|小时|钟头|分钟|自然日|日历日|星期|礼拜|周|日|天|年))"
_HOUR = r"(?:[早中晚][上午]?|[上下]午)?(?:\d{1,2}(?:[点时]半?|:\d\d))?(?:下班)?"
_THIRD = r"(?P<part>[上中下]旬|初|底|末)"
_EDGE = r"(?P<part>初|底|末)"
_BEFORE = r"之?以?前|为?止"
_MARK = rf"(?:{_HOUR}(?P<mark>{_BEFORE}|之?以?内|期间))?"

_YEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_PARTS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (31, 31), "末": (31, 31)}
_WEEKDAYS = (
    {name: "一二三四五六日天".index(name) for name in "一二三四五六日"}
    | {"天": 6}
    | {str(n): n - 1 for n in range(1, 7)}
)
_NEAR = {"今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_DAYS = {"小时": 1 / 24, "钟头": 1 / 24, "分钟": 0, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_FIXED = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1)}
_MOVING = {
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
}
_FROM_NOW = re.compile(r"(?:即日|[今明][日天]|现在)起的?$")
_FROM_EVENT = re.compile(r"(?:[起后满算时]|出生|毕业|结婚|离婚|死亡|签订|签字|送达|取得|届满|发布|公布|到账)的?$")
_ROUGH = re.compile(r"[一二三四五六七八九两](?=[一二三四五六七八九])")
_IN_A_WORD = re.compile(r"[\u4e00-\u9fff](?<![于在将约])$")


def _rule(*patterns: str) -> Callable[[Reader], None]:
    def added(read: Reader) -> None:
        RULES.extend(Rule(re.compile(pattern), read) for pattern in patterns)

    return added


@_rule(
    rf"(?P<count>{_COUNT})(?:[-—–~至到或](?P<upto>{_COUNT}))? ?{_UNIT}(?P<half>半)?(?:左右)?(?P<mark>之?以?内|之?以?后)"
)
def _span(match: re.Match[str], now: Now) -> Period | None:
    """三个工作日内, 3至5天内, 一年半内, 将于三天后; counted from an event (受理之日起) it names no day."""
    before = match.string[max(0, match.start() - 5) : match.start()]
    if match["mark"].endswith("后") and _IN_A_WORD.search(before):
        raise ValueError("after something, not a term")
    if _FROM_EVENT.search(before) and not _FROM_NOW.search(before):
        return None
    unit = match["unit"].removeprefix("个")
    half = unit.startswith("半") or match["half"]
    return _single(_later(now, _amount(match["upto"] or match["count"]) + 0.5 * bool(half), unit.removeprefix("半")))


@_rule(
    rf"{_YEAR}{_MONTH} ?{_ON}{_MARK}",
    rf"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)日?{_MARK}",
)
def _day_of_year(match: re.Match[str], now: Now) -> Period:
    month, day = value(match["month"]), value(match["day"])
    return _yearly(match, now.at, lambda year: _single(date(year, month, day)))


@_rule(rf"{_THIS}月份?的? ?{_ON}{_MARK}", rf"(?<![\d{HAN}月])(?P<this>){_ON}{_HOUR}(?P<mark>{_BEFORE})")
def _day_of_month(match: re.Match[str], now: Now) -> Period:
    """本月15日前, 20号之前."""
    day = value(match["day"])
    ahead = _ahead(match["this"]) if match["this"] else int(day < now.at.day)
    return _single(_months(now.at.replace(day=1), ahead).replace(day=day))


@_rule(rf"(?<![\d{HAN}]){_YEAR}{_MONTH}{_THIRD}?{_MARK}")
def _month_of_year(match: re.Match[str], now: Now) -> Period:
    """10月底前, 2026年3月内, 明年一月上旬."""
    month = value(match["month"])
    return _yearly(match, now.at, lambda year: _in_month(date(year, month, 1), match["part"]))


@_rule(rf"{_THIS}月份?{_THIRD}?{_MARK}", rf"(?<![\d{HAN}个])(?P<this>)月{_THIRD}{_MARK}")
def _this_month(match: re.Match[str], now: Now) -> Period:
    """本月内, 下个月中旬, 月底前. A bare 月初 is the next month's once this one's is past."""
    first = now.at.replace(day=1)
    period = _in_month(_months(first, _ahead(match["this"])), match["part"])
    return period if match["this"] or period.last >= now.at else _in_month(_months(first, 1), match["part"])


@_rule(rf"{_YEAR}第?(?P<quarter>[1-4一二三四])季度{_EDGE}?{_MARK}")
def _quarter_of_year(match: re.Match[str], now: Now) -> Period:
    month = 3 * value(match["quarter"]) - 2
    return _yearly(match, now.at, lambda year: _of_months(date(year, month, 1), 3, match["part"]))


@_rule(rf"{_THIS}季度{_EDGE}?{_MARK}")
def _this_quarter(match: re.Match[str], now: Now) -> Period:
    first = date(now.at.year, (now.at.month - 1) // 3 * 3 + 1, 1)
    return _of_months(_months(first, 3 * _ahead(match["this"])), 3, match["part"])


@_rule(rf"{_YEAR}(?P<half>[上下])半年{_EDGE}?{_MARK}")
def _half_year(match: re.Match[str], now: Now) -> Period:
    month = 1 if match["half"] == "上" else 7
    return _yearly(match, now.at, lambda year: _of_months(date(year, month, 1), 6, match["part"]))


@_rule(
    rf"(?<!\d){_YEAR_ALONE}年?{_EDGE}?{_MARK}",
    rf"(?<!\d)(?P<year>\d\d)年年?{_EDGE}{_MARK}",
    rf"(?<![\d{HAN}])(?=年(?:[初底末]|度?内))(?P<year>)年度?{_EDGE}?{_MARK}",
)
def _whole_year(match: re.Match[str], now: Now) -> Period:
    """年底前, 年内, 明年, 2026年底. A bare 年初 is the next year's once this one's is past."""
    year = _year_of(match, now.at) or now.at.year + (match["part"] == "初" and now.at.month > 1)
    return _of_months(date(year, 1, 1), 12, match["part"])


@_rule(
    rf"{_THIS}{_WEEK}(?P<weekday>[一二三四五六日天1-6])(?![至到—–-]){_MARK}",
    rf"(?<![至到—–、-])(?P<this>){_WEEK}(?P<weekday>[一二三四五六日天])(?![至到—–、-]){_MARK}",
)
def _weekday(match: re.Match[str], now: Now) -> Period:
    """下周一, 周五前; without 本 or 下 the next such day, today included. Office hours (周一至周五) are no day."""
    weekday = _WEEKDAYS[match["weekday"]]
    if not match["this"]:
        return _single(now.at + timedelta(days=(weekday - now.at.weekday()) % 7))
    return _single(_monday(now.at, _ahead(match["this"])) + timedelta(days=weekday))


@_rule(rf"{_THIS}{_WEEK}(?P<part>末)?{_MARK}", rf"(?<![每逐])(?P<this>){_WEEK}(?P<part>末){_MARK}")
def _week(match: re.Match[str], now: Now) -> Period:
    """本周内, 下周, 周末前; a week ends on Sunday."""
    monday = _monday(now.at, _ahead(match["this"]))
    return Period(monday + 5 * _DAY if match["part"] else monday, monday + 6 * _DAY)


@_rule(rf"(?P<word>今[天日晚]|(?<![说声表申证注])明[天日早晚]|大?后天|当[天日])(?![然气期子]){_MARK}")
def _near_day(match: re.Match[str], now: Now) -> Period:
    return _single(now.at + _NEAR[match["word"][:-1]] * _DAY)


@_rule(
    rf"{_YEAR}(?:农历)?(?P<feast>{'|'.join([*_FIXED, *_MOVING])})"
    rf"(?:节|假期|长假|小长假|劳动节)*(?P<mark>{_BEFORE}|期间)"
)
def _feast(match: re.Match[str], now: Now) -> Period | None:
    """国庆前, 春节期间. The feasts of the moon are known for the years whose holidays are published."""
    feast = match["feast"]
    if feast in _FIXED:
        return _yearly(match, now.at, lambda year: _from(date(year, *_FIXED[feast])))
    published = [day for day, name in holidays.items() if name == _MOVING[feast]]
    year = _year_of(match, now.at)
    days = [day for day in published if (day.year == year if year else day > now.at)]
    return _from(days[0]) if days else None


@_rule(r"十(?P<plan>[三四五六七八九])五[”\"」]?(?:规划)?(?P<part>末)?(?P<mark>时?期间|期内|期?末|前)?")
def _five_years(match: re.Match[str], now: Now) -> Period:
    """“十五五”期间, 十四五末: the plans count from 1953, five years each."""
    last = 2005 + 5 * value(match["plan"])
    del now
    return Period(date(last - 4, 1, 1), date(last, 12, 31))


@_rule(
    r"(?P<mark>尽快|尽早|尽速|早日|及早|抓紧|立即|马上|立刻|即刻|第一时间|近期|近日之?内|不日|不久后?|短(?:期|时间)内)",
    r"(?P<mark>适时|择[机期日]|(?:条件|时机)成熟[时后]?|下一(?:步|阶段)|稍后|后续|[改他]日|[几数]个?(?:工作日|天|日|周|月|年)内)",
)
def _vague(match: re.Match[str], now: Now) -> None:
    del match, now


def _yearly(match: re.Match[str], at: date, period: Callable[[int], Period]) -> Period:
    """The period in the year named; without one the first that is not long past."""
    year = _year_of(match, at)
    if year:
        return period(year)
    for candidate in range(at.year - 1, at.year + 9):
        with suppress(ValueError):  # 29 February is not in every year
            found = period(candidate)
            if found.last >= at - _MEMORY:
                return found
    raise ValueError("no such day in any year")


def _year_of(match: re.Match[str], at: date) -> int | None:
    year = match["year"]
    if not year:
        return None
    if year in _YEARS:
        return at.year + _YEARS[year]
    return value(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 - 19年 is 2019


def _ahead(this: str) -> int:
    """How many periods ahead of the present one: 下下个 is two, 上 is minus one."""
    return this.count("下") + this.count("次") - this.count("上")


def _amount(written: str) -> float:
    """半 is one half; of 两三 and 五六 the larger."""
    return 0.5 if written == "半" else value(_ROUGH.sub("", written))


def _later(now: Now, amount: float, unit: str) -> date:
    if unit == "工作日":
        return _workdays(now, int(amount))
    if unit in _MONTHS:
        whole, part = divmod(amount * _MONTHS[unit], 1)
        return _months(now.at, int(whole)) + timedelta(days=int(30 * part))
    return now.at + timedelta(days=int(amount * _DAYS.get(unit, 1)))


def _workdays(now: Now, amount: int) -> date:
    """The first working day after today is day 1, as the clock of a case counts."""
    if amount > _MOST_WORKDAYS:
        raise ValueError("more than a year of working days")
    day = now.at
    for _ in range(amount):
        day += _DAY
        while not now.is_workday(day):
            day += _DAY
    return day


def _months(day: date, amount: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _monday(day: date, weeks: int) -> date:
    return day + timedelta(days=7 * weeks - day.weekday())


def _single(day: date) -> Period:
    return Period(day, day)


def _from(day: date) -> Period:
    """A feast: as a period of more than one day, 前 means the day before it."""
    return Period(day, day + 6 * _DAY)


def _in_month(first: date, part: str | None) -> Period:
    days = monthrange(first.year, first.month)[1]
    begin, end = _PARTS.get(part or "", (1, days))
    return Period(first.replace(day=min(begin, days)), first.replace(day=min(end, days)))


def _of_months(first: date, amount: int, part: str | None) -> Period:
    """So many months from `first`; 底 is their last day, 初 their first month."""
    last = _months(first, 1 if part == "初" else amount) - _DAY
    return Period(last if part in {"底", "末"} else first, last)
