"""One simulated day at a big district's peak: 5 × 1,625 cases over 26 units, the clockwork run minute by minute.

The worker is down for an hour. Afterwards every warning is reckoned again from the story alone: each must have been
told exactly once, in the first minute in which a worker ran while its clock did, and no other.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any, NamedTuple, cast

from bench import data
from bench.table import Table, clock

CASES, UNITS = 5 * 1_625, 26
MINUTE = timedelta(minutes=1)
# Tuesday 24 November 2026, midnight in Shanghai.
MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)
HANDLE = {"normal": timedelta(days=1), "urgent": timedelta(hours=8), "emergency": timedelta(hours=2)}


class Story(NamedTuple):
    """What becomes of one case: (minute, kind) in order; later than the day: never."""

    urgency: str
    unit: int
    steps: tuple[tuple[int, str], ...]


class Told(NamedTuple):
    """A warning: case, step, percent, the minute it was told in."""

    case: int
    step: str
    percent: int
    minute: int


class Day(NamedTuple):
    told: int
    late: int
    notices: int
    slowest_ms: float
    ticking_s: float


def stories(count: int, units: int, minutes: int, seed: int = 7) -> list[Story]:
    """Arrivals thickest by day; every step done in time, late, or never."""
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        urgency = dice.choices(("normal", "urgent", "emergency"), (80, 16, 4))[0]
        at = min(int(dice.betavariate(3, 3) * minutes), minutes - 1)
        steps = [(at, "receive")]
        for kind, usual in (("dispatch", 5), ("accept", 25), ("first_contact", 180), ("submit", 300), ("approve", 120)):
            if dice.random() < 0.08:
                break
            at += max(1, int(dice.expovariate(1 / usual)))
            steps.append((at, kind))
        found.append(Story(urgency, dice.randrange(units), tuple(steps)))
    return found


def live(stories: list[Story], units: list[str], minutes: int, down: range, *, start: datetime = MIDNIGHT) -> Day:
    """Live the stories minute by minute, ticking except while `down`; raises AssertionError for a warning told wrongly."""
    from huiyin.cases.models import Case
    from huiyin.timers.domain import tick
    from huiyin.timers.models import TimerMark

    todo: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for number, story in enumerate(stories):
        for minute, kind in story.steps:
            todo[minute].append((number, kind))
    cases: dict[int, Case] = {}
    notices, spent = 0, []
    for minute in range(minutes):
        now = start + minute * MINUTE
        _act(todo[minute], stories, units, cases, now)
        if minute not in down:
            begun = perf_counter()
            notices += tick(now).notices
            spent.append(perf_counter() - begun)
    numbers = {case.pk: number for number, case in cases.items()}
    rows = TimerMark.objects.values_list("timer__case", "timer__step", "percent", "at", "late")
    found = [(Told(numbers[pk], step, percent, (at - start) // MINUTE), late) for pk, step, percent, at, late in rows]
    told = [row for row, _ in found]
    expected = set(_expected(stories, minutes, down, start))
    assert len(told) == len(set(told)), "a warning was told twice"
    assert set(told) == expected, (
        f"missed: {sorted(expected - set(told))[:5]}, too many: {sorted(set(told) - expected)[:5]}"
    )
    return Day(len(told), sum(late for _, late in found), notices, 1000 * max(spent), sum(spent))


def _act(
    todo: list[tuple[int, str]], stories: list[Story], units: list[str], cases: dict[int, Any], now: datetime
) -> None:
    from huiyin.cases.domain import Step, act_as, new_drafts, open_cases
    from huiyin.cases.draft import SYSTEM
    from huiyin.cases.models import Case

    fresh = [number for number, kind in todo if kind == "receive"]
    drafts = new_drafts([now] * len(fresh))
    for draft in drafts:
        draft.add("receive", at=now, actor=SYSTEM, public={"channel": "phone", "title": "路灯不亮", "text": "请修。"})
    if drafts:
        open_cases(drafts)
        opened = Case.objects.in_bulk([draft.id for draft in drafts])
        cases.update((number, opened[draft.id]) for number, draft in zip(fresh, drafts, strict=True))
    for number, kind in todo:
        if kind != "receive":
            story = stories[number]
            steps = [Step(name, public) for name, public in _moves(kind, story, units[story.unit], now)]
            act_as(case=cases[number], steps=steps, actor=SYSTEM, at=now)


def _moves(kind: str, story: Story, unit: str, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    from huiyin.kernel.chain import stamp

    if kind == "dispatch":
        yield "register", {"kind": "help", "category": "03.01", "urgency": story.urgency}
        yield (
            "dispatch",
            {"lead": unit, "due_at": stamp(now + HANDLE[story.urgency]), "basis": "目录", "reason": "按目录"},
        )
        return
    yield kind, {"first_contact": {"result": "已联系"}, "submit": {"text": "已修好。", "action": "更换"}}.get(kind, {})


# --- the warnings once more, from the stories and the rules' rows alone

_CLOCKS = (("register", "receive", "dispatch"), ("accept", "dispatch", "accept"), ("first_contact", "accept", "first_contact"),
           ("handle", "dispatch", "approve"), ("review", "submit", "approve"), ("callback", "approve", ""))  # fmt: skip


def _expected(stories: list[Story], minutes: int, down: range, start: datetime) -> Iterator[Told]:
    from huiyin.assign.models import DeadlineRule
    from huiyin.assign.queries import calendar
    from huiyin.kernel.clock import Rule, Unit, deadline
    from huiyin.timers.models import WarningRule

    general = DeadlineRule.objects.filter(category=None, kind="", channel="")
    limits = {(rule.step, rule.urgency): Rule(rule.amount, cast("Unit", rule.unit)) for rule in general}
    rungs: dict[str, set[int]] = defaultdict(set)
    for step, percent in WarningRule.objects.values_list("step", "percent"):
        rungs[step].add(percent)
    for number, story in enumerate(stories):
        at = {kind: minute for minute, kind in story.steps}
        for step, begins, ends in _CLOCKS:
            if begins not in at:
                continue
            since = start + at[begins] * MINUTE
            # Nobody knows how urgent it is before it is registered.
            urgency = story.urgency if "dispatch" in at and step != "register" else "normal"
            limit = limits.get((step, urgency)) or limits.get((step, ""))
            due = (
                since + HANDLE[urgency]
                if step == "handle"
                else deadline(since, limit, calendar()).due_at
                if limit
                else None
            )
            if due is None:
                continue
            for percent in rungs.get(step) or rungs[""]:
                moment = since + (due - since) * percent / 100
                moment = moment if urgency == "emergency" else calendar().in_office(moment)
                first = max(at[begins], -((start - moment) // MINUTE))
                until = min(at.get(ends, minutes), minutes)
                if (told := next((minute for minute in range(first, until) if minute not in down), None)) is not None:
                    yield Told(number, step, percent, told)


# --- the bench


def staffed(count: int) -> list[str]:
    """Codes of `count` units, each with a handler and a leader."""
    from huiyin.cases import codes
    from huiyin.people.models import Account, Membership, Unit

    top = Unit.objects.get(parent=None)
    for number in range(count):
        unit = Unit.objects.create(
            code=f"day{number:02}", name=f"第{number}街道", kind="street", parent=top, path=f"{top.path}day{number:02}."
        )
        for role in ("handler", "leader"):
            account = Account.objects.create(username=f"{role}.{unit.code}", name=role, unit=unit)
            Membership.objects.create(account=account, role=role, unit=unit)
    codes.reload()
    return [f"day{number:02}" for number in range(count)]


def run(table: Table) -> None:
    data.ensure(0, name="bench_day", fresh=True)
    minutes, down = 24 * 60, range(10 * 60, 11 * 60)
    with clock() as whole:
        day = live(stories(CASES, UNITS, minutes), staffed(UNITS), minutes, down)
    size = f"{CASES:,}"
    table.add("day", size, "warnings told, each exactly once, none missed", day.told, "warnings")
    table.add("day", size, "of them late: the worker was down for an hour", day.late, "warnings")
    table.add("day", size, "notices to persons, many at once as one", day.notices, "notices")
    table.add("day", size, "the clockwork's 1,380 runs together", day.ticking_s, "s")
    table.add("day", size, "its slowest run", day.slowest_ms, "ms", at_most=10_000, note="it runs each minute")
    table.add("day", size, "the whole day, moves and all", whole[0], "s")
