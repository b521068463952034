"""Names a file may use for this district's categories, areas and units → their codes."""

from collections.abc import Iterable
from dataclasses import replace

from huiyin.cases.models import Category
from huiyin.collect.importing.maps import History, plain
from huiyin.people.models import Area, Unit

Names = dict[str, str]


class Directory:
    """All three tables in memory. A name that two rows share stands for neither."""

    def __init__(self) -> None:
        self.tables = {"category": _index(_categories()), "area": _index(_areas()), "unit": _index(_units())}

    def code(self, table: str, name: str) -> str | None:
        return self.tables[table].get(plain(name))

    def known(self, last_resort: History) -> History:
        """The same without what this district does not have."""
        category, lead = self.code("category", last_resort.category), self.code("unit", last_resort.lead)
        return replace(last_resort, category=category or "", lead=lead or "")


def _index(pairs: Iterable[tuple[str, str]]) -> Names:
    found: Names = {}
    shared = set()
    for name, code in pairs:
        key = plain(name)
        if key and found.setdefault(key, code) != code:
            shared.add(key)
    return {name: code for name, code in found.items() if name not in shared}


def _categories() -> Iterable[tuple[str, str]]:
    for row in Category.objects.select_related("parent"):
        yield row.code, row.code
        yield row.name, row.code
        if row.parent:
            for mark in ("/", " / ", "-", ">", "—"):
                yield f"{row.parent.name}{mark}{row.name}", row.code
        for other in row.codes.values():
            yield str(other), row.code


def _areas() -> Iterable[tuple[str, str]]:
    for row in Area.objects.all():
        for name in (row.code, row.name, *row.aliases.split("|")):
            yield name, row.code


def _units() -> Iterable[tuple[str, str]]:
    for row in Unit.objects.filter(active=True):
        yield row.code, row.code
        yield row.name, row.code
