from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.periods import Period, comparison, parse_period, previous

TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=TZ)


def at(month, day, hour=0, year=2026):
    return datetime(year, month, day, hour, tzinfo=TZ)


def parse(text, now=NOW):
    return parse_period(text, now=now, tz=TZ)


@pytest.mark.parametrize(
    ("text", "start", "end", "label", "kind"),
    [
        ("2026", at(1, 1), at(1, 1, year=2027), "2026", "year"),
        ("2026-11", at(11, 1), at(12, 1), "2026-11", "month"),
        ("2026-12", at(12, 1), at(1, 1, year=2027), "2026-12", "month"),
        (" 2026-11-23 ", at(11, 23), at(11, 24), "2026-11-23", "day"),
        ("2028-02-29", at(2, 29, year=2028), at(3, 1, year=2028), "2028-02-29", "day"),
        ("2026-W47", at(11, 16), at(11, 23), "2026-W47", "week"),
        ("2026-W01", at(12, 29, year=2025), at(1, 5), "2026-W01", "week"),
        ("assess:2026-11", at(10, 19), at(11, 19), "assess:2026-11", "assess"),
        ("assess:2026-01", at(12, 19, year=2025), at(1, 19), "assess:2026-01", "assess"),
        ("day:2026-11-23", at(11, 22, 12), at(11, 23, 12), "day:2026-11-23", "report-day"),
        ("2026-11-01..2026-11-20", at(11, 1), at(11, 21), "2026-11-01..2026-11-20", "range"),
        ("this-month", at(11, 1), at(12, 1), "2026-11", "month"),
        ("last-month", at(10, 1), at(11, 1), "2026-10", "month"),
        ("assess", at(11, 19), at(12, 19), "assess:2026-12", "assess"),
    ],
)
def test_every_form(text, start, end, label, kind):
    assert parse(text) == Period(start, end, label, kind)


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (at(11, 18, 23), "assess:2026-11"),
        (at(11, 19), "assess:2026-12"),
        (at(12, 31), "assess:2027-01"),
        (datetime(2026, 11, 18, 16, tzinfo=ZoneInfo("UTC")), "assess:2026-12"),  # already the 19th in Shanghai
    ],
)
def test_current_assessment_month(now, label):
    assert parse("assess", now).label == label


def test_last_month_in_january_is_december():
    assert parse("last-month", at(1, 5)).label == "2025-12"


def test_assessment_start_day_is_data():
    period = parse_period("assess:2026-11", now=NOW, tz=TZ, start_day=26)
    assert (period.start, period.end) == (at(10, 26), at(11, 26))
    assert (previous(period).start, previous(period).end) == (at(9, 26), at(10, 26))
    assert parse_period("assess", now=NOW, tz=TZ, start_day=26).label == "assess:2026-11"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026", "2025"),
        ("2026-01", "2025-12"),
        ("2026-03-01", "2026-02-28"),
        ("2028-03-01", "2028-02-29"),
        ("2026-W01", "2025-W52"),
        ("2027-W01", "2026-W53"),
        ("assess:2026-11", "assess:2026-10"),
        ("assess:2026-01", "assess:2025-12"),
        ("day:2026-03-01", "day:2026-02-28"),
        ("2026-11-01..2026-11-20", "2026-10-12..2026-10-31"),
    ],
)
def test_previous(text, before):
    assert previous(parse(text)) == parse(before)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "november",
        "2026-13",
        "2026-02-29",
        "2026-W54",
        "2026-W00",
        "assess:2026",
        "day:2026-11",
        "2026-11-20..2026-11-01",
        "0000",
        "9999",
        "２０２６",
        "2026-11\n2026-12",
    ],
)
def test_anything_else_is_refused_with_the_forms(text):
    with pytest.raises(ValueError, match=r"is not a period\. Write one of: 2026 \(year\), 2026-11 \(month\)"):
        parse(text)


def test_bare_now_is_refused():
    with pytest.raises(ValueError, match="`now` with a time zone"):
        parse_period("2026", now=datetime(2026, 11, 23), tz=TZ)  # noqa: DTZ001


@pytest.mark.parametrize("start_day", [0, 29])
def test_impossible_start_day_is_refused(start_day):
    with pytest.raises(ValueError, match="from 1 to 28"):
        parse_period("assess", now=NOW, tz=TZ, start_day=start_day)


def test_bare_or_empty_period_is_refused():
    with pytest.raises(ValueError, match="a start and an end with a time zone"):
        Period(datetime(2026, 11, 1), at(12, 1), "x", "range")  # noqa: DTZ001
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(at(12, 1), at(12, 1), "x", "range")


NOWS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(TZ))  # noqa: DTZ001
PERIODS = st.one_of(
    st.dates(min_value=datetime(2000, 1, 1).date(), max_value=datetime(2099, 1, 1).date()).flatmap(  # noqa: DTZ001
        lambda day: st.sampled_from(
            [
                f"{day:%Y}",
                f"{day:%Y-%m}",
                f"{day}",
                f"{day:%G-W%V}",
                f"assess:{day:%Y-%m}",
                f"day:{day}",
                f"{day}..{day}",
            ]
        )
    )
)


@given(PERIODS)
def test_label_reads_back_and_previous_is_adjacent(text):
    period = parse(text)
    assert parse(period.label) == period
    assert previous(period).end == period.start
    assert previous(period).kind == period.kind


@given(NOWS)
def test_current_assessment_month_holds_now(now):
    period = parse("assess", now)
    assert period.start <= now < period.end
    assert timedelta(days=28) <= period.end - period.start <= timedelta(days=31)


@pytest.mark.parametrize(
    ("text", "now", "compared"),
    [
        ("assess:2026-11", at(11, 5, 14), "2026-09-19..2026-10-05T14:00"),
        ("assess:2026-11", at(10, 31, 12), "2026-09-19..2026-09-30T12:00"),  # September has no 31st
        ("assess:2026-11", at(11, 19), "assess:2026-10"),  # over: the whole one
        ("2026-03", at(3, 31, 8), "2026-02-01..2026-02-28T08:00"),
        ("2026-11-10..2026-11-19", at(11, 12, 6), "2026-10-31..2026-11-02T06:00"),
        ("day:2026-11-23", at(11, 22, 15), "2026-11-21T12:00..2026-11-21T15:00"),
        ("2026-11", at(11, 1), "2026-10"),
    ],
)
def test_a_running_period_is_compared_with_the_same_days(text, now, compared):
    found = comparison(parse(text), now=now)
    assert (found.label, found) == (compared, parse(compared))
