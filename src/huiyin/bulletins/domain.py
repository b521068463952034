"""What is done with a bulletin: drafted from a cut-off, written, signed, issued. `Late` where somebody was faster."""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.bulletins import drafting, filling, listed, measured, queries
from huiyin.bulletins.choices import EXAMPLES, MEASURED, PERIODS, REQUESTS, Kind, Stage
from huiyin.bulletins.counting import counted, last_day
from huiyin.bulletins.models import Book, Bulletin
from huiyin.bulletins.numbers import doubts
from huiyin.cases.models import Case, Category
from huiyin.cases.queries import of_residents
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.notices.domain import notify
from huiyin.people.models import Account
from huiyin.people.queries import current_district
from huiyin.review.models import Freeze

# What no file of Word may hold.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Late(Exception):  # noqa: N818 an answer, not a fault
    """Somebody else was faster: nothing was done."""


def draft(*, kind: str, period: Period, by: Account, topic: Category | None = None) -> Bulletin:
    """From the period's cut-off, or from one made now. Raises ValueError with a sentence."""
    _require_period(kind, period, topic)
    beside = _BESIDE[kind](kind, period)
    found = _plain_in(beside | counted(frozen := _cut_off(period, by), topic=topic))
    sections, numbers = drafting.sections(kind, found)
    return Bulletin.objects.create(
        kind=kind,
        period=period.label,
        freeze=frozen,
        topic=topic,
        title=drafting.title(kind, found, on=last_day(period), topic=topic.name if topic else ""),
        office=_office(by),
        counted=found,
        numbers=numbers,
        sections=sections,
        by=by,
        at=timezone.now(),
    )


def _require_period(kind: str, period: Period, topic: Category | None) -> None:
    if period.kind != PERIODS.get(kind, period.kind):
        told = {"kind": Kind(kind).label, "example": EXAMPLES[kind]}
        raise ValueError(_("%(kind)s: write the period like %(example)s.") % told)
    if kind in REQUESTS and (kind == Kind.TOPIC) != (topic is not None):
        raise ValueError(_("A bulletin on a topic names its topic; those of a day, a week or a month name none."))


def _require_requests(_kind: str, period: Period) -> dict[str, Any]:
    lying = Q(created_at__gte=period.start, created_at__lt=period.end)
    if not of_residents(Case.objects.filter(lying)).exists():
        raise ValueError(_("No request was received in this period: there is nothing to report. Choose another one."))
    return {}


# What a kind tells beside requests; each raises ValueError where it has nothing to tell.
_BESIDE: Final[Mapping[str, Callable[[str, Period], dict[str, Any]]]] = {
    **dict.fromkeys(REQUESTS, _require_requests),
    **dict.fromkeys(MEASURED, measured.told),
    Kind.PROPERTY: listed.told,
}


def _cut_off(period: Period, by: Account) -> Freeze:
    """The last one made after the period was over; else one of now."""
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until figures are asked for

    whole = Freeze.objects.filter(
        label=period.label, starts_at=period.start, ends_at=period.end, as_of__gte=period.end
    )  # fmt: skip
    return whole.order_by("-as_of").first() or freezing.freeze(period, by=by)


def _office(by: Account) -> str:
    return str(by.unit.name if by.unit else current_district() or "")[:60]


def save(*, bulletin: Bulletin, version: int, title: str, office: str, texts: Mapping[str, str]) -> None:
    """The words of a draft. Texts are by section key; a section that is not named stays. Raises `Late`."""
    fresh = Bulletin.objects.get(pk=bulletin.pk)
    sections = [{**one, "text": _plain(texts.get(one["key"], one["text"]))} for one in fresh.sections]
    words = {"title": _plain(title), "office": _plain(office)}
    _step(bulletin, version, Stage.DRAFT, sections=sections, **words)


def _plain_in(found: Any) -> Any:
    """Names of units, indicators and companies too may hold what no file of Word may."""
    if isinstance(found, dict):
        return {name: _plain_in(one) for name, one in found.items()}
    if isinstance(found, list):
        return [_plain_in(one) for one in found]
    return _plain(found) if isinstance(found, str) else found


def _plain(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


@transaction.atomic
def sign(*, bulletin: Bulletin, by: Account, version: int) -> None:
    """Raises ValueError where a number in the text is not the one that was counted."""
    _require_signer(by)
    fresh = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if wrong := doubts(fresh.sections, fresh.numbers):
        raise ValueError(wrong[0])
    _step(bulletin, version, Stage.DRAFT, stage=Stage.SIGNED, signed_by=by, signed_at=timezone.now())


def take_back(*, bulletin: Bulletin, by: Account, version: int) -> None:
    """A signed one is a draft again, until it is issued."""
    _require_signer(by)
    _step(bulletin, version, Stage.SIGNED, stage=Stage.DRAFT, signed_by=None, signed_at=None)


@transaction.atomic
def issue(*, bulletin: Bulletin, by: Account, version: int) -> None:
    """Gets its number, is written into its file for good, and those who lead units are told."""
    _require_signer(by)
    held = Bulletin.objects.select_for_update(of=("self",)).select_related("signed_by").get(pk=bulletin.pk)
    if (held.version, held.stage) != (version, Stage.SIGNED):
        raise Late
    held.issued_at = timezone.now()
    held.year = timezone.localdate(held.issued_at).year
    held.number = _next(held.kind, held.year)
    held.stage, held.version = Stage.ISSUED, version + 1
    held.template = queries.template_of(held.kind)
    _write(held)
    _tell(held)
    bulletin.refresh_from_db()


def _next(kind: str, year: int) -> int:
    book, _made = Book.objects.get_or_create(kind=kind, year=year)
    Book.objects.filter(pk=book.pk).update(last=F("last") + 1)
    book.refresh_from_db()
    return book.last


def _write(bulletin: Bulletin) -> None:
    body = filling.document(bulletin, bulletin.template)
    bulletin.sha256 = hashlib.sha256(body).hexdigest()
    name = f"{bulletin.kind}-{bulletin.year}-{bulletin.number}-{bulletin.sha256[:12]}.docx"
    bulletin.file.save(name, ContentFile(body), save=False)
    bulletin.save()


def _tell(bulletin: Bulletin) -> None:
    leaders = Account.objects.filter(is_active=True, memberships__role=Role.LEADER).distinct()
    notify(
        accounts=leaders,
        key=f"bulletin:{bulletin.pk}",
        subject=f"{bulletin.said_number} {bulletin.title}",
        text="",
        url=f"/bulletins/{bulletin.pk}/",
    )


def _require_signer(by: Account) -> None:
    if not by.has_role(*queries.SIGN):
        raise ValueError(_("A supervisor signs and issues."))


def _step(bulletin: Bulletin, version: int, at: str, **values: Any) -> None:
    """One version further, if it is the one that was seen and stands where it may; else `Late`."""
    seen = Bulletin.objects.filter(pk=bulletin.pk, version=version, stage=at)
    if not seen.update(version=F("version") + 1, **values):
        raise Late
    bulletin.refresh_from_db()
