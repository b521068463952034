"""External checks: drawn each morning, spread over independent checkers, recorded on the spot (domain.md 3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from huiyin.cases.attachments import attachments, removed_unless_stored
from huiyin.cases.domain import act, owner_ids
from huiyin.cases.models import Case
from huiyin.cases.private import keyed
from huiyin.cases.recording import step
from huiyin.kernel.moves import NOT_OWN_UNIT, Refused
from huiyin.kernel.roles import Role
from huiyin.language.mask import mask
from huiyin.notices.domain import notify
from huiyin.people.models import Account
from huiyin.rounds.distance import Spot, metres, point_of
from huiyin.rounds.drawing import Drawn, drawn
from huiyin.rounds.models import Check, Result
from huiyin.rounds.queries import checkers, independent, waiting_by_checker

DECIDES: Final = (Role.SUPERVISOR, Role.REVIEWER)
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker found. `pictures` are JPEG bytes; `visited_at` is the time by the clock of the phone."""

    agrees: bool
    place: str
    pictures: list[bytes]
    text: str = ""
    spot: Spot | None = None
    accuracy_m: int | None = None
    visited_at: datetime | None = None


@transaction.atomic
def draw(day: date) -> int:
    """How many cases were drawn for `day`. Drawing a day again draws nothing."""
    if Check.objects.filter(day=day).exists():
        return 0
    checks = [_check(one, day, order) for order, one in enumerate(drawn(day), start=1)]
    prefetch_related_objects([check.case for check in checks], "parts")
    _spread(checks, day)
    Check.objects.bulk_create(checks, ignore_conflicts=True)
    busy = {check.checker for check in checks if check.checker}
    notify(
        accounts=busy,
        key=f"check:day:{day}",
        subject=f"今天的外部核查 · {day:%m-%d}",
        text="",
        url="/rounds/checks/",
    )
    return len(checks)


def _check(one: Drawn, day: date, order: int) -> Check:
    return Check(
        case=one.case, unit=one.case.lead, day=day, why=one.why, reasons=list(one.reasons), order=order
    )  # fmt: skip


def _spread(checks: Iterable[Check], day: date) -> None:
    """Each to the independent checker with the fewest; among equals chance decides. Nobody independent: to nobody."""
    load = waiting_by_checker()
    staff = sorted(checkers(), key=lambda account: keyed("checker", f"{day}:{account.pk}"))
    for check in checks:
        by_load = sorted(staff, key=lambda account: load.get(account.pk, 0))
        check.checker = next((account for account in by_load if independent(account, _units(check))), None)
        if check.checker:
            check.taken_at = timezone.now()
            load[check.checker.pk] = load.get(check.checker.pk, 0) + 1


def take(*, check: Check, account: Account) -> None:
    """An untaken check becomes the account's. Raises `Refused`; of two at once, one has it."""
    _require_independent(account, check)
    if not _open(check).filter(checker=None).update(checker=account, taken_at=timezone.now()):
        raise Refused("taken", "已经有人领了这件核查。", "Somebody has taken this check already.")


def hand_over(*, check: Check, to: Account, by: Account) -> None:
    """To another independent checker, who is told. Raises `Refused`."""
    if not by.has_role(*DECIDES):
        raise Refused("role", "转交核查由督办或审核员来做。", "A supervisor or reviewer hands checks over.")
    if not to.has_role(Role.CHECKER):
        raise Refused("role", f"{to}不是核查员。", f"{to} is no checker.")
    _require_independent(by, check)
    _require_independent(to, check)
    now = timezone.now()
    with transaction.atomic():
        if not _open(check).update(checker=to, taken_at=now):
            raise _settled()
        notify(
            accounts=[to],
            key=f"check:handed:{check.pk}:{now:%Y%m%d%H%M%S}",
            subject=f"转给您一件外部核查 · {check.case.number}",
            text=check.case.title,
            url=f"/rounds/checks/{check.case.number}/",
        )


def record(*, check: Check, account: Account, finding: Finding) -> Case:
    """The `verify` move with photograph and place, and all that follows, as one. Raises `Refused`, `Conflict`.

    Pressed twice by the same checker it is recorded once.
    """
    if not finding.agrees and not finding.text.strip():
        raise Refused("needs", "不相符时要写明哪里不符。", "Say what does not match.")
    wanted = Result.MATCHES if finding.agrees else Result.MISMATCH
    with transaction.atomic():
        held = _held(check, account, wanted)
        if held.done_at is None:
            _verify(held, account, finding)
            Check.objects.filter(pk=held.pk).update(visited_at=finding.visited_at, accuracy_m=finding.accuracy_m)
    return Case.objects.get(pk=check.case_id)


def _verify(check: Check, account: Account, finding: Finding) -> None:
    rows = attachments(check.case_id, finding.pictures, by=f"account:{account.pk}")
    if finding.pictures and not rows:
        raise Refused(
            "pictures",
            "这张照片案上已经有了：请到现场重新拍一张。",
            "The case has this photograph already: take a new one on the spot.",
        )
    recorded = {
        "agrees": finding.agrees,
        "place": finding.place,
        "text": finding.text,
        "attachments": [row.sha256 for row in rows],
        **_where(check.case, finding.spot),
    }
    with removed_unless_stored(rows):
        act(case=check.case, steps=[step("verify", recorded)], account=account, extras=rows)


def _where(case: Case, spot: Spot | None) -> dict[str, int]:
    """Where the checker stood, to about 100 m as every pin that events tell, and how far that is from the point."""
    if spot is None:
        return {}
    point = point_of(case)
    stood = {"lat_e3": round(spot.lat * 1000), "lon_e3": round(spot.lon * 1000)}
    return stood | ({"distance_m": metres(point, spot)} if point else {})


def could_not(*, check: Check, account: Account, words: str) -> None:
    """Nothing was verified, and why. The case stays as it is. Raises `Refused`."""
    settled = {"result": Result.FAILED, "words": mask(words).text[:_LONGEST], "checker": account}
    with transaction.atomic():
        held = _held(check, account, Result.FAILED)
        _open(held).update(**settled, done_at=timezone.now())


def _held(check: Check, account: Account, wanted: Result) -> Check:
    """The check, locked: the account's own or nobody's, open or settled as `wanted` already."""
    # Nothing joined: after waiting for the lock, the rows beside it would still be those of before.
    held = Check.objects.select_for_update().get(pk=check.pk)
    _require_independent(account, held)
    if held.checker and held.checker != account:
        raise Refused(
            "taken",
            f"这件核查现在由{held.checker}负责，您填的没有保存。",
            f"This check is {held.checker}'s now; what you filled in was not saved.",
        )
    if held.done_at and held.result != wanted:
        raise _settled()
    return held


def _require_independent(account: Account, check: Check) -> None:
    if not independent(account, _units(check)):
        raise Refused("guard", NOT_OWN_UNIT.zh, NOT_OWN_UNIT.en)


def _units(check: Check) -> set[int | None]:
    """Who answered for the case when it was drawn, and who does now."""
    return {check.unit_id, *owner_ids(check.case)}


def _open(check: Check) -> QuerySet[Check]:
    return Check.objects.filter(pk=check.pk, done_at=None)


def _settled() -> Refused:
    return Refused("done", "这件核查已经有了结果，请刷新后再看。", "This check is settled already. Reload and look.")
