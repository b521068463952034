"""Numbers of phones as people type them, and the two hashes that are kept instead."""

import re
import unicodedata
from typing import Final

from huiyin.cases.private import keyed
from huiyin.polls.models import Poll

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_ABROAD: Final = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)")
_LONGEST: Final = 40


def mobile(typed: str) -> str | None:
    """Eleven digits, however they were spaced, however wide, with or without the country's; None if they are none."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", typed[:_LONGEST]))
    digits = _ABROAD.sub("", digits)
    return digits if _MOBILE.fullmatch(digits) and digits.isascii() else None


def hidden(phone: str) -> str:
    """For the person's own eyes: which number they typed."""
    return f"{phone[:3]}****{phone[-4:]}"


def line(phone: str) -> str:
    """Under which codes are found: the same in every poll, so that all messages to one phone are counted together."""
    return keyed("vote line", phone)


def voter(poll: Poll, phone: str) -> str:
    """Another one in every poll: nobody sees in which polls one phone has voted."""
    return keyed("voter", f"{poll.pk} {phone}")
