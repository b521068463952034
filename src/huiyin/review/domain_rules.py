"""Rules of the score and of the ranking: they begin on a day ahead and end on one; nothing is changed back in time."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.kernel.measures import ScoreWeights
from huiyin.people.models import Account, District, Unit
from huiyin.review import periods
from huiyin.review.models import ClassRule, MonthEnds, PeerGroup, ScoreRule

# A rule that begins later is a slip of the year: it could not be set anew before it begins.
_FURTHEST: Final = timedelta(days=731)


@transaction.atomic
def weigh(*, weights: ScoreWeights, valid_from: date, basis: str, by: Account) -> ScoreRule:
    """These weights from that day on; the rule before ends the day before.

    Raises ValueError for a day that is past, or on or after which another rule already begins.
    """
    require_ahead(valid_from)
    last = ScoreRule.objects.select_for_update().order_by("-valid_from").first()
    if last and last.valid_from >= valid_from:
        raise ValueError(
            _("A rule already begins on %(day)s. Choose a later day: two rules cannot hold on the same day.")
            % {"day": last.valid_from}
        )
    if last and (last.valid_to is None or last.valid_to > valid_from):
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])
    told = {"valid_from": valid_from, "basis": basis, "by": by}
    parts = {"response": weights.response, "satisfaction": weights.satisfaction, "resolution": weights.resolution}
    try:
        with transaction.atomic():
            return ScoreRule.objects.create(**told, **parts)
    except IntegrityError as error:
        raise ValueError(_("Somebody else set weights just now: look at them, then choose a later day.")) from error


@transaction.atomic
def group(*, units: list[Unit], **told: Any) -> PeerGroup:
    """Raises ValueError for a day that is past, or a unit that is in another group on the same days."""
    require_ahead(told["valid_from"])
    # Held, so that of two groups set at once with the same unit the second sees the first.
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk for unit in units]))
    others = PeerGroup.objects.select_for_update().exclude(valid_to__lte=told["valid_from"])
    for other in others:
        if (told.get("valid_to") is None or other.valid_from < told["valid_to"]) and (
            twice := other.units.filter(pk__in=[unit.pk for unit in units]).first()
        ):
            raise ValueError(
                _("%(unit)s is already in “%(group)s” then. End that group first, or leave the unit out.")
                % {"unit": twice, "group": other}
            )
    made = PeerGroup.objects.create(**told)
    made.units.set(units)
    return made


def end(rule: PeerGroup | ClassRule, *, on: date) -> None:
    """It no longer holds from that day on. Raises ValueError for a day that is past or before it begins."""
    require_ahead(on)
    if on < rule.valid_from:
        raise ValueError(_("It begins on %(day)s; it cannot end before.") % {"day": rule.valid_from})
    rule.valid_to = on
    rule.save(update_fields=["valid_to"])


@transaction.atomic
def month_ends(*, label: str, first: date, last: date, basis: str) -> MonthEnds:
    """Both days of one assessment month. Raises ValueError: they leave a neighbour no day, or overlap its own."""
    _require_near(label, first, last)
    # Held, so that of two neighbours set at once the second sees the first.
    list(District.objects.select_for_update(no_key=True))
    others = MonthEnds.objects.exclude(label=label).filter(first__lte=last, last__gte=first)
    if other := others.first():
        raise ValueError(
            _("These days overlap assessment month %(month)s.") % {"month": other.label.removeprefix("assess:")}
        )
    kept = MonthEnds.objects.filter(label=label).first() or MonthEnds(label=label)
    kept.first, kept.last, kept.basis = first, last, basis
    kept.save()
    return kept


def _require_near(label: str, first: date, last: date) -> None:
    """Some day of the month is one of its usual days, and its neighbours keep some of theirs."""
    before, usual, after = periods.around(label)
    touches = first <= periods.last_day(usual) and periods.first_day(usual) <= last
    if not touches or first <= periods.first_day(before) or periods.last_day(after) <= last:
        told = {"month": label.removeprefix("assess:"), "days": periods.said(usual)}
        raise ValueError(
            _("These days are too far from assessment month %(month)s, usually %(days)s: check month and year.") % told
        )


def require_ahead(day: date) -> None:
    today = timezone.localdate()
    if day < today:
        raise ValueError(_("Rules are not changed back in time: choose today or a later day."))
    if day > today + _FURTHEST:
        raise ValueError(_("This date cannot be right: check the year."))
