"""A vote of residents: planned, opened, a code sent, a vote counted, extended, ended; paper added.

Nothing that is written here links a phone to what it chose: see `models.Ballot` and `mixing.py`.
"""

from collections.abc import Collection
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from huiyin.evaluate import gateway
from huiyin.people.queries import current_district
from huiyin.polls import codes, mixing, phones
from huiyin.polls.answers import NotCounted
from huiyin.polls.choices import Means, Stage, Why
from huiyin.polls.models import Option, Poll, Voter

_SAID: Final = 24
_WHY_NOT: Final = {Stage.DRAFT: Why.LATER, Stage.ANNOUNCED: Why.LATER, Stage.CLOSED: Why.ENDED}


def means() -> Means:
    """A gateway, or in an invented district the page itself; in a real one nothing is ever shown instead of sent."""
    if gateway.configured():
        return Means.SMS
    district = current_district()
    return Means.SHOWN if district and district.fictional else Means.NONE


def send_code(poll: Poll, *, phone: str) -> str:
    """Six digits to this phone, voted or not. Returns them in a demonstration only, else "". Raises `NotCounted`.

    The message is sent here and now: a job for the worker would write the number down.
    """
    by, number = means(), _number(phone)
    _require_open(Poll.objects.get(pk=poll.pk))
    if by == Means.NONE:
        raise NotCounted(Why.NO_MEANS)
    code, word = codes.give(poll, number)
    if by == Means.SHOWN:
        return word
    try:
        gateway.send(number, _message(poll, word))
    except gateway.NotSent:
        code.delete()
        raise NotCounted(Why.NOT_SENT) from None
    return ""


def _message(poll: Poll, word: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        said = _("%(code)s is your code for the vote “%(question)s”. It counts for 5 minutes; tell it to nobody.")
        return said % {"code": word, "question": poll.question[:_SAID]}


def vote(poll: Poll, *, options: Collection[int], phone: str, code: str) -> None:
    """Count what this phone chose, once, if the code is the one it got. Raises `NotCounted` and says why.

    What can be told without a code is told first; whether the phone has voted only once the code is right.
    """
    number, chosen = _number(phone), choice(poll, options)
    _require_open(Poll.objects.get(pk=poll.pk))
    codes.check(poll, number, code)
    _cast(poll, chosen, number)


@transaction.atomic
def _cast(poll: Poll, chosen: list[int], number: str) -> None:
    """The phone and the ballot, or neither. The poll's row is held: whoever ends it meanwhile waits, or was first."""
    held = Poll.objects.select_for_update().get(pk=poll.pk)
    _require_open(held)
    _voter, new = Voter.objects.get_or_create(poll=held, phone=phones.voter(held, number))
    if not new:
        raise NotCounted(Why.VOTED)
    mixing.put(held, chosen)


def choice(poll: Poll, options: Collection[int]) -> list[int]:
    """Ids in the order of the list, so that a ballot does not tell in which order somebody ticked."""
    wanted = set(options)
    known = list(Option.objects.filter(poll=poll, pk__in=wanted).order_by("position").values_list("pk", flat=True))
    if len(known) != len(wanted):
        raise NotCounted(Why.FOREIGN)
    if not known:
        raise NotCounted(Why.TOO_FEW)
    if len(known) > poll.pick:
        raise NotCounted(Why.TOO_MANY)
    return known


def _number(phone: str) -> str:
    number = phones.mobile(phone)
    if number is None:
        raise NotCounted(Why.PHONE)
    return number


def _require_open(poll: Poll) -> None:
    if why := _WHY_NOT.get(poll.stage_at(timezone.now())):
        raise NotCounted(why)
