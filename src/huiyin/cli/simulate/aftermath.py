"""After the archive: exclusions and appeals, and what comes up again."""

from datetime import datetime, timedelta
from typing import Final

from huiyin.assign.domain import plan_for
from huiyin.cli.simulate import hours, words
from huiyin.cli.simulate.walk import Walk
from huiyin.kernel.chain import stamp
from huiyin.kernel.roles import Role

_REOPENED: Final = 0.012


def dispute(walk: Walk) -> None:
    """A unit that was judged badly may ask that the case does not count, and may appeal."""
    reviewer = walk.any(Role.REVIEWER)
    if reviewer.unit == walk.lead:
        return  # nobody decides on a claim of the own unit
    badly = walk.row["solved"] is False or walk.row["satisfaction"] == "dissatisfied"
    if badly and walk.happens(0.16):
        evidence = walk.pick(words.EVIDENCE)
        walk.go(
            "apply_exclusion",
            walk.leader(),
            at=_later(walk, 60),
            category_of_reason=walk.pick(words.EXCLUSIONS),
            evidence=evidence,
        )
        excluded = walk.happens(0.5)
        kind, reasons = ("exclude", words.EXCLUDED) if excluded else ("refuse_exclusion", words.KEPT)
        walk.go(kind, reviewer, at=_later(walk, 40), reason=walk.pick(reasons))
    elif badly and walk.happens(0.03):
        walk.go("appeal", walk.leader(), at=_later(walk, 100), evidence=walk.pick(words.APPEALS))
        upheld = walk.happens(0.35)
        kind, reasons = ("uphold_appeal", words.EXCLUDED) if upheld else ("refuse_appeal", words.KEPT)
        walk.go(kind, reviewer, at=_later(walk, 50), reason=walk.pick(reasons))


def recurs(walk: Walk) -> bool:
    """Whether the case was reopened weeks later."""
    if walk.row["reopened"] or walk.row["excluded"] or not walk.happens(_REOPENED):
        return False
    walk.at += timedelta(days=walk.rng.uniform(12, 85))
    plan = plan_for(walk.row, walk.at)
    if plan is None or walk.at > walk.stage.until:
        return False
    walk.go("reopen", walk.any(Role.AGENT), reason=walk.pick(words.REOPENED), due_at=stamp(plan.due_at))
    return True


def _later(walk: Walk, hours_after: float) -> datetime:
    return hours.at_work(walk.at + timedelta(hours=walk.spread(hours_after)), walk.rng)
