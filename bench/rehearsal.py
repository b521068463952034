"""Rehearsing a change of the rules on 50,000 cases, against asking the rules case by case in the same run."""

from collections import Counter
from typing import Any

from bench import data
from bench.table import Table, clock, peak_mb

NAIVE = 2_000


def run(table: Table) -> None:
    data.ensure(data.SIZES["×10"])
    from huiyin.assign.rehearsal import rehearse
    from huiyin.cases.models import Case

    cases = Case.objects.filter(category__isnull=False)
    before, after = _books()
    with clock() as spent:
        found = rehearse(cases, before, after)
        moved, lines = list(found.moved()), found.lines
    number, seconds = len(found.cases), spent[0]
    table.add("rehearsal", f"{number:,}", "a change rehearsed: table by unit and every date", seconds, "s", at_most=10)
    table.add("rehearsal", f"{number:,}", "cases that change", len(moved), "cases", note=f"{len(lines)} units")
    few = cases.filter(pk__in=list(cases.order_by("pk").values_list("pk", flat=True)[:NAIVE]))
    with clock() as spent:
        counted = _counted(few, before, after)
    wrong = _table(rehearse(few, before, after).lines) ^ counted
    table.add("rehearsal", f"{min(NAIVE, number):,}", "gain or loss of a unit that counting case by case finds otherwise",
              len(wrong), "figures", at_most=0, note=f"of {len(counted)}")  # fmt: skip
    naive = spent[0] / min(NAIVE, number) * number
    note = f"measured on {min(NAIVE, number):,}, ours ×{naive / seconds:.0f}"
    table.add("rehearsal", f"{number:,}", "baseline: the rules asked case by case", naive, "s", note=note)
    table.add("rehearsal", "", "peak memory", peak_mb(), "MB")


def _books() -> Any:
    """A change as large as they come: every heating and property case moves, questions get office hours."""
    from datetime import timedelta

    from django.utils import timezone

    from huiyin.assign.models import CatalogueRule, Change, DeadlineRule
    from huiyin.assign.queries import Rulebook
    from huiyin.assign.revising import in_codes, revision

    changes = []
    for rule in CatalogueRule.objects.filter(category__code__regex=r"^0[1-5]\.", area=None):
        told = in_codes(rule) | {"lead": "housing", "deadline": "疑难事项"}
        changes.append(Change(table="catalogue", rule_id=rule.pk, after=told))
    for late in DeadlineRule.objects.filter(name__in=("咨询答复", "一般事项")):
        told = in_codes(late) | {"amount": 40, "unit": "working_hours"}
        changes.append(Change(table="deadline", rule_id=late.pk, after=told))
    on = timezone.localdate() + timedelta(days=7)
    return Rulebook(on), Rulebook(on, revision(changes))


def _counted(cases: Any, before: Any, after: Any) -> set[tuple[str, str, int]]:
    """The table once more, each case by the verb that dispatches: (unit, column, cases)."""
    from huiyin.assign.domain import plan_for

    found: Counter[tuple[str, str]] = Counter()
    for case in cases.order_by("pk"):
        row, start = _row(case), case.dispatched_at or case.created_at
        old, new = (plan_for(row, start, book=book) for book in (before, after))
        sides = {"before": old.lead if old else None, "after": new.lead if new else None}
        helped, helps = (set(plan.helpers) - {plan.lead} if plan else set() for plan in (old, new))
        if sides["before"] != sides["after"]:
            sides |= {"lost": sides["before"], "gained": sides["after"]}
        elif old and new and old.lead and old.due_at != new.due_at:
            sides["longer" if new.due_at > old.due_at else "shorter"] = old.lead
        found.update((unit, column) for column, unit in sides.items() if unit)
        found.update((unit, "helps_lost") for unit in helped - helps)
        found.update((unit, "helps_gained") for unit in helps - helped)
    return {(unit, column, number) for (unit, column), number in found.items()}


def _table(lines: Any) -> set[tuple[str, str, int]]:
    columns = ("before", "after", "gained", "lost", "helps_gained", "helps_lost", "longer", "shorter")
    return {(line.unit, name, getattr(line, name)) for line in lines for name in columns if getattr(line, name)}


def _row(case: Any) -> dict[str, Any]:
    from huiyin.cases.projection import to_row

    return to_row(case)
