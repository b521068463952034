"""Which warnings a day of cases owes, reckoned from the story of each and the district's files alone; then what was told.

It shares no line with `huiyin.timers`, nor its calendar: dates come from `slow_clock`, rules from the pack's two tables.
The stories it knows are those of `bench.stories`: a clock begins with one move and ends with another.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bench.slow_clock import ZONE, opening, slow

RULES = Path(__file__).parent.parent / "src" / "huiyin" / "packs" / "common"
# Step, the move that begins its clock, the move that ends it.
CLOCKS = (
    ("register", "receive", "register"), ("accept", "dispatch", "accept"), ("first_contact", "accept", "first_contact"),
    ("handle", "dispatch", "approve"), ("review", "submit", "approve"), ("callback", "approve", ""),
)  # fmt: skip
EVENTS = """SELECT c.number, e.kind, e.at, e.public->>'urgency', e.public->>'due_at'
FROM cases_event e JOIN cases_case c ON c.id = e.case_id ORDER BY e.case_id, e.seq"""
MARKS = """SELECT c.number, t.step, m.percent, m.at, m.late
FROM timers_timermark m JOIN timers_timer t ON t.id = m.timer_id JOIN cases_case c ON c.id = t.case_id"""
NOTICES = (
    "SELECT account_id, strpos(key, ':bundle:') > 0, subject, text FROM notices_notice WHERE starts_with(key, 'timer:')"
)
# Told within this after its moment, or within it of a worker's return.
PROMPT = timedelta(minutes=10)
# What the product itself calls late.
PUNCTUAL = timedelta(minutes=5)
# Clocks of two processes, and a move that is made but not stored yet when the clockwork looks.
ABOUT = timedelta(minutes=1)


class Happened(NamedTuple):
    """What an event says of clocks."""

    at: datetime
    urgency: str | None
    due_at: str | None


class Call(NamedTuple):
    """One percent of one clock of one case."""

    case: str
    step: str
    percent: int


class Owed(NamedTuple):
    """It comes due at `moment`, if nothing ends its clock before; at `ends` nobody is to hear of it any more."""

    call: Call
    moment: datetime
    ends: datetime


class Verdict(NamedTuple):
    """`either`: due so shortly before its clock ended, or in the hour without a worker, that both is right."""

    told: int
    missed: list[Call]
    double: list[Any]
    needless: list[Call]
    early: list[Call]
    either: int
    late: int
    late_elsewhere: int
    marked_late: int
    worst_minutes: float


def judge(cursor: Any, *, ends: datetime, down: tuple[datetime, datetime]) -> Verdict:
    """Read events, marks and notices through `cursor` (DB-API) and compare; `down`: killed, begun again."""
    owed = {one.call: one for one in owing(_read(cursor, EVENTS), ends)}
    marks = [(Call(*row[:3]), *row[3:]) for row in _read(cursor, MARKS)]
    times = Counter(call for call, *_ in marks)
    waits = {call: at - owed[call].moment for call, at, _late in marks if call in owed}
    held_up = {call for call in waits if _in_the_hour(owed[call].moment, down)}
    late = {call for call, wait in waits.items() if wait > PUNCTUAL}
    must = {one.call for one in owed.values() if one.ends > _surely_told_by(one.moment, down)}
    return Verdict(
        told=len(marks),
        missed=sorted(must - times.keys()),
        double=[call for call, count in times.items() if count > 1] + _told_twice(_read(cursor, NOTICES)),
        needless=sorted(times.keys() - owed.keys()),
        early=[call for call, wait in waits.items() if wait < -ABOUT],
        either=len(owed.keys() - must),
        late=len(late),
        late_elsewhere=len(late - held_up),
        marked_late=sum(late for *_, late in marks),
        worst_minutes=max((wait / ABOUT for call, wait in waits.items() if call not in held_up), default=0),
    )


def _read(cursor: Any, sql: str) -> list[tuple[Any, ...]]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def _in_the_hour(moment: datetime, down: tuple[datetime, datetime]) -> bool:
    killed, begun = down
    return killed - PROMPT <= moment <= begun + PROMPT


def _surely_told_by(moment: datetime, down: tuple[datetime, datetime]) -> datetime:
    return (max(moment, down[1]) if _in_the_hour(moment, down) else moment) + PROMPT


def _told_twice(notices: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Of many at once each is a line; no person reads the same one twice."""
    lines = Counter(
        (account, line)
        for account, bundled, subject, text in notices
        for line in (text.splitlines() if bundled else [subject])
    )
    return [line for line, count in lines.items() if count > 1]


# --- what is owed


def owing(events: Iterable[tuple[Any, ...]], ends: datetime) -> Iterator[Owed]:
    """Events are (number, kind, at, urgency, due_at), case by case in order."""
    stories: dict[str, dict[str, Happened]] = defaultdict(dict)
    for number, kind, *said in events:
        assert kind not in stories[number], f"{number}: “{kind}” twice is not reckoned here"
        stories[number][kind] = Happened(*said)
    limits, rungs = _limits(), _rungs()
    for number, story in stories.items():
        told = (story["register"].urgency if "register" in story else None) or "normal"
        for step, begins, ended_by in CLOCKS:
            if begins in story:
                # Nobody knows how urgent it is before it is registered.
                urgency = "normal" if step == "register" else told
                since, until = story[begins], story[ended_by].at if ended_by in story else ends
                due = _due(step, since, limits, urgency)
                for percent in rungs.get(step, rungs[""]):
                    moment = _moment(since.at, due, percent, urgency)
                    if moment < until + ABOUT:
                        yield Owed(Call(number, step, percent), moment, until)


def _due(step: str, since: Happened, limits: Mapping[tuple[str, str], tuple[int, str]], urgency: str) -> datetime:
    if step == "handle":
        return datetime.fromisoformat(since.due_at or "")
    amount, unit = limits.get((step, urgency)) or limits[step, ""]
    return slow(since.at.astimezone(ZONE), amount, unit)


def _moment(since: datetime, due: datetime, percent: int, urgency: str) -> datetime:
    passed = since + (due - since) * percent / 100
    return passed if urgency == "emergency" else opening(passed.astimezone(ZONE))


def _limits() -> dict[tuple[str, str], tuple[int, str]]:
    """(step, urgency) → amount and unit, of the rules for any category, kind and channel."""
    rows = [row for row in _rows("deadlines") if not (row["category"] or row["kind"] or row["channel"])]
    return {(row["step"], row["urgency"]): (int(row["amount"]), row["unit"]) for row in rows}


def _rungs() -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in _rows("warnings"):
        found[row["step"]].append(int(row["percent"]))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (RULES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
