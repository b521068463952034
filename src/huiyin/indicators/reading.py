"""A table of values from elsewhere: unit, period, value. Every row is understood, or nothing is taken in."""

import hashlib
import re
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
from huiyin.collect.importing.values import shown, text_of
from huiyin.indicators import spans
from huiyin.indicators.models import Indicator
from huiyin.people.models import Unit

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 2000
_MOST_PROBLEMS: Final = 20
# Whole digits that a value may have.
_MOST_DIGITS: Final = 12
_FINEST: Final = Decimal("0.0001")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
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
    found = {key: [at for at, name in enumerate(plain) if name in names] for key, names in COLUMNS.items()}
    missing = [COLUMNS[key][0] for key, where in found.items() if not where]
    if missing:
        raise Unreadable(
            _("Column %(names)s is missing: the header must read 单位, 日期, 数值.") % {"names": "、".join(missing)}
        )
    for where in found.values():
        if len(where) > 1:
            told = {"names": "、".join(header[at] for at in where)}
            raise Unreadable(_("Columns %(names)s say the same thing; keep one of them.") % told)
    return {key: where[0] for key, where in found.items()}


def _names() -> dict[str, set[Unit]]:
    """Units by code and by either name, which several may share."""
    units = list(Unit.objects.filter(active=True))
    found: dict[str, set[Unit]] = {}
    for unit in units:
        for name in filter(None, (unit.name, unit.name_en)):
            found.setdefault(name, set()).add(unit)
    return found | {unit.code: {unit} for unit in units}


def _line(numbered: Numbered, where: dict[str, int], names: dict[str, set[Unit]], indicator: Indicator) -> Line:
    number, row = numbered
    cells = {key: row[at] if at < len(row) else None for key, at in where.items()}
    unit = _unit(number, cells["unit"], names)
    try:
        span = spans.read(indicator.cycle, cells["period"])
    except ValueError as error:
        told = {"row": number, "text": shown(cells["period"], 20), "example": error}
        raise ValueError(_("Row %(row)d: “%(text)s” is no period; write it like %(example)s.") % told) from error
    return Line(number, unit.code, span.start, span.end, _number(number, cells["value"]))


def _unit(number: int, cell: Any, names: dict[str, set[Unit]]) -> Unit:
    found = names.get(text_of(cell), set())
    if not found:
        raise ValueError(_unknown(number, text_of(cell), names))
    if len(found) > 1:
        told = {"row": number, "text": shown(cell, 40), "codes": "、".join(sorted(unit.code for unit in found))}
        raise ValueError(_("Row %(row)d: several units are called “%(text)s”; write a code: %(codes)s.") % told)
    return next(iter(found))


def _unknown(number: int, text: str, names: dict[str, set[Unit]]) -> str:
    if not text:
        return _("Row %(row)d: the unit is empty; fill it in, or delete the row.") % {"row": number}
    near = _(" or ").join(get_close_matches(text, list(names), 3, 0.4))
    told = {"row": number, "text": shown(text, 40), "near": near}
    if not told["near"]:
        return _("Row %(row)d: “%(text)s” is no unit of this district; write its full name.") % told
    return _("Row %(row)d: “%(text)s” is no unit of this district. Did you mean %(near)s?") % told


def _number(number: int, cell: Any) -> Decimal:
    text = text_of(cell).removesuffix("%")
    try:
        value = Decimal(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    except InvalidOperation:
        value = Decimal("NaN")
    # By its digits first: no arithmetic is done with "1e999999999".
    rounded = _rounded(value) if value.is_finite() and value.adjusted() < _MOST_DIGITS else None
    if rounded is None or rounded.adjusted() >= _MOST_DIGITS:
        raise ValueError(_("Row %(row)d: “%(text)s” is no number; write digits alone.") % _told(number, cell))
    return rounded


def _rounded(value: Decimal) -> Decimal:
    return value if int(value.as_tuple().exponent) >= _FINEST.adjusted() else value.quantize(_FINEST)


def _told(number: int, cell: Any) -> dict[str, object]:
    return {"row": number, "text": shown(cell, 20)}


def _twice(lines: Sequence[Line]) -> Iterator[str]:
    """A unit has one value in a period: which rows say two."""
    seen: dict[tuple[str, date], Line] = {}
    for line in lines:
        first = seen.setdefault((line.unit, line.start), line)
        if first is not line:
            told = {"first": first.row, "row": line.row}
            yield _("Rows %(first)d and %(row)d: the same unit twice in one period; keep one of them.") % told
