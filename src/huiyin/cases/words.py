"""What a search takes to mean the same: the office's own groups of words and those that come with the programme; and
places by the first letters of their pinyin.
"""

import re
from functools import lru_cache

from huiyin.cases.models import SynonymGroup
from huiyin.language.pinyin import matches
from huiyin.language.synonyms import Synonyms
from huiyin.people.kept import kept
from huiyin.people.models import Area

_BETWEEN = re.compile(r"[,，、\s]+")
_LETTERS = re.compile("[a-z]{3,16}")  # two letters are the initials of half of all places


def synonyms() -> Synonyms:
    return _synonyms(tuple(str(group) for group in kept(SynonymGroup).rows().values()))


@lru_cache(maxsize=2)
def _synonyms(groups: tuple[str, ...]) -> Synonyms:
    """A single character stands for nothing: it would cut the words it is part of."""
    return Synonyms.common([word for word in _BETWEEN.split(group) if len(word) > 1] for group in groups)


def areas_by_letters(typed: str) -> list[int]:
    """Ids of the areas with these initials in a row: qyxq finds 清源小区. Empty for anything but letters."""
    letters = typed.strip().lower()
    if not _LETTERS.fullmatch(letters):
        return []
    return [pk for pk, area in kept(Area).rows().items() if matches(letters, area.name)]  # type: ignore[attr-defined]
