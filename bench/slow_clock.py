"""The clock a second time, slowly: minute by minute and day by day, from the words at the top of `kernel/clock.py` alone.

It shares no line with the kernel, and no holiday either: those below are typed from the State Council's yearly notices.
`python -m bench.slow_clock > tests/kernel/deadlines.csv` writes the table of rows again.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Pauses = Sequence[tuple[datetime, datetime]]
ZONE = ZoneInfo("Asia/Shanghai")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# First and last day off, and the weekend days that are worked for them.
NOTICES = {
    2024: (
        "01-01 01-01|02-10 02-17|04-04 04-06|05-01 05-05|06-08 06-10|09-15 09-17|10-01 10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-01|01-28 02-04|04-04 04-06|05-01 05-05|05-31 06-02|10-01 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01 01-03|02-15 02-23|04-04 04-06|05-01 05-05|06-19 06-21|09-25 09-27|10-01 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


@cache
def works(day: date) -> bool:
    off, worked = NOTICES[day.year]
    name = day.strftime("%m-%d")
    if name in worked.split():
        return True
    if any(span.split()[0] <= name <= span.split()[1] for span in off.split("|")):
        return False
    return day.isoweekday() <= 5


def office(moment: datetime) -> bool:
    """Whether the minute that begins here is office time."""
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return works(moment.date()) and ("09:00" <= clock < "12:00" or "13:30" <= clock < "17:30")


def paused(moment: datetime, pauses: Pauses) -> bool:
    return any(begins <= moment < ends for begins, ends in pauses)


def opening(moment: datetime) -> datetime:
    """The moment itself in office time, else when the offices open next."""
    while not office(moment):
        moment = moment.replace(second=0, microsecond=0) + MINUTE
    return moment


def slow(start: datetime, amount: int, unit: str, pauses: Pauses = ()) -> datetime:
    """When it is due; times local to Shanghai. Offices open and close, pauses begin and end at whole minutes."""
    if unit == "working_days":
        return _days(start, amount, pauses)
    in_office = unit in ("working_hours", "working_minutes")
    left = (
        amount
        * {"minutes": 1, "working_minutes": 1, "hours": 60, "working_hours": 60, "calendar_days": 1440}[unit]
        * MINUTE
    )
    moment = start
    while left:
        step = min(moment.replace(second=0, microsecond=0) + MINUTE - moment, left)
        if not paused(moment, pauses) and (not in_office or office(moment)):
            left -= step
        moment += step
    return moment


def _days(start: datetime, left: int, pauses: Pauses) -> datetime:
    close = start.replace(hour=17, minute=30)
    while left:
        close += DAY
        left -= works(close.date()) and not paused(close - MINUTE, pauses)
    return close


# --- the rows


def _at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


FESTIVALS = {
    "Spring Festival 2024": ("2024-02-09", "2024-02-12", "2024-02-04", "2024-02-18"),
    "Spring Festival 2025": ("2025-01-27", "2025-01-30", "2025-01-26", "2025-02-08"),
    "Spring Festival 2026": ("2026-02-13", "2026-02-18", "2026-02-14", "2026-02-28"),
    "National Day 2024": ("2024-09-30", "2024-10-03", "2024-09-29", "2024-10-12"),
    "National Day 2025": ("2025-09-30", "2025-10-04", "2025-09-28", "2025-10-11"),
    "National Day 2026": ("2026-09-30", "2026-10-02", "2026-09-20", "2026-10-10"),
}
RULES = ((1, "working_days"), (5, "working_days"), (2, "working_hours"), (16, "working_hours"),
         (30, "working_minutes"), (7, "calendar_days"), (24, "hours"), (30, "minutes"))  # fmt: skip
LEAP = ("2024-02-28 10:00", "2024-02-29 00:00", "2024-02-29 16:45", "2024-02-29 23:59", "2024-02-23 17:30")
# A pause over the holiday, one inside a day, one that ends at the close of office, one that begins there, two that touch.
PAUSES = (
    ("2024-09-30 10:00", "2024-09-30 12:00/2024-10-09 15:00"),
    ("2024-09-30 10:00", "2024-10-08 10:00/2024-10-08 11:30"),
    ("2025-01-27 16:00", "2025-01-27 17:00/2025-02-06 09:30"),
    ("2025-09-30 16:20", "2025-10-09 09:00/2025-10-09 17:30"),
    ("2025-09-30 16:20", "2025-10-09 17:30/2025-10-10 09:00"),
    ("2026-02-13 11:00", "2026-02-13 11:30/2026-02-14 10:00;2026-02-14 10:00/2026-02-25 14:00"),
    ("2026-02-13 20:00", "2026-02-13 08:00/2026-02-13 19:00"),
)


def rows() -> Iterator[tuple[str, str, int, str, str]]:
    """(why, start, amount, unit, pauses), texts as in the file."""
    for name, (before, inside, made_up, after) in FESTIVALS.items():
        for day, clock in ((before, "16:20"), (inside, "10:00"), (made_up, "17:30"), (after, "12:10")):
            for amount, unit in RULES:
                yield name, f"{day} {clock}", amount, unit, ""
    for start in LEAP:
        for amount, unit in RULES:
            yield "leap day", start, amount, unit, ""
    for start, pauses in PAUSES:
        for amount, unit in RULES:
            yield "paused", start, amount, unit, pauses


def read_pauses(text: str) -> list[tuple[datetime, datetime]]:
    spans = (span.split("/") for span in text.split(";") if span)
    return [(_at(begins), _at(ends)) for begins, ends in spans]


if __name__ == "__main__":
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["why", "start", "amount", "unit", "pauses", "due"])
    for why, start, amount, unit, pauses in rows():
        due = slow(_at(start), amount, unit, read_pauses(pauses))
        table.writerow([why, start, amount, unit, pauses, due.strftime("%Y-%m-%d %H:%M")])
