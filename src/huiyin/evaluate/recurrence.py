"""After closing: what comes back at the point within the watched days strikes the earlier “solved” (domain.md 14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from huiyin.cases import codes
from huiyin.cases import domain as cases
from huiyin.cases.domain import Step
from huiyin.cases.draft import SYSTEM, Draft
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.cases.store import Conflict
from huiyin.evaluate.domain import new_due
from huiyin.evaluate.hours import local
from huiyin.evaluate.likeness import WORTH_A_LOOK, Likeness, Point, likeness
from huiyin.evaluate.models import RecurrenceHint, RecurrenceRule
from huiyin.kernel.chain import stamp
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH
from huiyin.packs.rules import held, read_rules
from huiyin.packs.table import Row
from huiyin.people.effective import in_force
from huiyin.people.models import Account, Area

# What was received longer ago is history being written down, not something that comes back now.
FRESH = timedelta(days=3)
WATCHED = ("evaluated", "archived")
MAY_MERGE = (Role.AGENT, Role.DISPATCHER)
_NAMED = frozenset({"register", "correct"})
_MOST_EARLIER = 3
_AUTOMATIC = "同一点位同类问题在观察期内再次出现，按规则重开"
_AT_POINTS = """
    SELECT found.* FROM unnest(%s::bigint[], %s::bigint[]) AS point(area, category) CROSS JOIN LATERAL (
        SELECT id, number, area_id, category_id, place, lat_e3, lon_e3, phone_index, closed_at, due_at, dispatched_at
        FROM cases_case
        WHERE area_id = point.area AND category_id = point.category AND state = ANY(%s) AND closed_at >= %s
            AND lead_id IS NOT NULL AND NOT withdrawn AND solved IS NOT FALSE
        ORDER BY id DESC LIMIT %s
    ) AS found"""


@dataclass(frozen=True, slots=True)
class Coming:
    """A draft whose point and matter are known: ids of area and category."""

    draft: Draft
    area: int
    category: int
    at: datetime


def watch(drafts: Sequence[Draft]) -> None:
    """Reaction to opened cases: what the door or an earlier stage took it to be is compared with what was closed."""
    _watch([coming for draft in drafts if (coming := _coming(draft))])


def watch_again(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: the same once a person names area and category."""
    named = (draft for draft in drafts if any(entry.event.kind in _NAMED for entry in draft.entries))
    _watch([coming for draft in named if (coming := _coming(draft))])


def _coming(draft: Draft) -> Coming | None:
    row, guessed = draft.row, draft.guessed
    area = codes.areas().id(row["area"] or guessed.get("area"))
    category = codes.categories().id(row["category"] or guessed.get("category"))
    at = datetime.fromisoformat(row["created_at"])
    if area is None or category is None or at < timezone.now() - FRESH:
        return None
    return Coming(draft, area, category, at)


def _watch(coming: Sequence[Coming]) -> None:
    if not coming or not (rules := rules_now()):
        return
    earlier = _earlier(coming, max(rule.days for rule in rules))
    if not earlier:
        return
    narrow = set(Area.objects.filter(kind="estate", pk__in={one.area for one in coming}).values_list("pk", flat=True))
    known = set(
        RecurrenceHint.objects.filter(case_id__in=[one.draft.id for one in coming]).values_list("case_id", "earlier_id")
    )
    for one in coming:
        for hint, rule in _hints(one, earlier.get((one.area, one.category), ()), rules, narrow=one.area in narrow):
            if (hint.case_id, hint.earlier_id) not in known:
                _by_rule(hint, rule, one)
                one.draft.extras.append(hint)


def rules_now() -> list[RecurrenceRule]:
    """The windows in force, the shortest first."""
    return list(RecurrenceRule.objects.filter(in_force(local(timezone.now()).date())).order_by("days"))


def waits(case: Case) -> bool:
    """Whether it can still be merged: nobody has dispatched it."""
    return case.state in BEFORE_DISPATCH


def _earlier(coming: Sequence[Coming], days: int) -> dict[tuple[int, int], list[Case]]:
    points = list({(one.area, one.category) for one in coming})
    since = min(one.at for one in coming) - timedelta(days=days)
    areas, categories = [area for area, _ in points], [category for _, category in points]
    found: dict[tuple[int, int], list[Case]] = {}
    for case in Case.objects.raw(_AT_POINTS, [areas, categories, list(WATCHED), since, 4 * _MOST_EARLIER]):
        found.setdefault((case.area_id or 0, case.category_id or 0), []).append(case)
    return found


def _hints(
    one: Coming, earlier: Sequence[Case], rules: Sequence[RecurrenceRule], *, narrow: bool
) -> Iterator[tuple[RecurrenceHint, RecurrenceRule]]:
    """The likeliest of `earlier`, each within the shortest window that holds it."""
    row = one.draft.row
    new = Point(row["place"], row["lat_e3"], row["lon_e3"], one.draft.phone_index, narrow)
    likely: list[tuple[Likeness, Case]] = []
    for case in earlier:
        point = Point(case.place, case.lat_e3, case.lon_e3, case.phone_index, narrow)
        if case.pk != one.draft.id and case.closed_at and case.closed_at <= one.at:
            likely.append((likeness(new, point), case))
    likely.sort(key=lambda pair: (-pair[0].percent, -pair[1].pk))
    for like, case in likely[:_MOST_EARLIER]:
        assert case.closed_at  # noqa: S101 - asked for above
        days = (one.at - case.closed_at).days
        rule = next((rule for rule in rules if one.at - case.closed_at <= timedelta(days=rule.days)), None)
        if rule and like.percent >= WORTH_A_LOOK:
            yield (
                RecurrenceHint(
                    case_id=one.draft.id, earlier_id=case.pk, closed_at=case.closed_at, days=days, within=rule.days,
                    percent=like.percent, reasons=list(like.reasons),
                ),
                rule,
            )  # fmt: skip


def _by_rule(hint: RecurrenceHint, rule: RecurrenceRule, one: Coming) -> None:
    """Where the rule says so, the earlier case is reopened with the opening of this one. Off unless a district asks."""
    if rule.automatic_percent is None or hint.percent < rule.automatic_percent:
        return
    try:
        earlier = Case.objects.get(pk=hint.earlier_id)
        cases.act_as(case=earlier, steps=[_rebound(earlier, one.draft.number, _AUTOMATIC)], actor=SYSTEM)
    except (Refused, Conflict):
        return  # somebody moved it meanwhile: a person decides
    hint.state, hint.words, hint.decided_at = RecurrenceHint.State.REBOUND, _AUTOMATIC, timezone.now()


def _rebound(earlier: Case, number: str, reason: str) -> Step:
    due = new_due(cases.begin(earlier)[1], timezone.now())
    said = step("rebound", {"reason": reason})
    return Step(
        said.kind, {**said.public, "due_at": stamp(due.at), "number": number, "trace": list(due.trace)}, said.private
    )


def rebound(*, case: Case, account: Account, because_of: Case, reason: str) -> Case:
    """The earlier `case` goes back to its unit because `because_of` shows that it came back; its “solved” is struck.

    The new one is merged into it where it still waits for dispatch and the account may merge; else both are linked.
    One transaction. Raises `Refused`, `Conflict`.
    """
    _require_later(case, because_of)
    hint = _hint_of(case, because_of)
    with transaction.atomic():
        cases.act(case=case, steps=[_rebound(case, because_of.number, reason)], account=account)
        if waits(because_of) and account.has_role(*MAY_MERGE):
            cases.act(case=because_of, steps=[_merge(case, reason)], account=account)
        _decide(hint, RecurrenceHint.State.REBOUND, account, reason)
    return case


def _merge(parent: Case, reason: str) -> Step:
    assert parent.due_at  # noqa: S101 - a rebound has just set it
    lead = codes.units().code(parent.lead_id)
    said = step("merge", {"reason": reason})
    order = {"parent": parent.number, "lead": lead, "due_at": stamp(parent.due_at)}
    return Step(said.kind, {**said.public, **order}, said.private)


def dismiss(*, hint: RecurrenceHint, account: Account, reason: str) -> None:
    """Not the same matter, says a person, and why. Raises `Refused` when somebody has decided already."""
    with transaction.atomic():
        _decide(hint, RecurrenceHint.State.DISMISSED, account, reason)


def _decide(hint: RecurrenceHint, state: str, account: Account, reason: str) -> None:
    if not reason.strip():
        raise Refused("reason", "请写明理由。", "Write down why.")
    decided = {"state": state, "words": reason.strip()[:500], "decided_by": account, "decided_at": timezone.now()}
    if not RecurrenceHint.objects.filter(pk=hint.pk, state=RecurrenceHint.State.OPEN).update(**decided):
        raise Refused(
            "decided", "已经有人认定过了，请刷新后再看。", "Somebody has decided this already. Reload and look."
        )


def _hint_of(case: Case, because_of: Case) -> RecurrenceHint:
    """The sign that stands for the pair; a person may see what no rule saw."""
    assert case.closed_at  # noqa: S101 - `_require_later`
    days = (because_of.created_at - case.closed_at).days
    return RecurrenceHint.objects.get_or_create(
        case=because_of,
        earlier=case,
        defaults={"closed_at": case.closed_at, "days": days, "within": days, "percent": 0},
    )[0]


def _require_later(case: Case, because_of: Case) -> None:
    if case.closed_at is None or because_of.pk == case.pk or because_of.created_at < case.closed_at:
        raise Refused(
            "order",
            "复发指的是办结之后又来的诉求：请选一件在它办结以后收到的。",
            "Something comes back after it was closed: choose a case that was received later than that.",
        )


def load_recurrence(folder: Path) -> None:
    """The pack's windows, replacing what an earlier load of a pack left. Raises `PackError`."""
    rows = read_rules(folder, "recurrence.csv", "days basis", "automatic_percent", _rule)
    with transaction.atomic():
        RecurrenceRule.objects.all().delete()
        RecurrenceRule.objects.bulk_create(rows)


def _rule(row: Row) -> RecurrenceRule:
    row.needed("days")
    days, sure = row.whole("days", least=1) or 1, row.whole("automatic_percent", least=1)
    return RecurrenceRule(days=days, automatic_percent=sure, basis=row.needed("basis"), **held(row))
