from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.calendar import SHANGHAI, WorkCalendar
from huiyin.kernel.clock import Pause, Rule, deadline, render

CALENDAR = WorkCalendar()
UNITS = ("minutes", "hours", "calendar_days", "working_days", "working_hours", "working_minutes")


def at(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def due(start, amount, unit, *pauses, calendar=CALENDAR):
    return deadline(start, Rule(amount, unit), calendar, pauses).due_at


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        (at(10, 1, 23, 50), 20, "minutes", at(10, 2, 0, 10)),
        (at(10, 1, 23, 50), 24, "hours", at(10, 2, 23, 50)),
        (at(2, 28, 10, year=2028), 1, "calendar_days", at(2, 29, 10, year=2028)),
        (at(2, 28, 10, year=2027), 1, "calendar_days", at(3, 1, 10, year=2027)),
        (at(11, 23, 8), 1, "working_days", at(11, 24, 17, 30)),
        (at(11, 23, 23), 1, "working_days", at(11, 24, 17, 30)),
        (at(11, 20, 9), 5, "working_days", at(11, 27, 17, 30)),
        (at(11, 21, 9), 1, "working_days", at(11, 23, 17, 30)),  # Saturday
        (at(9, 30, 16, 20), 5, "working_days", at(10, 13, 17, 30)),  # National Day, Saturday the 10th worked
        (at(2, 13, 9), 2, "working_days", at(2, 24, 17, 30)),  # Spring Festival, Saturday the 14th worked
        (at(2, 28, 9, year=2028), 1, "working_days", at(2, 29, 17, 30, year=2028)),
        (at(11, 23, 9), 7, "working_hours", at(11, 23, 17, 30)),
        (at(11, 23, 9), 3, "working_hours", at(11, 23, 12)),
        (at(11, 23, 11), 2, "working_hours", at(11, 23, 14, 30)),
        (at(11, 23, 12, 30), 1, "working_hours", at(11, 23, 14, 30)),
        (at(11, 23, 17, 30), 1, "working_hours", at(11, 24, 10)),
        (at(11, 23, 6), 1, "working_hours", at(11, 23, 10)),
        (at(9, 30, 16, 20), 16, "working_hours", at(10, 10, 9, 50)),
        (at(2, 14, 17), 1, "working_hours", at(2, 24, 9, 30)),
    ],
)
def test_due_without_pauses(start, amount, unit, expected):
    assert due(start, amount, unit) == expected
    assert due(start.astimezone(UTC), amount, unit) == expected


@pytest.mark.parametrize("unit", UNITS)
def test_due_is_in_utc(unit):
    assert due(at(11, 23, 9), 1, unit).tzinfo == UTC


def pause(start, end, reason="等待材料"):
    return Pause(start, end, reason)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([pause(at(11, 23, 12), at(11, 23, 15))], at(11, 24, 12)),
        ([pause(at(11, 23, 6), at(11, 23, 10))], at(11, 24, 10)),  # only the hour after the start
        ([pause(at(11, 22, 6), at(11, 22, 10))], at(11, 24, 9)),  # over before the start
        ([pause(at(11, 24, 9), at(11, 24, 12))], at(11, 24, 9)),  # begins when it is due
        ([pause(at(11, 24, 10), None)], at(11, 24, 9)),
        ([pause(at(11, 23, 12), at(11, 23, 15)), pause(at(11, 24, 10), at(11, 24, 11))], at(11, 24, 13)),  # drawn in
        ([pause(at(11, 23, 14), at(11, 23, 16)), pause(at(11, 23, 12), at(11, 23, 15))], at(11, 24, 13)),  # overlap
        ([pause(at(11, 23, 12), at(11, 23, 16)), pause(at(11, 23, 13), at(11, 23, 14))], at(11, 24, 13)),  # inside
        ([pause(at(11, 23, 12), at(11, 23, 12))], at(11, 24, 9)),
        ([pause(at(11, 23, 12), None)], None),
        ([pause(at(11, 23, 12), None), pause(at(11, 23, 12), at(11, 23, 13))], None),
        ([pause(at(11, 23, 12), at(11, 23, 13)), pause(at(11, 23, 12), None)], None),
    ],
)
def test_hours_with_pauses(pauses, expected):
    assert due(at(11, 23, 9), 24, "hours", *pauses) == expected


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([pause(at(11, 24, 9), at(11, 24, 17))], at(11, 25, 17, 30)),  # running again at the close: the day counts
        ([pause(at(11, 24, 9), at(11, 24, 17, 30))], at(11, 26, 17, 30)),
        ([pause(at(11, 24, 16), at(11, 25, 10))], at(11, 26, 17, 30)),
        ([pause(at(11, 24, 17, 30), at(11, 25, 10))], at(11, 25, 17, 30)),  # begins at the close
        ([pause(at(11, 24, 9), at(11, 30, 9))], at(12, 1, 17, 30)),
        ([pause(at(11, 23, 10), at(11, 23, 20))], at(11, 25, 17, 30)),  # the day of the start does not count anyway
        ([pause(at(11, 25, 17), None)], None),
        ([pause(at(11, 25, 17, 30), None)], at(11, 25, 17, 30)),
        ([pause(at(11, 23, 8), None)], None),
    ],
)
def test_working_days_with_pauses(pauses, expected):
    assert due(at(11, 23, 9), 2, "working_days", *pauses) == expected


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([pause(at(11, 23, 10), at(11, 23, 11))], at(11, 24, 11)),
        ([pause(at(11, 23, 12), at(11, 23, 13, 30))], at(11, 24, 10)),  # the lunch break costs nothing
        ([pause(at(11, 23, 16), at(11, 25, 9))], at(11, 25, 11, 30)),
        ([pause(at(11, 23, 10), at(11, 23, 11)), pause(at(11, 23, 14), at(11, 23, 15))], at(11, 24, 12)),
        ([pause(at(11, 24, 9, 30), None)], None),
        ([pause(at(11, 24, 10), None)], at(11, 24, 10)),
        ([pause(at(11, 23, 9), None)], None),
        ([pause(at(11, 20, 9), None)], None),
    ],
)
def test_working_hours_with_pauses(pauses, expected):
    assert due(at(11, 23, 9), 8, "working_hours", *pauses) == expected


def test_trace_reads_aloud_in_chinese():
    waiting = Pause(at(10, 8, 16), at(10, 9, 10), "等待居民补充材料")
    trace = deadline(at(9, 30, 16, 20), Rule(3, "working_days"), CALENDAR, [waiting]).trace
    assert render(trace) == [
        "2026年9月30日（周三）16:20起算，时限3个工作日。",
        "2026年10月1日（周四）至2026年10月7日（周三）：国庆节假期，不计。",
        "2026年10月8日（周四）：工作日，下班时计时处于暂停，不计。",
        "2026年10月8日（周四）16:00至2026年10月9日（周五）10:00暂停计时：等待居民补充材料。",
        "2026年10月9日（周五）：工作日，计为第1个工作日。",
        "2026年10月10日（周六）：国庆节调休上班，计为第2个工作日。",
        "2026年10月11日（周日）：周末，不计。",
        "2026年10月12日（周一）：工作日，计为第3个工作日。",
        "截止时间：2026年10月12日（周一）17:30。",
    ]


def test_trace_reads_aloud_in_english():
    trace = deadline(at(9, 30, 16, 20), Rule(16, "working_hours"), CALENDAR).trace
    assert render(trace, "en") == [
        "The clock starts on Wed 30 Sep 2026 16:20; time allowed: 16 working hours.",
        "Wed 30 Sep 2026: 1 h 10 min used, 14 h 50 min left.",
        "Thu 1 Oct 2026 to Wed 7 Oct 2026: National Day holiday, not counted.",
        "Thu 8 Oct 2026: 7 h used, 7 h 50 min left.",
        "Fri 9 Oct 2026: 7 h used, 50 min left.",
        "Sat 10 Oct 2026: 50 min used, 0 min left.",
        "Due on Sat 10 Oct 2026 09:50.",
    ]


def test_trace_says_that_the_clock_is_held():
    result = deadline(at(11, 23, 9), Rule(1, "calendar_days"), CALENDAR, [Pause(at(11, 23, 12), None, "deferred")])
    assert result.due_at is None
    assert render(result.trace, "en") == [
        "The clock starts on Mon 23 Nov 2026 09:00; time allowed: 1 calendar day.",
        "Paused since Mon 23 Nov 2026 12:00, not yet resumed: deferred.",
        "The clock has stood still since Mon 23 Nov 2026 12:00; nothing is due until it runs again.",
    ]


def test_trace_leaves_out_pauses_that_did_not_touch_it():
    pauses = [Pause(at(11, 20), at(11, 21), "before"), Pause(at(11, 24, 9), None, "after")]
    assert render(deadline(at(11, 23, 9), Rule(24, "hours"), CALENDAR, pauses).trace) == [
        "2026年11月23日（周一）09:00起算，时限24小时（昼夜连续计算）。",
        "截止时间：2026年11月24日（周二）09:00。",
    ]


@pytest.mark.parametrize("unit", ["working_days", "working_hours"])
def test_trace_names_each_year_nobody_has_published(unit):
    trace = deadline(at(12, 30, 16, 20, year=2096), Rule(10, unit), CALENDAR).trace
    years = [step.params["year"] for step in trace if step.code == "unknown_year"]
    assert years == [2096, 2097]
    assert "2096年的节假日安排不在日历中，按周一至周五为工作日计算。" in render(trace)


def test_trace_shows_seconds_only_where_there_are_some():
    trace = deadline(at(11, 23, 9) + timedelta(seconds=5), Rule(3, "working_hours"), CALENDAR).trace
    assert render(trace)[1:] == [
        "2026年11月23日（周一）：用去3小时，剩余0分钟。",
        "截止时间：2026年11月23日（周一）13:30:05。",
    ]


def test_trace_survives_json():
    trace = deadline(at(11, 23, 9), Rule(30, "working_hours"), CALENDAR).trace
    assert {type(value) for step in trace for value in asdict(step)["params"].values()} == {str, int}


def test_office_hours_and_overrides_are_obeyed():
    short = WorkCalendar(office_hours=((time(8), time(10)),), overrides={date(2026, 11, 24): False})
    assert due(at(11, 23, 9), 1, "working_days", calendar=short) == at(11, 25, 10)
    assert due(at(11, 23, 9), 2, "working_hours", calendar=short) == at(11, 25, 9)


@pytest.mark.parametrize("amount", [0, -1])
def test_non_positive_amount_is_refused(amount):
    with pytest.raises(ValueError, match=f"at least 1, not {amount}"):
        Rule(amount, "hours")


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="counted in one of minutes, hours"):
        Rule(1, "weeks")


def test_bare_start_is_refused():
    with pytest.raises(ValueError, match="a start with a time zone"):
        due(datetime(2026, 11, 23, 9), 1, "hours")  # noqa: DTZ001


def test_bare_or_crossed_pause_is_refused():
    with pytest.raises(ValueError, match="A pause needs times with a time zone"):
        Pause(datetime(2026, 11, 23, 9), None, "x")  # noqa: DTZ001
    with pytest.raises(ValueError, match="A pause needs times with a time zone"):
        Pause(at(11, 23), datetime(2026, 11, 23, 9), "x")  # noqa: DTZ001
    with pytest.raises(ValueError, match="'x' ends before it starts"):
        Pause(at(11, 23, 9), at(11, 23, 8), "x")


FAR = datetime(9000, 1, 1, tzinfo=UTC)
EDGES = {"min_value": datetime(2024, 1, 1), "max_value": datetime(2028, 12, 31)}  # noqa: DTZ001
MOMENTS = st.datetimes(**EDGES, timezones=st.just(SHANGHAI))
RULES = st.builds(Rule, st.integers(1, 40), st.sampled_from(UNITS))
OFFSETS = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def paused_starts(draw):
    start = draw(MOMENTS)
    pauses = []
    for offset, length in draw(st.lists(st.tuples(OFFSETS, st.none() | OFFSETS), max_size=4)):
        begins = start - timedelta(days=5) + offset
        pauses.append(Pause(begins, None if length is None else begins + length, "x"))
    return start, pauses


def moment(start, rule, pauses):
    return deadline(start, rule, CALENDAR, pauses).due_at or FAR


@given(paused_starts(), RULES, OFFSETS)
def test_later_start_is_never_due_earlier(paused, rule, later):
    start, pauses = paused
    assert moment(start, rule, pauses) <= moment(start + later, rule, pauses)


@given(paused_starts(), RULES)
def test_pause_never_makes_due_earlier(paused, rule):
    start, pauses = paused
    dues = [moment(start, rule, pauses[:count]) for count in range(len(pauses) + 1)]
    assert dues == sorted(dues)


@given(paused_starts(), RULES)
def test_due_never_lies_inside_a_pause(paused, rule):
    start, pauses = paused
    due_at = moment(start, rule, pauses)
    inside = [p for p in pauses if due_at != FAR and p.start < due_at and (p.end is None or due_at < p.end)]
    assert inside == []


@given(paused_starts(), RULES)
def test_more_time_is_never_due_earlier(paused, rule):
    start, pauses = paused
    assert moment(start, rule, pauses) <= moment(start, Rule(rule.amount + 1, rule.unit), pauses)


@given(MOMENTS, st.integers(1, 40))
def test_working_days_end_at_the_close_of_a_working_day(start, amount):
    local = due(start, amount, "working_days").astimezone(SHANGHAI)
    assert (CALENDAR.is_workday(local.date()), local.time()) == (True, time(17, 30))


@given(paused_starts(), RULES)
def test_every_trace_reads_in_both_languages(paused, rule):
    start, pauses = paused
    trace = deadline(start, rule, CALENDAR, pauses).trace
    assert len(render(trace, "zh")) == len(render(trace, "en")) == len(trace)
    assert [trace[0].code, trace[-1].code in {"due", "held"}] == ["start", True]
