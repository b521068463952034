"""288 due dates in a file, reckoned twice: by the kernel, and by `slow_clock`, which knows nothing of it."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bench import slow_clock
from huiyin.kernel.calendar import WorkCalendar
from huiyin.kernel.clock import Pause, Rule, deadline

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
ROWS = list(csv.DictReader((HERE / "deadlines.csv").read_text(encoding="utf-8").splitlines()))
UNITS = {"minutes", "hours", "calendar_days", "working_days", "working_hours", "working_minutes"}


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def test_the_table_holds_what_it_must():
    assert len(ROWS) >= 200
    assert {row["unit"] for row in ROWS} == UNITS
    assert len({tuple(row.items()) for row in ROWS}) == len(ROWS)
    assert {row["why"] for row in ROWS} >= {"Spring Festival 2024", "National Day 2026", "leap day", "paused"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['start']} {row['amount']} {row['unit']} {row['pauses']}")
def test_a_row(row):
    start, amount, pauses = moment(row["start"]), int(row["amount"]), slow_clock.read_pauses(row["pauses"])
    stops = [Pause(begins, ends, "等待材料") for begins, ends in pauses]
    found = deadline(start, Rule(amount, row["unit"]), WorkCalendar(), stops)
    assert found.due_at == moment(row["due"])
    assert slow_clock.slow(start, amount, row["unit"], pauses) == moment(row["due"])


# Counted by hand on the wall calendar, so that the two above cannot be wrong together.
@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2024-02-09 16:20", 1, "working_days", "2024-02-18 17:30"),  # Friday; eight days off; Sunday the 18th worked
        ("2024-02-09 16:20", 2, "working_hours", "2024-02-18 09:50"),
        ("2025-01-27 16:20", 5, "working_days", "2025-02-10 17:30"),  # 5, 6, 7, Saturday the 8th, Monday the 10th
        ("2026-02-13 16:20", 1, "working_days", "2026-02-14 17:30"),  # Saturday worked before the festival
        ("2025-09-30 16:20", 1, "working_days", "2025-10-09 17:30"),
        ("2026-09-30 16:20", 5, "working_days", "2026-10-13 17:30"),
        ("2024-02-28 10:00", 1, "working_days", "2024-02-29 17:30"),
        ("2024-02-29 16:45", 30, "working_minutes", "2024-02-29 17:15"),
        ("2024-02-29 23:59", 30, "minutes", "2024-03-01 00:29"),
    ],
)
def test_by_hand(start, amount, unit, due):
    named = [
        row
        for row in ROWS
        if (row["start"], row["amount"], row["unit"], row["pauses"]) == (start, str(amount), unit, "")
    ]
    assert [row["due"] for row in named] == [due]
