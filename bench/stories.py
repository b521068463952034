"""What becomes of the cases of one day at a big district's peak, and the hands that do it, each move by the system."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

MINUTE = timedelta(minutes=1)
# Tuesday 24 November 2026, midnight in Shanghai.
MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)
HANDLE = {"normal": timedelta(days=1), "urgent": timedelta(hours=8), "emergency": timedelta(hours=2)}
_USUAL = (("dispatch", 5), ("accept", 25), ("first_contact", 180), ("submit", 300), ("approve", 120))


class Story(NamedTuple):
    """What becomes of one case: (minute, kind) in order; later than the day: never."""

    urgency: str
    unit: int
    steps: tuple[tuple[int, str], ...]


def stories(count: int, units: int, minutes: int, seed: int = 7) -> list[Story]:
    """Arrivals thickest by day; every step done in time, late, or never."""
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        urgency = dice.choices(("normal", "urgent", "emergency"), (80, 16, 4))[0]
        at = min(int(dice.betavariate(3, 3) * minutes), minutes - 1)
        steps = [(at, "receive")]
        for kind, usual in _USUAL:
            if dice.random() < 0.08:
                break
            at += max(1, int(dice.expovariate(1 / usual)))
            steps.append((at, kind))
        found.append(Story(urgency, dice.randrange(units), tuple(steps)))
    return found


class Hands:
    """Whoever works in the district: does what the stories have for a minute."""

    def __init__(self, told: Sequence[Story], units: Sequence[str]) -> None:
        self._stories, self._units = told, units
        self._cases: dict[int, Any] = {}
        self._todo: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, story in enumerate(told):
            for minute, kind in story.steps:
                self._todo[minute].append((number, kind))

    def work(self, minute: int, clock: Callable[[], datetime]) -> int:
        """Every step of this minute, each at the time that `clock` tells; how many."""
        from huiyin.cases.domain import Step, act_as
        from huiyin.cases.draft import SYSTEM

        todo = self._todo[minute]
        self._open([number for number, kind in todo if kind == "receive"], clock())
        for number, kind in todo:
            if kind != "receive":
                story, now = self._stories[number], clock()
                steps = [Step(name, public) for name, public in _moves(kind, story, self._units[story.unit], now)]
                act_as(case=self._cases[number], steps=steps, actor=SYSTEM, at=now)
        return len(todo)

    def _open(self, fresh: Sequence[int], now: datetime) -> None:
        from huiyin.cases.domain import new_drafts, open_cases
        from huiyin.cases.draft import SYSTEM
        from huiyin.cases.models import Case

        if not fresh:
            return
        drafts = new_drafts([now] * len(fresh))
        for draft in drafts:
            draft.add(
                "receive", at=now, actor=SYSTEM, public={"channel": "phone", "title": "路灯不亮", "text": "请修。"}
            )
        open_cases(drafts)
        opened = Case.objects.in_bulk([draft.id for draft in drafts])
        self._cases.update((number, opened[draft.id]) for number, draft in zip(fresh, drafts, strict=True))


def _moves(kind: str, story: Story, unit: str, now: datetime) -> Iterator[tuple[str, Mapping[str, Any]]]:
    from huiyin.kernel.chain import stamp

    if kind == "dispatch":
        yield "register", {"kind": "help", "category": "03.01", "urgency": story.urgency}
        due_at = stamp(now + HANDLE[story.urgency])
        yield kind, {"lead": unit, "due_at": due_at, "basis": "目录", "reason": "按目录"}
        return
    yield kind, {"first_contact": {"result": "已联系"}, "submit": {"text": "已修好。", "action": "更换"}}.get(kind, {})


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
