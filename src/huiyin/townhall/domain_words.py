"""The district's list of watched words: added many at once, removed one by one."""

from typing import Final

from django.db import transaction

from huiyin.townhall.choices import WordUse
from huiyin.townhall.models import Word
from huiyin.townhall.words import plain

LONGEST: Final = 40


class NoWord(ValueError):  # noqa: N818 an answer to whoever sent it
    """A line that no question could be searched for: too long, or without letters and digits."""


def lines_of(text: str) -> list[str]:
    """The words, one a line, each once however it is spelled."""
    lines = (line.strip() for line in text.splitlines())
    return list({plain(line) or line: line for line in lines if line}.values())


@transaction.atomic
def add(*, text: str, use: WordUse) -> int:
    """Put every line on the list; one that stands there already, in any spelling, leads to `use` from now on.

    How many are new. Raises `NoWord` with the first line that cannot be searched for; then none is added.
    """
    lines = lines_of(text)
    for line in lines:
        if len(line) > LONGEST or not plain(line):
            raise NoWord(line[:LONGEST])
    standing = {plain(word.text): word.pk for word in Word.objects.all()}
    known = [standing[plain(line)] for line in lines if plain(line) in standing]
    fresh = [Word(text=line, use=use) for line in lines if plain(line) not in standing]
    Word.objects.filter(pk__in=known).update(use=use)
    return len(Word.objects.bulk_create(fresh, ignore_conflicts=True))


def remove(pk: int) -> None:
    """Sent twice, it is gone once."""
    Word.objects.filter(pk=pk).delete()
