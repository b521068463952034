"""Who may see a case without an account: whoever gave its secret once, in this session."""

import unicodedata

from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from huiyin.cases.domain import secret_digest
from huiyin.cases.models import Case, Receipt
from huiyin.cases.private import keyed
from huiyin.people.senders import sender

_HELD = "tracks"
_HELD_MOST = 20
# Wrong tries of one sender: enough for a trembling hand. The secret itself (50 bits) is what keeps guessers out, so a
# count in each web process is enough.
WRONG_TRIES = 20
_FORGET_SECONDS = 600
_NOBODY = "0" * 64


def plain(text: str) -> str:
    """As printed: full-width letters, small letters and spaces are what phones make of it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def open_with(number: str, secret: str) -> Case | None:
    """The case, when the secret is right. An unknown number takes the same steps as a wrong secret."""
    receipt = Receipt.objects.select_related("case").filter(case__number=number).first()
    known = receipt.secret_digest if receipt else _NOBODY
    right = constant_time_compare(secret_digest(number, secret), known)
    return receipt.case if receipt and right else None


def remember(session: SessionBase, number: str) -> None:
    held = [one for one in session.get(_HELD, []) if one != number]
    session[_HELD] = [number, *held][:_HELD_MOST]


def holds(session: SessionBase, number: str) -> bool:
    return number in session.get(_HELD, [])


def too_many(request: HttpRequest) -> bool:
    return int(cache.get(_sender(request), 0)) >= WRONG_TRIES


def note_wrong(request: HttpRequest) -> None:
    key = _sender(request)
    if not cache.add(key, 1, _FORGET_SECONDS):
        cache.incr(key)


def _sender(request: HttpRequest) -> str:
    """A keyed hash of the address, never the address."""
    return "track:" + keyed("sender", sender(request))[:32]
