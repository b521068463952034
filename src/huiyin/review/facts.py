"""The fact table of PostgreSQL: `kernel.facts.SCHEMA`, read from the rooms below by a query the planner sees through.

Columns nobody asks for cost nothing: they are single values, not joins. Measures are of what residents asked:
a directive is no fact here, and this is the one place that says so.
"""

from typing import Final

from huiyin.kernel.facts import SCHEMA

# The clock of a step as it was set last: a case that moved to another unit is judged by that unit's.
_CLOCK: Final = "(SELECT due_at FROM timers_timer WHERE case_id = c.id AND step = '{step}' ORDER BY seq DESC LIMIT 1)"
_IN_TIME: Final = """CASE WHEN c.{done} IS NOT NULL THEN c.{done} <= {clock} WHEN '{as_of}' > {clock} THEN FALSE END"""
_REASON: Final = """(SELECT public ->> 'category_of_reason' FROM cases_event
    WHERE case_id = c.id AND kind = 'apply_exclusion' ORDER BY seq DESC LIMIT 1)"""
_CHECKS: Final = "(SELECT count(*) FROM cases_event WHERE case_id = c.id AND kind = 'verify')"


def source(as_of: str) -> str:
    """The select; `as_of` is written into it as it is."""
    derived = {
        "dispatched": "c.dispatched_at IS NOT NULL",
        "accepted_in_time": _in_time("accepted_at", "accept", as_of),
        "contacted_in_time": _in_time("first_contact_at", "first_contact", as_of),
        "checks": f"CASE WHEN c.verified_at IS NULL THEN 0 ELSE {_CHECKS} END",
        "repeated": "c.parent IS NOT NULL",
        "exclusion_reason": f"CASE WHEN c.excluded THEN {_REASON} END",
    }
    columns = ", ".join(f"{derived.get(name, f'c.{name}')} AS {name}" for name in SCHEMA)
    return f"(SELECT {columns} FROM cases_case AS c WHERE c.kind <> 'directive')"  # noqa: S608 names of this file and of the schema


def _in_time(done: str, step: str, as_of: str) -> str:
    return _IN_TIME.format(done=done, clock=_CLOCK.format(step=step), as_of=as_of)
