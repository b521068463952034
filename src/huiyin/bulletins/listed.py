"""What a paper tells of the property red and black list (domain.md 6): only what was made public, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.bulletins.counting import said
from huiyin.bulletins.measured import written
from huiyin.bulletins.numbers import unmarked
from huiyin.indicators.scoring import plain
from huiyin.standing.choices import ON_THE_LIST, Listed, Stage, State
from huiyin.standing.models import Cycle, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.kernel.periods import Period


def told(_kind: str, period: Period) -> dict[str, Any]:
    """{"listing": …} of the last list that was made public of a time that is over by the end of `period`.

    Raises ValueError with a sentence where there is none.
    """
    published = Cycle.objects.filter(stage=Stage.PUBLISHED).select_related("sheet")
    over = [one for one in published if one.stretch.end <= period.end]
    if not over:
        raise ValueError(_("No red and black list of a time before the end of this period has been made public yet."))
    with translation.override("zh-hans"):
        return {"listing": _listing(max(over, key=lambda one: one.stretch.end))}


def _listing(cycle: Cycle) -> dict[str, Any]:
    entries = list(cycle.entries.select_related("company__unit").prefetch_related("coachings", "rechecks"))
    public = [one for one in entries if one.published_at and one.listed != Listed.NONE]
    return {
        "cycle": cycle.pk,
        "said": said(cycle.stretch),
        "rule": f"计分表第{cycle.sheet.version}版（{unmarked(cycle.sheet.ground)}）",
        "scored": str(sum(one.score is not None for one in entries)),
        "left_out": str(sum(one.score is None for one in entries)),
        **_heard(entries),
        **{str(listed): [_company(one) for one in public if one.listed == listed] for listed in _LISTS},
    }


def _heard(entries: Sequence[Entry]) -> dict[str, str]:
    counts = {
        "explained": [one for one in entries if one.explained_at],
        "accepted": [one for one in entries if one.state == State.SPARED],
        "coached": [one for one in entries if one.coachings.all()],
        "passed": [one for one in entries if any(check.passed for check in one.rechecks.all())],
        "removed": [one for one in entries if one.state == State.REMOVED],
    }
    return {name: str(len(found)) for name, found in counts.items()}


def _company(entry: Entry) -> dict[str, str]:
    return {
        "listed": str(_LISTS[Listed(entry.listed)]),
        "code": entry.company.unit.code,
        "name": unmarked(str(entry)),
        "place": str(entry.rank or "—"),
        "score": written(entry.score and plain(entry.score)),
        "reasons": unmarked(entry.reasons),
        "state": str(State(entry.state).label),
        "ended": "" if entry.state in ON_THE_LIST else str(State(entry.state).label),
        "published": timezone.localdate(entry.published_at).isoformat(),
    }


_LISTS = {Listed.RED: "红榜", Listed.BLACK: "黑榜"}
