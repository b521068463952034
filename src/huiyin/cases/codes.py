"""Codes ↔ ids ↔ names of units, areas and categories: events speak codes, rows hold ids, people read names.

Small tables, kept in memory.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import overload

from django.db.models import Model

from huiyin.cases.models import Category
from huiyin.people import memory
from huiyin.people.kept import kept
from huiyin.people.models import Area, Unit


class Codes:
    """One table's codes; re-read when one is not there, names also after a minute, so a newly loaded pack is seen."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._ids: dict[str, int] = {}
        self._codes: dict[int, str] = {}
        self._names: dict[bool, dict[str, str]] = {}
        self._read_at = 0.0

    @overload
    def id(self, code: str) -> int: ...
    @overload
    def id(self, code: None) -> None: ...
    def id(self, code: str | None) -> int | None:
        """Raises KeyError for a code that no row has."""
        if code is None:
            return None
        if code not in self._ids:
            self.reload()
        return self._ids[code]

    def code(self, pk: int | None) -> str | None:
        if pk is None:
            return None
        if pk not in self._codes:
            self.reload()
        return self._codes[pk]

    def knows(self, code: str) -> bool:
        if code not in self._ids:
            self.reload()
        return code in self._ids

    def names(self, *, english: bool) -> Mapping[str, str]:
        """Code → name; the Chinese one where there is no English one."""
        if memory.now() > self._read_at + memory.MINUTE:
            self.reload()
        return self._names[english]

    def last(self) -> str:
        """The last code in their order: a list of categories ends with what fits nowhere else."""
        if not self._ids:
            self.reload()
        return max(self._ids)

    def reload(self) -> None:
        kept(self._model).reload()
        named = kept(self._model).rows().values()
        rows = [(row.code, row.pk, row.name, row.name_en) for row in named]  # type: ignore[attr-defined]
        self._ids = {code: pk for code, pk, _, _ in rows}
        self._codes = {pk: code for code, pk, _, _ in rows}
        self._names = {
            False: {code: zh for code, _, zh, _ in rows},
            True: {code: en or zh for code, _, zh, en in rows},
        }
        self._read_at = memory.now()


def _codes(model: type[Model]) -> Callable[[], Codes]:
    return cache(lambda: Codes(model))


units, areas, categories = _codes(Unit), _codes(Area), _codes(Category)


def reload() -> None:
    for table in (units, areas, categories):
        table().reload()
