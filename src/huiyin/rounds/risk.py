"""Why a closed case is worth a look: signs, each with the points that the district gives it (`evaluation.csv`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.evaluate.coached import signs
from huiyin.kernel.periods import Period
from huiyin.rounds.models import Check, Result

# A unit's mismatches are a sign only where it was looked at so often.
FEWEST_CHECKS: Final = 5
_LOOKED_BACK: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Known:
    """What the signs look at besides the case: numbers of cases, ids of units."""

    coached: frozenset[str]
    doubted: frozenset[int]
    fast: timedelta


class Reason(NamedTuple):
    label: Promise
    holds: Callable[[Case, Known], bool]


def _fast(case: Case, known: Known) -> bool:
    return bool(case.closed_at and case.lead_at and case.closed_at - case.lead_at < known.fast)


def _late(case: Case, _known: Known) -> bool:
    return bool(case.closed_at and case.due_at and case.closed_at > case.due_at)


REASONS: Final[Mapping[str, Reason]] = {
    "mismatch": Reason(_("a check found otherwise before"), lambda case, _known: case.mismatches > 0),
    "rebound": Reason(_("it came back before"), lambda case, _known: case.rebounds > 0),
    "unsolved": Reason(_("the resident said “not solved” before"), lambda case, _known: case.rounds > 1),
    "coached": Reason(_("a sign of coached answers"), lambda case, known: case.number in known.coached),
    "unit": Reason(_("checks of this unit often do not match"), lambda case, known: case.lead_id in known.doubted),
    "fast": Reason(_("closed very fast"), _fast),
    "late": Reason(_("closed after its date"), _late),
    "urgent": Reason(_("urgent matter"), lambda case, _known: case.urgency != "normal"),
}
TURN: Final = "turn"
LABELS: Final[Mapping[str, Promise]] = {
    **{code: reason.label for code, reason in REASONS.items()},
    TURN: _("its unit's turn: nobody had looked for a week"),
}


def reasons_of(case: Case, known: Known, numbers: Mapping[str, int]) -> dict[str, int]:
    """Reason → points; a reason that the district gives no points is not looked at."""
    given = {code: numbers.get(f"check_points_{code}", 0) for code in REASONS}
    return {code: points for code, points in given.items() if points and REASONS[code].holds(case, known)}


def known_on(day: date, numbers: Mapping[str, int]) -> Known:
    """What the day before `day` and the ninety days before it have shown. Five queries."""
    seen = signs(Period(midnight(day - timedelta(days=1)), midnight(day), f"day:{day}", "range"))
    coached = frozenset(number for sign in seen for number in sign.numbers)
    fast = timedelta(minutes=numbers.get("check_fast_minutes", 0))
    return Known(coached, _doubted(day, numbers.get("check_unit_percent", 0)), fast)


def _doubted(day: date, percent: int) -> frozenset[int]:
    """Units of whose checks so many percent did not match."""
    mismatch = Q(result=Result.MISMATCH)
    rows = Check.objects.filter(day__gte=day - _LOOKED_BACK, day__lt=day).order_by().values("unit").annotate(
        checked=Count("pk", filter=mismatch | Q(result=Result.MATCHES)), wrong=Count("pk", filter=mismatch)
    )  # fmt: skip
    often = (row for row in rows if row["checked"] >= FEWEST_CHECKS and 100 * row["wrong"] >= percent * row["checked"])
    return frozenset(row["unit"] for row in often) if percent else frozenset()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
