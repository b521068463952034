"""Six digits sent to a phone: who types them has it in hand. Kept as a keyed hash, five minutes, five tries."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from huiyin.cases.private import keyed
from huiyin.polls.answers import NotCounted
from huiyin.polls.choices import Why
from huiyin.polls.models import Code, Poll
from huiyin.polls.phones import line

LASTS: Final = timedelta(minutes=5)
PAUSE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
TRIES: Final = 5
A_DAY: Final = 5  # messages to one phone, whoever asked for them
_DIGITS: Final = 6


@transaction.atomic
def give(poll: Poll, phone: str) -> tuple[Code, str]:
    """A new code, and its row; the one before does not count any more. Raises `NotCounted`."""
    now, known = timezone.now(), line(phone)
    _alone(known)
    _require_patience(known, now)
    Code.objects.filter(line=known, poll=poll).update(tries_left=0)
    code, word = uuid4(), f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    told = {"digest": _digest(str(code), word), "sent_at": now, "expires_at": now + LASTS, "tries_left": TRIES}
    return Code.objects.create(id=code, poll=poll, line=known, **told), word


def _alone(known: str) -> None:
    """Two browsers that ask for one phone at once follow one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [known])


def _require_patience(known: str, now: datetime) -> None:
    sent = list(Code.objects.filter(line=known, sent_at__gt=now - DAY).values_list("sent_at", flat=True))
    if len(sent) >= A_DAY:
        raise NotCounted(Why.ENOUGH)
    if any(at > now - PAUSE for at in sent):
        raise NotCounted(Why.WAIT)


def check(poll: Poll, phone: str, typed: str) -> None:
    """Raises `NotCounted` unless these digits went to this phone. Every look costs a try, and is kept."""
    newest = Code.objects.filter(line=line(phone), poll=poll).order_by("-sent_at").first()
    if newest is None or not _spend(newest):
        raise NotCounted(Why.OLD_CODE)
    word = "".join(unicodedata.normalize("NFKC", typed[:20]).split())
    if not constant_time_compare(newest.digest, _digest(str(newest.pk), word)):
        newest.refresh_from_db()
        raise NotCounted(Why.WRONG_CODE, tries=newest.tries_left)


def _spend(code: Code) -> bool:
    live = Code.objects.filter(pk=code.pk, tries_left__gt=0, expires_at__gt=timezone.now())
    return bool(live.update(tries_left=F("tries_left") - 1))


def _digest(code: str, word: str) -> str:
    return keyed("vote code", f"{code} {word}")
