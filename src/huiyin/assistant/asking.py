"""One question on its way: whether it may be asked, the line in the log before anything leaves, and what came back.

Few at once in the whole house: a model that is slow must not take the threads that serve the pages.
"""

import hashlib
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.assistant.choices import Outcome, Purpose
from huiyin.assistant.endpoint import Endpoint, Message, NotAnswered, body_of, described, post
from huiyin.assistant.models import Exchange
from huiyin.language.mask import mask
from huiyin.people.models import Account

_AT_ONCE: Final = 2
_HOUR: Final = timedelta(hours=1)
_MOST: Final = 4000  # characters of an answer that are shown


def ask(purpose: Purpose, messages: Sequence[Message], *, account: Account, confidential: bool, about: str = "") -> str:
    """What the model answered, masked; after 4,000 characters it is cut and says so.

    Raises `NotAnswered`; logged in any case.
    """
    to = described()
    body = body_of(to, messages)
    exchange = Exchange(account=account, purpose=purpose, about=about, model=to.model[:120], outcome=Outcome.SENT)
    exchange.sent_characters = sum(len(message.content) for message in messages)
    exchange.digest = hashlib.sha256(body).hexdigest()
    exchange.save()
    began = time.monotonic()
    try:
        _may_leave(exchange, to, confidential=confidential)
        said = post(to, body)
    except NotAnswered as problem:
        _end(exchange, problem.outcome, began)
        raise
    _end(exchange, Outcome.ANSWERED, began, len(said))
    masked = mask(said).text
    return masked if len(masked) <= _MOST else masked[:_MOST] + _(" … (the answer was longer; the rest is left out)")


def _may_leave(exchange: Exchange, to: Endpoint, *, confidential: bool) -> None:
    """The question itself is counted already, so two at the same moment are refused rather than both let through."""
    if confidential:
        raise NotAnswered(_("Confidential cases never go to the assistant."), Outcome.REFUSED)
    asked = Exchange.objects.filter(account=exchange.account, at__gt=exchange.at - _HOUR)
    if asked.exclude(outcome=Outcome.REFUSED).count() > to.per_hour:
        sentence = _("That was %(count)s questions within an hour, the most this office allows. Ask again later.")
        raise NotAnswered(sentence % {"count": to.per_hour}, Outcome.REFUSED)
    longest = timedelta(seconds=4 * to.seconds)  # connecting, waiting, reading; what is older was broken off
    under_way = Exchange.objects.filter(outcome=Outcome.SENT, at__gt=exchange.at - longest)
    if under_way.count() > _AT_ONCE:
        raise NotAnswered(_("The assistant is busy. Ask again in a moment."), Outcome.REFUSED)


def _end(exchange: Exchange, outcome: Outcome, began: float, received: int = 0) -> None:
    exchange.outcome, exchange.received_characters = outcome, received
    exchange.seconds = round(time.monotonic() - began, 3)
    if outcome == Outcome.REFUSED:
        exchange.sent_characters, exchange.digest = 0, ""
    exchange.save(update_fields=["outcome", "received_characters", "seconds", "sent_characters", "digest"])


def forget_old() -> int:
    """Lines of half a year ago; how many."""
    return Exchange.objects.filter(at__lt=timezone.now() - timedelta(days=180)).delete()[0]
