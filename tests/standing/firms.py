"""Four invented companies, a score sheet, a cycle that is over, and how far it has come."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from tests.district import account, received

from huiyin.cases.models import Case
from huiyin.cli.simulate.standing import _PARTS, _UNITS, _VETOES
from huiyin.people.models import Area, Membership, Unit
from huiyin.standing import domain, domain_entries, domain_rules
from huiyin.standing.models import Company, Entry, Estate, ScoreSheet
from huiyin.standing.reading import Line

BEGINS = date(2024, 1, 1)
MARKS = {"pm-ruhe": 95, "pm-muan": 80, "pm-linjian": 50, "pm-huaiyin": 70}


def sheet(**changes):
    told = {
        "parts": _PARTS,
        "vetoes": _VETOES,
        "red_percent": 25,
        "black_percent": 25,
        "explain_days": 5,
        "listed_days": 180,
    }
    return domain_rules.set_sheet(by=None, valid_from=BEGINS, ground="试行", **(told | changes))


def companies():
    """Each with one estate of 300 households."""
    areas = iter(Area.objects.filter(kind="estate").order_by("code"))
    found = {}
    for code in _UNITS:
        found[code] = Company.objects.create(unit=Unit.objects.get(code=code))
        Estate.objects.create(area=next(areas), company=found[code], households=300, valid_from=BEGINS)
    return found


def first_estate():
    return Area.objects.filter(kind="estate").order_by("code").first()


def company_of(code):
    """One company; the first looks after the first estate."""
    one = Company.objects.create(unit=Unit.objects.get(code=code))
    if not Estate.objects.exists():
        Estate.objects.create(area=first_estate(), company=one, households=300, valid_from=BEGINS)
    return one


def cycle(marks=MARKS, more=()):
    """Scored with the same mark in every part that is brought in."""
    if not ScoreSheet.objects.exists():
        sheet()
    firms = {one.unit.code: one for one in Company.objects.all()} or companies()
    begun = domain.begin(period="last-month", by=account("supervisor"))
    lines = [
        Line(firms[code], part, Decimal(mark), Decimal(100), "")
        for code, mark in marks.items()
        for part in ("inspection", "duty", "owners")
    ]
    domain.bring(
        cycle=begun, lines=[*lines, *(Line(firms[code], *rest) for code, *rest in more)], by=account("supervisor")
    )
    domain.compute(cycle=begun, by=account("supervisor"))
    return begun


def proposed(**changes):
    begun = cycle(**changes)
    domain.propose(cycle=begun, by=account("supervisor"))
    return begun


def notified(**changes):
    begun = proposed(**changes)
    domain_entries.notify(begun, by=account("supervisor"))
    return begun


def time_is_over(begun):
    Entry.objects.filter(cycle=begun).exclude(explain_until=None).update(
        explain_until=timezone.now() - timedelta(hours=1)
    )


def published():
    begun = notified()
    time_is_over(begun)
    domain_entries.publish(begun, by=account("supervisor"))
    return begun


def entry(begun, code):
    return Entry.objects.select_related("cycle__sheet", "company__unit").get(cycle=begun, company__unit__code=code)


def answers_for(code, username="handler.heat"):
    """An account that answers for this company as well."""
    one = account(username)
    Membership.objects.create(account=one, unit=Unit.objects.get(code=code), role="handler")
    return username


def case_at(company, days_ago=35, **changes):
    """A request at its estate, some days ago: within last month or before it."""
    case = received(**changes)
    at = timezone.now() - timedelta(days=days_ago)
    Case.objects.filter(pk=case.pk).update(area=company.estates.get().area, created_at=at)
    return case
