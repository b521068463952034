"""Reads that every window shares: who may see what, lists, search, the timeline."""

from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from huiyin.cases.choices import Kind
from huiyin.cases.models import Case, CasePart, CaseText
from huiyin.cases.terms import query
from huiyin.cases.words import areas_by_letters, synonyms
from huiyin.kernel.states import WITH_UNIT
from huiyin.people.models import Account

# What `site/components/case_row.html` and the rows of the desks draw; not the sixty columns of a case.
ROW = (
    "number", "seq", "title", "kind", "state", "due_at", "deferral_confirmed", "solved", "urgency", "created_at",
    "place", "category", "area", "lead",
)  # fmt: skip


_RANKED = 1_000
_MOST_WORDS = 8
_FIT = {"title": 3, "place": 2, "body__text": 1}


def late_at(now: datetime) -> Q:
    """Past their date and still on a unit's desk, as `Case.is_late` says of one."""
    return Q(state__in=WITH_UNIT, due_at__lt=now, deferral_confirmed=False)


def visible_to(account: Account) -> QuerySet[Case]:
    """The rows this account may see: all for district roles, its units' and those it helps with otherwise."""
    first, *others = scopes(account)
    if not others:
        return first
    # Not an OR: the planner cannot guess how many rows one leaves, and for a small unit would walk the whole table.
    ids = first.values("pk").union(*(other.values("pk") for other in others), all=True)
    return Case.objects.filter(pk__in=ids)


def visible_one(account: Account) -> QuerySet[Case]:
    """`visible_to` for finding one case by its number: rights are asked of that row, not of all rows first."""
    return visible_among(Case.objects.all(), account)


def scopes(account: Account) -> list[QuerySet[Case]]:
    """`visible_to` in parts that each have an index in the order of ids: what a list page is quickly cut from."""
    if account.sees_district:
        return [Case.objects.all()]
    if not account.unit_ids:
        return [Case.objects.none()]
    helped = CasePart.objects.filter(unit_id__in=account.unit_ids).values("case_id")
    return [Case.objects.filter(lead_id__in=account.unit_ids), Case.objects.filter(pk__in=helped)]


def visible_among(cases: QuerySet[Case], account: Account) -> QuerySet[Case]:
    """Those of `cases` that `visible_to` shows, asked row by row: for a set that is narrow already, a period's."""
    if account.sees_district:
        return cases
    helped = CasePart.objects.filter(case=OuterRef("pk"), unit_id__in=account.unit_ids)
    return cases.filter(Q(lead_id__in=account.unit_ids) | Exists(helped))


def as_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same cases with only what a list draws."""
    return cases.only(*ROW)


def led_by(account: Account) -> QuerySet[Case]:
    """Cases whose lead is one of the account's units: the inbox, cheap to sort by due date."""
    return Case.objects.filter(lead_id__in=account.unit_ids)


def best_first(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Of the newest thousand those that say the words as they were typed, annotated as `fit`.

    A word in the title counts three, in the place two, in the text one (there a synonym may have been found instead).
    """
    newest = list(cases.order_by("-id").values_list("pk", flat=True)[:_RANKED])
    fit: Combinable = Value(0)
    for word in words.split()[:_MOST_WORDS]:
        for field, counts in _FIT.items():
            fit += Choice(When(**{f"{field}__icontains": word}, then=Value(counts)), default=Value(0))
    return Case.objects.filter(pk__in=newest).annotate(fit=fit)


def public_cases() -> QuerySet[Case]:
    """What anybody may see in a list: dispatched, not confidential, never a report of an offence nor a directive."""
    return of_residents(Case.objects.filter(confidential=False, lead__isnull=False)).exclude(kind=Kind.REPORT)


def of_residents(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Without directives: nobody asked for them, so nobody is called about them and no rate counts them."""
    return cases.exclude(kind=Kind.DIRECTIVE)


def search(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Cases that hold all the words or what means the same, lie at a place of these initials, or have that number.

    An unsearchable text finds nothing.
    """
    words = words.strip()
    if "-" in words and words.isascii():
        return cases.filter(number=words.upper())
    places, terms = areas_by_letters(words), query(words, synonyms())
    if not terms:
        return cases.filter(area__in=places)
    found = CaseText.objects.filter(terms=SearchQuery(terms, search_type="raw", config="simple"))
    told = Q(pk__in=found.values("case_id"))
    return cases.filter(told | Q(area__in=places) if places else told)
