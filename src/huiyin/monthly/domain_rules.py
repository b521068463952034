"""Versions of the rule: each begins on a day ahead and ends the one before; nothing is changed back in time."""

from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.monthly.checking import require
from huiyin.monthly.models import RuleBook
from huiyin.monthly.rules import Values
from huiyin.people.models import Account

# Rules that begin later are a slip of the year: no others could be set before they begin.
_FURTHEST: Final = timedelta(days=731)


@transaction.atomic
def set_rules(*, values: Values, valid_from: date, ground: str, by: Account | None) -> RuleBook:
    """These rules for every month whose last day is that day or later, until the next version.

    Raises ValueError for what no rule may say, for a day that is past, where a version begins then or later already.
    """
    require(values)
    last = RuleBook.objects.select_for_update().first()
    _require_ahead(valid_from, last)
    if last:
        RuleBook.objects.filter(pk=last.pk).update(valid_to=valid_from)
    told = {"values": values, "valid_from": valid_from, "ground": ground, "by": by}
    try:
        with transaction.atomic():
            return RuleBook.objects.create(version=last.version + 1 if last else 1, **told)
    except IntegrityError as error:
        raise ValueError(_("Somebody set a version at the same moment: look at it, then set yours.")) from error


def _require_ahead(day: date, last: RuleBook | None) -> None:
    if day < timezone.localdate():
        raise ValueError(_("Rules are not changed back in time: choose today or a later day."))
    if day > timezone.localdate() + _FURTHEST:
        raise ValueError(_("This date cannot be right: check the year."))
    if last and last.valid_from >= day:
        raise ValueError(
            _("A rule already begins on %(day)s. Choose a later day: two rules cannot hold on the same day.")
            % {"day": last.valid_from}
        )
