"""Versions of the score sheet: from a day on, never edited back in time."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.people.models import Account
from huiyin.standing.models import LEAST_DAYS, ScoreSheet
from huiyin.standing.scoring import require_parts

EVERYBODY: Final = 100
# A sheet that begins later is a slip of the year: no other could be set before it begins.
FURTHEST: Final = timedelta(days=731)


@transaction.atomic
def set_sheet(*, by: Account | None, valid_from: date, **told: Any) -> ScoreSheet:
    """ValueError: weights, points, percents, days, or a day in the past."""
    require_parts(told["parts"])
    if told["red_percent"] + told["black_percent"] > EVERYBODY:
        raise ValueError(_("Red and black list together cannot be more than everybody."))
    if told["explain_days"] < LEAST_DAYS:
        raise ValueError(_("A company has five working days at least to explain."))
    last = ScoreSheet.objects.select_for_update().first()
    if last and (valid_from <= last.valid_from or valid_from < timezone.localdate()):
        raise ValueError(_("A new version holds from today or later, and from a day after the last one began."))
    if valid_from > timezone.localdate() + FURTHEST:
        raise ValueError(_("This date cannot be right: check the year."))
    if last:
        ScoreSheet.objects.filter(pk=last.pk).update(valid_to=valid_from)
    version = last.version + 1 if last else 1
    try:
        with transaction.atomic():
            return ScoreSheet.objects.create(version=version, by=by, valid_from=valid_from, **told)
    except IntegrityError as error:
        raise ValueError(_("Somebody else set a sheet just now: look at it, then set yours.")) from error
