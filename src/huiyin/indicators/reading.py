"""A table of values from elsewhere: unit, period, value. Every row is understood, or nothing is taken in."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from huiyin.collect.importing.sheet import Numbered, Sheet, open_sheet
from huiyin.collect.importing.values import text_of
from huiyin.indicators import spans
from huiyin.indicators.models import Indicator
from huiyin.people.models import Unit

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 2000
_MOST_PROBLEMS: Final = 20
_LARGEST: Final = Decimal(10) ** 12
_WORST: Final = -4
# Lower case, without blanks: what each column may be called.
COLUMNS: Final = {
    "unit": ("单位", "街镇", "街道", "unit"),
    "period": ("日期", "周期", "月份", "期间", "时间", "季度", "period", "date"),
    "value": ("数值", "值", "得分", "浓度", "value"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One understood row; `row` as the spreadsheet numbers it."""

    row: int
    unit: str
    start: date
    end: date
    value: Decimal


class Unreadable(Exception):  # noqa: N818 an answer, not a fault
    """Sentences, each naming its row and what to do; nothing was taken in."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Table:
    lines: list[Line]
    sha256: str


def table_of(file: IO[bytes], indicator: Indicator) -> Table:
    """Raises `Unreadable`, `FileProblem`."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 2 MB: split it by period."))
    with NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        lines = _lines(open_sheet(Path(kept.name)), indicator)
    return Table(lines, hashlib.sha256(content).hexdigest())


def _lines(sheet: Sheet, indicator: Indicator) -> list[Line]:
    where, names = _columns(sheet.columns), _names()
    problems: list[str] = []
    lines: list[Line] = []
    rows = list(islice(sheet.rows(), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("More than %(most)d rows: split the file by period.") % {"most": MOST_ROWS})
    for numbered in rows:
        try:
            lines.append(_line(numbered, where, names, indicator))
        except ValueError as error:
            problems.append(str(error))
    problems += _twice(lines)
    if problems:
        raise Unreadable(*problems[:_MOST_PROBLEMS])
    if not lines:
        raise Unreadable(_("The table has a header and no rows: fill it in and bring it again."))
    return lines


def _columns(header: Sequence[str]) -> dict[str, int]:
    plain = ["".join(name.split()).lower() for name in header]
    found = {key: next((plain.index(name) for name in names if name in plain), -1) for key, names in COLUMNS.items()}
    missing = [COLUMNS[key][0] for key, at in found.items() if at < 0]
    if missing:
        raise Unreadable(
            _("Column %(names)s is missing: the header must read 单位, 日期, 数值.") % {"names": "、".join(missing)}
        )
    return found


def _names() -> dict[str, Unit]:
    """Units by code and by either name."""
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(active=True):
        found |= {name: unit for name in (unit.code, unit.name, unit.name_en) if name}
    return found


def _line(numbered: Numbered, where: dict[str, int], names: dict[str, Unit], indicator: Indicator) -> Line:
    number, row = numbered
    cells = {key: row[at] if at < len(row) else None for key, at in where.items()}
    unit = names.get(text_of(cells["unit"]))
    if unit is None:
        raise ValueError(_unknown(number, text_of(cells["unit"]), names))
    try:
        span = spans.read(indicator.cycle, cells["period"])
    except ValueError as error:
        told = {"row": number, "text": text_of(cells["period"])[:20], "example": error}
        raise ValueError(_("Row %(row)d: “%(text)s” is no period; write it like %(example)s.") % told) from error
    return Line(number, unit.code, span.start, span.end, _number(number, cells["value"]))


def _unknown(number: int, text: str, names: dict[str, Unit]) -> str:
    if not text:
        return _("Row %(row)d: the unit is empty; fill it in, or delete the row.") % {"row": number}
    told = {"row": number, "text": text[:40], "near": _(" or ").join(get_close_matches(text, list(names), 3, 0.4))}
    if not told["near"]:
        return _("Row %(row)d: “%(text)s” is no unit of this district; write its full name.") % told
    return _("Row %(row)d: “%(text)s” is no unit of this district. Did you mean %(near)s?") % told


def _number(number: int, cell: Any) -> Decimal:
    text = text_of(cell).replace(",", "").removesuffix("%")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= _LARGEST:
        told = {"row": number, "text": text_of(cell)[:20]}
        raise ValueError(_("Row %(row)d: “%(text)s” is no number; write digits alone.") % told)
    return value if int(value.as_tuple().exponent) >= _WORST else value.quantize(Decimal("0.0001"))


def _twice(lines: Sequence[Line]) -> Iterator[str]:
    """A unit has one value in a period: which rows say two."""
    seen: dict[tuple[str, date], Line] = {}
    for line in lines:
        first = seen.setdefault((line.unit, line.start), line)
        if first is not line:
            told = {"first": first.row, "row": line.row}
            yield _("Rows %(first)d and %(row)d: the same unit twice in one period; keep one of them.") % told
