from datetime import date, datetime, time

import pytest

from huiyin.kernel.calendar import SHANGHAI, WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "works", "zh", "en"),
    [
        (date(2026, 11, 23), True, "工作日", "working day"),
        (date(2026, 11, 22), False, "周末", "weekend"),
        (date(2026, 10, 1), False, "国庆节假期", "National Day holiday"),
        (date(2026, 2, 17), False, "春节假期", "Spring Festival holiday"),
        (date(2026, 10, 10), True, "国庆节调休上班", "make-up workday for National Day"),
        (date(2026, 2, 28), True, "春节调休上班", "make-up workday for Spring Festival"),
        (date(2024, 2, 29), True, "工作日", "working day"),
    ],
)
def test_day_and_its_reason(day, works, zh, en):
    assert (CALENDAR.is_workday(day), CALENDAR.reason(day), CALENDAR.reason(day, "en")) == (works, zh, en)


def test_override_wins_over_the_library():
    calendar = WorkCalendar(overrides={date(2026, 10, 1): True, date(2026, 11, 23): False})
    assert [calendar.is_workday(date(2026, 10, 1)), calendar.is_workday(date(2026, 11, 23))] == [True, False]
    assert calendar.reason(date(2026, 10, 1)) == "本区规定上班"
    assert calendar.reason(date(2026, 11, 23), "en") == "day off set by the district"


def test_unknown_year_is_monday_to_friday():
    calendar = WorkCalendar(overrides={date(2096, 10, 1): False})
    assert [calendar.is_workday(date(2096, 10, day)) for day in (1, 2, 5, 6)] == [False, True, True, False]
    assert [calendar.is_known(date(2096, 10, 1)), calendar.is_known(date(2096, 10, 2))] == [True, False]
    assert calendar.is_known(date(2026, 10, 2)) is True


def test_office_periods_are_local():
    assert CALENDAR.office_periods(date(2026, 10, 10)) == (
        (datetime(2026, 10, 10, 9, tzinfo=SHANGHAI), datetime(2026, 10, 10, 12, tzinfo=SHANGHAI)),
        (datetime(2026, 10, 10, 13, 30, tzinfo=SHANGHAI), datetime(2026, 10, 10, 17, 30, tzinfo=SHANGHAI)),
    )
    assert CALENDAR.office_periods(date(2026, 10, 1)) == ()
    assert CALENDAR.close_of(date(2026, 10, 10)) == datetime(2026, 10, 10, 17, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(12), time(9)),),
        ((time(9), time(9)),),
        ((time(9), time(12)), (time(11), time(17))),
        ((time(13), time(17)), (time(9), time(12))),
    ],
)
def test_office_hours_out_of_order_are_refused(hours):
    with pytest.raises(ValueError, match="in order and without overlap"):
        WorkCalendar(office_hours=hours)


def test_calendars_can_be_keys():
    assert hash(WorkCalendar()) == hash(WorkCalendar())


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 12:00", "2026-11-24 13:30"),
        ("2026-11-24 17:30", "2026-11-25 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),
        ("2026-10-01 10:00", "2026-10-08 09:00"),
    ],
)
def test_a_moment_waits_for_the_offices_to_open(moment, opens):
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    assert WorkCalendar().in_office(at) == datetime.fromisoformat(opens).replace(tzinfo=SHANGHAI)
