"""The fold's row ↔ the columns of `Case`: what each field is called and how it is written on either side."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.kernel.chain import stamp
from huiyin.kernel.fold import BLANK, Row

# Fields of the fold that live in other tables: CaseText and CasePart.
ELSEWHERE = ("text", "reply", "helpers", "parts", "called")


class Column(NamedTuple):
    field: str
    name: str
    to_column: Callable[[Any], Any]
    to_row: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _stamp(value: datetime | None) -> str | None:
    return None if value is None else stamp(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _column(field: str) -> Column:
    tables = {"lead": codes.units, "area": codes.areas, "category": codes.categories}
    if field in tables:
        table = tables[field]
        return Column(field, f"{field}_id", lambda code: table().id(code), lambda pk: table().code(pk))
    if field == "assignee":
        return Column(field, "assignee_id", _same, _same)
    if field.endswith("_at"):
        return Column(field, field, _time, _stamp)
    if field.endswith("_on"):
        return Column(field, field, _day, _iso)
    return Column(field, field, _same, _same)


COLUMNS = tuple(_column(field) for field in BLANK if field not in ELSEWHERE)
NAMES = tuple(column.name for column in COLUMNS)


def to_values(row: Row) -> list[Any]:
    """Values in the order of `NAMES`."""
    return [column.to_column(row[column.field]) for column in COLUMNS]


def to_changes(before: Mapping[str, Any], after: Row) -> dict[str, Any]:
    """Only the columns that differ."""
    return {
        column.name: column.to_column(after[column.field])
        for column in COLUMNS
        if before[column.field] != after[column.field]
    }


def to_row(case: Case, *, text: str = "", reply: str = "", helpers: tuple[str, ...] = ()) -> Row:
    """The fold's row that a stored case is; the fields from other tables are given."""
    row = {column.field: column.to_row(getattr(case, column.name)) for column in COLUMNS}
    return {**row, "text": text, "reply": reply, "helpers": helpers, "parts": (), "called": ()}
