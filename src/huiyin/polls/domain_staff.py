"""What the staff does with a vote. Each verb names the version it has seen, is written to the log, or is `Late`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.people.models import Account, Unit
from huiyin.polls import mixing
from huiyin.polls.choices import Verb
from huiyin.polls.models import MOST_OPTIONS, Entry, Option, Poll

LEAST_OPTIONS: Final = 2
_DRAFT: Final = Q(opened_at=None)
_OPENED: Final = Q(opened_at__isnull=False)


class Late(Exception):  # noqa: N818 an answer, not a fault
    """Somebody else was faster, or voting has gone on: nothing was done."""


class Wording(NamedTuple):
    """An option as it is typed."""

    title: str
    details: str = ""
    yuan: int | None = None


@transaction.atomic
def plan(*, by: Account, options: Sequence[Wording], poll: Poll | None = None, version: int = 0, **values: Any) -> Poll:
    """A draft, or another wording of one. Raises ValueError with a sentence, `Late` where it is no draft any more."""
    _require_sound(options, **values)
    if poll is None:
        poll = Poll.objects.create(code=_code(values["unit"]), **values)
        _log(poll, Verb.PLANNED, by)
    else:
        _step(poll, version, _DRAFT, **values)
        _log(poll, Verb.CHANGED, by)
    poll.options.all().delete()
    rows = [Option(poll=poll, position=number, **one._asdict()) for number, one in enumerate(options, 1)]
    Option.objects.bulk_create(rows)
    return poll


def _require_sound(options: Sequence[Wording], *, pick: int, closes_at: datetime, **others: Any) -> None:
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise ValueError(_("A vote needs two to twelve options."))
    if len({one.title for one in options}) < len(options):
        raise ValueError(_("Two options have the same name: nobody could tell them apart."))
    if not 1 <= pick <= len(options):
        raise ValueError(_("One may choose at least one, and at most as many as there are."))
    _require_times(others.get("opens_at"), closes_at)


def _require_times(opens_at: datetime | None, closes_at: datetime) -> None:
    now = timezone.now()
    if closes_at <= now or (opens_at and closes_at <= opens_at):
        raise ValueError(_("Voting must end later than now, and later than it begins."))


def _code(unit: Unit) -> str:
    """Day and unit; a second vote of the day gets a number. The unit's row is held, so that no two get the same."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    first = f"{timezone.localdate():%Y%m%d}-{unit.code}".lower()[:45].replace(".", "-")
    taken = set(Poll.objects.filter(code__startswith=first).values_list("code", flat=True))
    return next(code for code in chain([first], (f"{first}-{number}" for number in count(2))) if code not in taken)


@transaction.atomic
def open_poll(poll: Poll, *, by: Account, version: int) -> None:
    """From now on, or from the time that was planned, residents vote; its wording stands. ValueError: its times."""
    fresh, now = Poll.objects.get(pk=poll.pk), timezone.now()
    _require_times(fresh.opens_at, fresh.closes_at)
    begins = max(fresh.opens_at or now, now)
    _step(poll, version, _DRAFT, opened_at=now, opens_at=begins)
    _log(poll, Verb.OPENED, by)


@transaction.atomic
def extend(poll: Poll, *, by: Account, version: int, closes_at: datetime, note: str) -> None:
    """A later end while voting goes on, and why, for everybody to read. A vote that has ended stays so."""
    fresh = Poll.objects.get(pk=poll.pk)
    if closes_at <= fresh.closes_at:
        raise ValueError(_("An extension ends later than planned so far."))
    _step(poll, version, _OPENED & Q(closes_at__gt=timezone.now()), closes_at=closes_at)
    _log(poll, Verb.EXTENDED, by, note)


@transaction.atomic
def close_poll(poll: Poll, *, by: Account, version: int, note: str) -> None:
    """End it before its time, and say why to everybody. Votes that are being written are counted, or told."""
    now = timezone.now()
    _step(poll, version, _OPENED & Q(closes_at__gt=now), closes_at=now)
    _log(poll, Verb.ENDED, by, note)
    mixing.mix(poll)


@transaction.atomic
def enter_paper(poll: Poll, *, by: Account, version: int, ballots: int, invalid: int, votes: Mapping[int, int]) -> None:
    """What was counted on paper, by option (id → votes); entered again, it replaces the former count. ValueError."""
    require_countable(ballots=ballots, invalid=invalid, votes=list(votes.values()), pick=poll.pick)
    _step(poll, version, _OPENED, paper_ballots=ballots, paper_invalid=invalid, paper_at=timezone.now())
    for option in Option.objects.filter(poll=poll):
        Option.objects.filter(pk=option.pk).update(paper=votes.get(option.pk, 0))
    counted = _("%(ballots)d ballots, %(invalid)d of them invalid") % {"ballots": ballots, "invalid": invalid}
    _log(poll, Verb.COUNTED, by, f"{counted} · {' '.join(str(number) for number in votes.values())}")


def require_countable(*, ballots: int, invalid: int, votes: Sequence[int], pick: int) -> None:
    """Every valid ballot chooses at least one option and at most `pick`, none of them twice."""
    valid = ballots - invalid
    if min(ballots, invalid, valid, *votes) < 0:
        raise ValueError(_("There cannot be more invalid ballots than ballots."))
    if max(votes) > valid:
        raise ValueError(_("An option has more votes than there are valid ballots: count again."))
    if not valid <= sum(votes) <= valid * pick:
        told = {"votes": sum(votes), "valid": valid, "most": valid * pick}
        raise ValueError(_("%(votes)d votes do not fit %(valid)d valid ballots: %(valid)d to %(most)d would.") % told)


def _step(poll: Poll, version: int, allowed: Q, **values: Any) -> None:
    """One version further, if it is the one that was seen and stands where it may; else `Late`."""
    seen = Poll.objects.filter(allowed, pk=poll.pk, version=version)
    if not seen.update(version=F("version") + 1, **values):
        raise Late
    poll.refresh_from_db()


def _log(poll: Poll, verb: Verb, by: Account, note: str = "") -> None:
    Entry.objects.create(poll=poll, verb=verb, by=by, note=note[:200], at=timezone.now())
