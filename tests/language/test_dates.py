from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.dates import Due, find, is_workday, resolve

WEDNESDAY = date(2025, 9, 10)
PIECES = [
    "10月", "15日", "前", "内", "底", "年", "二〇二六", "2026", "下个", "本", "周", "一", "末", "季度", "半", "个月", "工作日",
    "三", "999", "2月30日", "春节", "国庆", "十五五", "期间", "之日起", "后", "尽快", "近", "每", " ", "将于", "明天", "上旬",
]  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("10月15日前", date(2025, 10, 15)),
        ("１０月１５日前", date(2025, 10, 15)),
        ("10 月 15 日之前", date(2025, 10, 15)),
        ("2025-10-20", date(2025, 10, 20)),
        ("元月15日", date(2026, 1, 15)),
        ("8月15日前", date(2025, 8, 15)),
        ("5月15日前", date(2026, 5, 15)),
        ("2月29日", date(2028, 2, 29)),
        ("20号之前", date(2025, 9, 20)),
        ("5日前", date(2025, 10, 5)),
        ("下月5日前", date(2025, 10, 5)),
        ("本周内", date(2025, 9, 14)),
        ("本周末", date(2025, 9, 14)),
        ("周末前", date(2025, 9, 12)),
        ("下周", date(2025, 9, 21)),
        ("下周前", date(2025, 9, 14)),
        ("下周一", date(2025, 9, 15)),
        ("周三", WEDNESDAY),
        ("周二下班前", date(2025, 9, 16)),
        ("下下周三", date(2025, 9, 24)),
        ("月底前", date(2025, 9, 30)),
        ("月初", WEDNESDAY),
        ("下个月中旬", date(2025, 10, 20)),
        ("10月上旬", date(2025, 10, 10)),
        ("10月前", date(2025, 9, 30)),
        ("二〇二六年三月底", date(2026, 3, 31)),
        ("四季度内", date(2025, 12, 31)),
        ("本季度末", date(2025, 9, 30)),
        ("下季度初", date(2025, 10, 31)),
        ("下半年", date(2025, 12, 31)),
        ("年底前", date(2025, 12, 31)),
        ("25年年底前", date(2025, 12, 31)),
        ("年初", date(2026, 1, 31)),
        ("2026年前", date(2025, 12, 31)),
        ("去年年底", date(2024, 12, 31)),
        ("“十五五”期间", date(2030, 12, 31)),
        ("国庆节前", date(2025, 9, 30)),
        ("春节前", date(2026, 2, 14)),
        ("今天下班前", WEDNESDAY),
        ("明天上午", date(2025, 9, 11)),
        ("三个工作日内", date(2025, 9, 15)),
        ("3-5个工作日内", date(2025, 9, 17)),
        ("两三天内", date(2025, 9, 13)),
        ("24小时内", date(2025, 9, 11)),
        ("一个半月内", date(2025, 10, 25)),
        ("半年内", date(2026, 3, 10)),
        ("即日起十日内", date(2025, 9, 20)),
        ("将于三天后", date(2025, 9, 13)),
        ("收到申请之日起15个工作日内", None),
        ("尽快", None),
        ("近期", None),
        ("2月30日前", None),
        ("9999年底", None),
        ("999个工作日内", None),
        ("2036年春节前", None),
        ("", None),
    ],
)
def test_resolve_a_phrase_on_a_wednesday(phrase, due):
    assert resolve(phrase, WEDNESDAY) == due


def test_workdays_are_those_of_the_calendar_given():
    assert resolve("一个工作日内", date(2025, 9, 30)) == date(2025, 10, 9)
    assert resolve("一个工作日内", date(2025, 9, 30), lambda _: True) == date(2025, 10, 1)
    assert [is_workday(date(2025, 10, 11)), is_workday(date(1999, 10, 2)), is_workday(date(1999, 10, 1))] == [
        True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("已于2018年12月31日前完成，将于10月底前铺装", [("10月底前", date(2025, 10, 31))]),
        ("9月5日已上门，9月15日再上门", [("9月15日", date(2025, 9, 15))]),
        ("今年已修3处，确保今年完工", [("今年", date(2025, 12, 31))]),
        ("收到后5个工作日内告知", [("5个工作日内", None)]),
        ("我们将尽快处理", [("尽快", None)]),
        ("每年9月30日前报名，周一至周五、周六值班", []),
        ("近三年内没有检修，说明天然气管道老化", []),
        ("完成三季度经济指标", []),
        ("签订协议一年后再签", []),
    ],
)
def test_find_what_is_due(text, found):
    assert [(text[due.start : due.end], due.date) for due in find(text, WEDNESDAY)] == found


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)), st.dates())
def test_find_holds_for_any_text_on_any_day(text, at):
    found = find(text, at)
    ends = [0, *(due.end for due in found)]
    assert all(end <= due.start < due.end <= len(text) for end, due in zip(ends, found, strict=False))
    assert all(due.date is None or due.date >= at for due in found)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 270))
def test_a_full_date_is_read_as_itself_and_without_its_year_as_the_next(at, days):
    day = at + timedelta(days=days)
    written = f"{day.month}月{day.day}日前"
    assert find(f"{day.year}年{written}", at) == [Due(0, len(written) + 5, day)]
    assert resolve(written, at) == day
