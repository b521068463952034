"""Codes ↔ ids of units, areas and categories: events speak codes, rows hold ids. Small tables, kept in memory."""

from collections.abc import Callable
from functools import cache
from typing import overload

from django.db.models import Model

from huiyin.cases.models import Category
from huiyin.people.models import Area, Unit


class Codes:
    """One table's codes; re-read when a code or id is not there, so a newly loaded pack is seen."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._ids: dict[str, int] = {}
        self._codes: dict[int, str] = {}

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

    def reload(self) -> None:
        pairs = list(self._model._default_manager.values_list("code", "id"))
        self._ids = dict(pairs)
        self._codes = {pk: code for code, pk in pairs}


def _codes(model: type[Model]) -> Callable[[], Codes]:
    return cache(lambda: Codes(model))


units, areas, categories = _codes(Unit), _codes(Area), _codes(Category)


def reload() -> None:
    for table in (units, areas, categories):
        table().reload()
