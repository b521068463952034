"""People who ask again and again: seen by supervisors, helped by another way, never kept from asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from huiyin.cases.models import Case
from huiyin.collect.models import FrequentLimit, FrequentReview
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.packs.knowledge import LimitRow
from huiyin.people.models import Account

_SHOWN = 100
_CASES = 200
MAY_OPEN = (Role.AGENT, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Person:
    """A masked person with `requests` in the last days, `repeats` of them about a matter they had asked before.

    `latest` is their newest case: its number stands for the person wherever an address needs one.
    """

    latest: Case
    requests: int
    repeats: int
    review: FrequentReview | None


def limit_on(moment: datetime) -> FrequentLimit | None:
    """The bound that holds on that day; None on an installation without one."""
    return FrequentLimit.objects.filter(valid_from__lte=timezone.localtime(moment).date()).first()


def persons(limit: FrequentLimit, now: datetime) -> list[Person]:
    """Whoever reached the bound, most requests first. Three queries. Confidential cases do not count."""
    matter = Concat(_key("category_id"), Value("@"), _key("area_id"))
    found = (
        Case.objects.filter(created_at__gte=now - timedelta(days=limit.days), confidential=False, withdrawn=False)
        .exclude(phone_index="")
        .values("phone_index")
        .annotate(requests=Count("pk"), repeats=F("requests") - Count(matter, distinct=True), latest=Max("pk"))
        .filter(requests__gte=limit.requests)
        .order_by("-requests", "-latest")[:_SHOWN]
    )
    rows = list(found)
    cases = Case.objects.in_bulk([row["latest"] for row in rows])
    reviews = _latest_reviews([row["phone_index"] for row in rows])
    return [
        Person(cases[row["latest"]], row["requests"], row["repeats"], reviews.get(row["phone_index"])) for row in rows
    ]


def _key(name: str) -> Coalesce:
    return Coalesce(Cast(name, CharField()), Value(""))


def _latest_reviews(indexes: Sequence[str]) -> dict[str, FrequentReview]:
    reviews = FrequentReview.objects.filter(phone_index__in=indexes).select_related("opened_by", "decided_by")
    return {review.phone_index: review for review in reviews.order_by("opened_at")}


def cases_of(case: Case) -> list[Case]:
    """All that the person of this case asked, newest first; the case alone where no telephone number was given."""
    same = Case.objects.filter(phone_index=case.phone_index) if case.phone_index else Case.objects.filter(pk=case.pk)
    return list(same.filter(confidential=False).order_by("-pk")[:_CASES])


def reviews_of(case: Case) -> list[FrequentReview]:
    if not case.phone_index:
        return []
    reviews = FrequentReview.objects.filter(phone_index=case.phone_index)
    return list(reviews.select_related("opened_by", "decided_by"))


def open_review(*, case: Case, account: Account, reason: str) -> FrequentReview:
    """Ask whether the person of this case is helped by another way, with all their cases. Raises `Refused`."""
    if not account.has_role(*MAY_OPEN):
        raise Refused("role", "只有话务员和督办专员能发起复核。", "Agents and supervisors open a review.")
    if not case.phone_index:
        raise Refused(
            "person", "这件事没有电话，认不出同一个人。", "This case has no telephone number: nobody can be recognised."
        )
    numbers = [one.number for one in cases_of(case)]
    try:
        with transaction.atomic():
            return FrequentReview.objects.create(
                phone_index=case.phone_index, reason=reason, numbers=numbers, opened_by=account
            )
    except IntegrityError as error:
        raise Refused(
            "open",
            "这个人已经有一项复核在等决定，请先看那一项。",
            "A review of this person waits for its decision: look at that one first.",
        ) from error


def decide(*, review: FrequentReview, account: Account, outcome: str, words: str) -> FrequentReview:
    """A reviewer other than who opened it says how the person is helped. Raises `Refused`."""
    if not account.has_role(Role.REVIEWER):
        raise Refused("role", "复核由审核员决定。", "A reviewer decides.")
    if review.opened_by_id == account.pk:
        raise Refused(
            "guard", "发起人不能自己决定，请换一位审核员。", "Whoever opened it cannot decide; ask a colleague."
        )
    decided = {"outcome": outcome, "words": words, "decided_by": account, "decided_at": timezone.now()}
    if FrequentReview.objects.filter(pk=review.pk, decided_at=None).update(**decided) != 1:
        raise Refused("state", "这项复核已经决定了。", "This review is decided already.")
    review.refresh_from_db()
    return review


def forget_persons() -> None:
    """Where all cases of a person were erased, their reviews no longer know whose they were."""
    still = Case.objects.filter(phone_index=OuterRef("phone_index"))
    FrequentReview.objects.exclude(phone_index="").exclude(Exists(still)).update(phone_index="")


def load_limits(rows: Iterable[LimitRow]) -> None:
    """New bounds; one that stands is not changed."""
    for row in rows:
        values = {"days": row.days, "requests": row.requests, "basis": row.basis}
        FrequentLimit.objects.get_or_create(valid_from=row.valid_from, defaults=values)
