"""Keyset paging: a page begins where the last one ended, so page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import connection
from django.db.models import Q, QuerySet

from huiyin.cases.models import Case

Show = Callable[[QuerySet[Case]], QuerySet[Case]]
SIZE = 30  # two screens of a desk; every row costs a quarter of a millisecond, on a phone more
CAP = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases; `next` and `prev` are cursors, empty where there is nothing more."""

    rows: list[Case]
    next: str = ""
    prev: str = ""


def paged(
    cases: QuerySet[Case],
    *others: QuerySet[Case],
    order: Sequence[str],
    cursor: str = "",
    size: int = SIZE,
    shown: Show = lambda cases: cases,
) -> Page:
    """One page of `cases` in one query; of several lists that may overlap in two, each list cut by its own index first.

    `order`: fields or annotations without nulls that end in a unique one, all in one direction ("-id" is down).
    `shown` narrows the columns of the rows that are read.
    A cursor that was not made here begins at the first page.
    """
    backwards, values = _read(cursor, order)
    way = [_turned(name) for name in order] if backwards else list(order)
    beyond = _beyond(order, values, up=order[0].startswith("-") == backwards) if values else Q()
    parts = [part.filter(beyond).order_by(*way)[: size + 1] for part in (cases, *others)]
    rows = list(shown(_merged(parts, order, way, size) if others else parts[0]))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before, after = (more, True) if backwards else (bool(values), more)
    return Page(
        rows,
        next=_write("next", rows[-1], order) if rows and after else "",
        prev=_write("prev", rows[0], order) if rows and before else "",
    )


def after(cases: QuerySet[Case], *, order: Sequence[str], case: Case) -> Case | None:
    """The case that follows `case`, itself not necessarily in the list any more."""
    up = not order[0].startswith("-")
    return cases.filter(_beyond(order, _values(case, order), up=up)).order_by(*order).first()


def _merged(parts: Sequence[QuerySet[Case]], order: Sequence[str], way: Sequence[str], size: int) -> QuerySet[Case]:
    """Keys first, from the indexes alone; then the rows of this page. In one query the planner reads rows too early."""
    keys = [part.values_list(*(name.lstrip("-") for name in order)) for part in parts]
    found = [key[-1] for key in keys[0].union(*keys[1:]).order_by(*way)[: size + 1]]
    return Case.objects.filter(pk__in=found).order_by(*way)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _values(case: Case, order: Sequence[str]) -> list[Any]:
    return [getattr(case, name.lstrip("-")) for name in order]


def _beyond(order: Sequence[str], values: Sequence[Any], *, up: bool) -> Q:
    """Row comparison in a shape whose first part an index can use."""
    names, beyond = [name.lstrip("-") for name in order], "gt" if up else "lt"
    later = Q()
    for i, name in enumerate(names):
        same = dict(zip(names[:i], values[:i], strict=True))
        later |= Q(**same, **{f"{name}__{beyond}": values[i]})
    return Q(**{f"{names[0]}__{beyond}e": values[0]}) & later


def _write(direction: str, case: Case, order: Sequence[str]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in _values(case, order)]
    return signing.dumps([direction, *plain], salt=_salt(order))


def _salt(order: Sequence[str]) -> str:
    """A cursor is good for the order it was made in, and no other."""
    return f"cursor {' '.join(order)}"


def _read(cursor: str, order: Sequence[str]) -> tuple[bool, list[Any]]:
    try:
        direction, *values = signing.loads(cursor, salt=_salt(order))
    except signing.BadSignature:
        return False, []
    return (direction == "prev", values) if len(values) == len(order) else (False, [])


def capped_counts(lists: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    """How many rows each list has, up to `CAP` + 1, in one query that never counts further."""
    parts: list[str] = []
    params: list[Any] = []
    for cases in lists.values():
        sql, given = cases.order_by().select_related(None).values("pk")[: CAP + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS few)")  # noqa: S608 Django's own SQL, its values as parameters
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def shown_count(count: int) -> str:
    return f"{CAP:,}+" if count > CAP else f"{count:,}"
