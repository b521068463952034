"""Words that a question may not hold, or is looked at for: found however they are spaced, dotted, wide or capital.

Asked of the database at every question: a question is rare, and a word counts in all processes as soon as it stands.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from huiyin.language.folded import folded
from huiyin.townhall.choices import WordUse
from huiyin.townhall.models import Word

_GAP = r"[\W_]*"
_FILLERS = str.maketrans("", "", "\u115f\u1160")  # letters to Unicode, nothing to the eye
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", re.ASCII)


class NotTaken(ValueError):  # noqa: N818 an answer to whoever asks
    """The question holds a word that is not taken."""


def plain(text: str) -> str:
    """Letters and digits in one spelling; "" where nothing can be found by it."""
    return "".join(sign for sign in _folded(text) if sign.isalnum())


def found(text: str, words: Iterable[Word]) -> list[Word]:
    """Those of the words that the text holds. A word of Latin letters is not found inside a longer one."""
    spelled = _folded(text)
    return [word for word in words if _pattern(word.text).search(spelled)]


def refused() -> list[Word]:
    """Those that a question may not hold."""
    return list(Word.objects.filter(use=WordUse.REFUSED))


def use_of(text: str) -> WordUse | None:
    """What becomes of a question with this text: the harder of what its words lead to; None where it holds none."""
    held = {word.use for word in found(text, Word.objects.all())}
    if WordUse.REFUSED in held:
        return WordUse.REFUSED
    return WordUse.HELD if held or says_nothing(text) else None


def says_nothing(text: str) -> bool:
    """One sign again and again, or nothing but addresses: a person looks at it first."""
    return len(set(plain(_ADDRESS.sub(" ", _folded(text))))) <= 1


def _folded(text: str) -> str:
    return folded(text).translate(_FILLERS)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """Its signs with anything but letters and digits between them. A word without letters is found nowhere."""
    signs = plain(word)
    if not signs:
        return re.compile(r"(?!)")
    first = r"(?<![a-z])" if _latin(signs[0]) else ""
    last = r"(?![a-z])" if _latin(signs[-1]) else ""
    return re.compile(first + _GAP.join(map(re.escape, signs)) + last)


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
