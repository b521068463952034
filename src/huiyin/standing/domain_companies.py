"""Which companies there are and which estates they look after, from when to when: never edited back in time."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.people.choices import AreaKind, UnitKind
from huiyin.people.models import Area, Unit
from huiyin.standing.domain_rules import FURTHEST
from huiyin.standing.models import Company, Estate

FIRST: Final = date(2000, 1, 1)


def add(unit: Unit) -> Company:
    """ValueError where the unit is no company. Named twice, it is one."""
    if unit.kind != UnitKind.COMPANY:
        raise ValueError(_("%(unit)s is no company: choose a unit of this kind.") % {"unit": unit})
    return Company.objects.get_or_create(unit=unit)[0]


@transaction.atomic
def look_after(company: Company, *, area: Area, households: int | None, valid_from: date) -> Estate:
    """From this day on, with so many households (None: not known); whoever did so before ends there. ValueError.

    The first of an estate may begin whenever it did; a later one not before today.
    """
    if area.kind == AreaKind.STREET:
        raise ValueError(_("%(area)s is a whole street or town: choose an estate in it.") % {"area": area})
    Area.objects.select_for_update().get(pk=area.pk)
    last = Estate.objects.filter(area=area).select_related("company__unit").order_by("-valid_from").first()
    _require_day(last, valid_from)
    if last and last.valid_to is None:
        if (last.company_id, last.households) == (company.pk, households):
            raise ValueError(_("That is how it stands already."))
        Estate.objects.filter(pk=last.pk).update(valid_to=valid_from)
    return Estate.objects.create(company=company, area=area, households=households, valid_from=valid_from)


def _require_day(last: Estate | None, valid_from: date) -> None:
    today = timezone.localdate()
    if not FIRST <= valid_from <= today + FURTHEST:
        raise ValueError(_("This date cannot be right: check the year."))
    if last and valid_from < max(last.valid_to or last.valid_from, today):
        told = {"company": last.company, "day": last.valid_to or last.valid_from}
        raise ValueError(
            _("%(company)s looks after it up to or from %(day)s. Choose that day, today or a later one.") % told
        )
    if last and last.valid_to is None and valid_from == last.valid_from:
        raise ValueError(_("It changed hands on this very day already: choose a later one."))


def end(estate: Estate, *, on: date) -> None:
    """Nobody known looks after it from this day on. ValueError."""
    if on < timezone.localdate():
        raise ValueError(_("That day is over: choose one that comes."))
    if on > timezone.localdate() + FURTHEST:  # nobody else could look after it before
        raise ValueError(_("This date cannot be right: check the year."))
    open_ = Estate.objects.filter(pk=estate.pk, valid_to=None, valid_from__lt=on)
    if not open_.update(valid_to=on):
        raise ValueError(_("It has ended already, or had not begun by then."))
