"""Rules of the score and of the ranking: they begin on a day ahead and end on one; nothing is changed back in time."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.kernel.measures import ScoreWeights
from huiyin.people.models import Account, Unit
from huiyin.review.models import ClassRule, MonthEnds, PeerGroup, ScoreRule


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
    parts = {"response": weights.response, "satisfaction": weights.satisfaction, "resolution": weights.resolution}
    return ScoreRule.objects.create(valid_from=valid_from, basis=basis, by=by, **parts)


@transaction.atomic
def group(*, units: list[Unit], **told: Any) -> PeerGroup:
    """Raises ValueError for a unit that is in another group on the same days."""
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


def month_ends(*, label: str, first: date, last: date, basis: str) -> MonthEnds:
    """Both days of one assessment month. Raises ValueError where its neighbour's own days overlap it."""
    others = MonthEnds.objects.exclude(label=label).filter(first__lte=last, last__gte=first)
    if other := others.first():
        raise ValueError(
            _("These days overlap assessment month %(month)s.") % {"month": other.label.removeprefix("assess:")}
        )
    kept = MonthEnds.objects.filter(label=label).first() or MonthEnds(label=label)
    kept.first, kept.last, kept.basis = first, last, basis
    kept.save()
    return kept


def require_ahead(day: date) -> None:
    if day < timezone.localdate():
        raise ValueError(_("Rules are not changed back in time: choose today or a later day."))
