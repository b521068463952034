"""Whom a warning goes to: the person with the case on the desk, the unit's leader, the district's supervisors."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from huiyin.cases.models import Case
from huiyin.kernel.effects import SAME
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES, WITH_UNIT
from huiyin.people.effective import in_force
from huiyin.people.models import Membership
from huiyin.timers.clocks import HANDLE, PROMISE, kind_of
from huiyin.timers.models import Tell, Timer, WarningRule

_TOLD: Final = (
    Role.AGENT, Role.DISPATCHER, Role.HANDLER, Role.LEADER, Role.CALLER, Role.REVIEWER, Role.SUPERVISOR,
)  # fmt: skip


class Staff:
    """Who holds which role where, read once for a whole run. Ids of accounts."""

    def __init__(self) -> None:
        self._everywhere: dict[str, set[int]] = defaultdict(set)
        self._in_unit: dict[tuple[str, int], set[int]] = defaultdict(set)
        held = Membership.objects.filter(role__in=_TOLD, account__is_active=True)
        for role, unit, account in held.values_list("role", "unit_id", "account_id"):
            self._everywhere[role].add(account)
            self._in_unit[role, unit].add(account)

    def of(self, role: Role, units: Iterable[int | None] = ()) -> set[int]:
        """Holders in these units; of a role that reaches the whole district, all its holders."""
        if role not in (Role.HANDLER, Role.LEADER):
            return self._everywhere[role]
        return set().union(*(self._in_unit[role, unit] for unit in units if unit is not None))


def _person(case: Case, step: str, staff: Staff, called: Iterable[int]) -> set[int]:
    """Who acts next: the unit's own role by the table of states, the one who signed first."""
    actor = Role.HANDLER if kind_of(step) in (HANDLE, PROMISE, "report") else STATES[case.state].actor
    if actor is Role.HANDLER and case.assignee_id and step != "report_in":
        return {case.assignee_id}
    units = (case.lead_id, *called) if step == "report_in" else (case.lead_id,)
    return staff.of(actor, units)


def _leader(case: Case, step: str, staff: Staff, called: Iterable[int]) -> set[int]:
    theirs = case.state in WITH_UNIT or kind_of(step) == PROMISE
    return staff.of(Role.LEADER, (case.lead_id, *called)) if theirs else set()


def _district(_case: Case, _step: str, staff: Staff, _called: Iterable[int]) -> set[int]:
    return staff.of(Role.SUPERVISOR)


_TELLS: Final[Mapping[str, Callable[[Case, str, Staff, Iterable[int]], set[int]]]] = {
    Tell.PERSON: _person,
    Tell.LEADER: _leader,
    Tell.DISTRICT: _district,
}


# A helping unit hears of its own part; the lead's people act on theirs.
_HELPERS: Final[Mapping[str, Role]] = {
    Tell.PERSON: Role.HANDLER,
    Tell.LEADER: Role.LEADER,
    Tell.DISTRICT: Role.SUPERVISOR,
}

# Moves that keep the state, yet somebody waits to hear of them.
_HEARD: Final[Mapping[str, Role]] = {
    "supplement": Role.HANDLER,
    "urge": Role.HANDLER,
    "confirm_deferral": Role.LEADER,
    "report_progress": Role.REVIEWER,
}
# Their own rooms tell of these.
_TOLD_ELSEWHERE: Final = frozenset({"whistled"})
_DESKS: Final = frozenset({Role.HANDLER, Role.LEADER, Role.REVIEWER})


def hears(case: Case, kinds: Iterable[str], staff: Staff) -> set[int]:
    """Who is to know that these moves were made: whoever acts next, where that is a person's own desk."""
    if heard := {_HEARD[kind] for kind in kinds if kind in _HEARD}:
        return set().union(*(staff.of(role, (case.lead_id,)) for role in heard))
    moved = any(MOVES[kind].target != SAME for kind in kinds)
    if not moved or case.state in _TOLD_ELSEWHERE or STATES[case.state].actor not in _DESKS:
        return set()
    return _person(case, "", staff, ())


class Ladder:
    """The warning rules of one day: step → percent → who is told."""

    def __init__(self, on: date) -> None:
        self._rungs: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for rule in WarningRule.objects.filter(in_force(on)):
            self._rungs[rule.step][rule.percent].add(rule.tell)

    def _of(self, step: str) -> Mapping[int, set[str]]:
        """The step's own rungs, else those of every step."""
        return self._rungs.get(kind_of(step)) or self._rungs.get("", {})

    def percents(self, step: str) -> list[int]:
        return sorted(self._of(step))

    def told(self, timer: Timer, passed: Iterable[int], staff: Staff, called: Iterable[int]) -> set[int]:
        """Ids of the accounts that hear of any of these percents."""
        rungs = self._of(timer.step)
        tells = set().union(*(rungs.get(percent, ()) for percent in passed))
        if timer.unit_id:
            return set().union(*(staff.of(_HELPERS[tell], (timer.unit_id,)) for tell in tells))
        return set().union(*(_TELLS[tell](timer.case, timer.step, staff, called) for tell in tells))
