"""A sheet of marks: company, item, points earned, points possible, note. Every row is understood, or none is taken."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final, NamedTuple

from django.utils.translation import gettext as _

from huiyin.collect.importing.sheet import Numbered, Sheet, open_sheet
from huiyin.collect.importing.values import Wrong, clean, empty, shown, text_of
from huiyin.language.mask import mask
from huiyin.standing.choices import DEDUCTION, VETO, Part
from huiyin.standing.models import Company

MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_ROWS: Final = 2000
_MOST_PROBLEMS: Final = 20
_LARGEST: Final = Decimal(100_000)
_NOTE: Final = 200
_LONGEST: Final = 2000
_FINEST: Final = -2
HEADER: Final = ("企业", "项目", "得分", "满分", "说明")
ITEMS: Final = {
    "日常检查": Part.INSPECTION.value, "履职检查": Part.DUTY.value, "业主评价": Part.OWNERS.value, "扣分": DEDUCTION,
    "一票否决": VETO,
}  # fmt: skip


class Line(NamedTuple):
    company: Company
    code: str
    earned: Decimal
    possible: Decimal | None
    note: str


class Unreadable(Exception):  # noqa: N818 an answer, not a fault
    """Sentences, each naming its row and what to do; nothing was taken in."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def lines_of(file: IO[bytes], vetoes: Sequence[str]) -> list[Line]:
    """Raises `Unreadable`, `FileProblem`."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 2 MB: bring fewer rows at a time."))
    with NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        return _lines(open_sheet(Path(kept.name)), vetoes)


def _lines(sheet: Sheet, vetoes: Sequence[str]) -> list[Line]:
    plain = ["".join(name.split()) for name in sheet.columns]
    missing = [name for name in HEADER[:3] if name not in plain]
    if missing:
        told = {"names": "、".join(missing), "header": "、".join(HEADER)}
        raise Unreadable(_("Column %(names)s is missing: the header must read %(header)s.") % told)
    if twice := [name for name in HEADER if plain.count(name) > 1]:
        raise Unreadable(_("Columns %(names)s stand there twice; keep one of each.") % {"names": "、".join(twice)})
    rows = list(islice(sheet.rows(), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        raise Unreadable(_("More than %(most)d rows: bring fewer at a time.") % {"most": _MOST_ROWS})
    companies = _companies()
    found: list[tuple[int, Line]] = []
    problems: list[str] = []
    for numbered in rows:
        try:
            found.append((numbered[0], _line(_cells(numbered, plain), companies, vetoes)))
        except ValueError as error:
            problems.append(_("Row %(row)d: %(problem)s") % {"row": numbered[0], "problem": error})
    problems += _twice(found)
    if problems:
        raise Unreadable(*problems[:_MOST_PROBLEMS])
    if not found:
        raise Unreadable(_("The table has a header and no rows: fill it in and bring it again."))
    return [line for _row, line in found]


def _cells(numbered: Numbered, plain: Sequence[str]) -> dict[str, Any]:
    row = numbered[1]
    return {name: row[at] if at < len(row) else None for at, name in enumerate(plain) if name in HEADER}


def _companies() -> dict[str, set[Company]]:
    """By code and by either name, which several may share."""
    companies = list(Company.objects.select_related("unit"))
    found: dict[str, set[Company]] = {}
    for company in companies:
        for name in filter(None, (company.unit.name, company.unit.name_en)):
            found.setdefault(name, set()).add(company)
    return found | {company.unit.code: {company} for company in companies}


def _company(name: str, companies: dict[str, set[Company]]) -> Company:
    found = companies.get(name, set())
    if not found:
        near = _(" or ").join(get_close_matches(name, list(companies), 3, 0.3)) or "—"
        told = {"name": shown(name, 40), "near": near}
        raise ValueError(_("“%(name)s” is no company here. Did you mean %(near)s?") % told)
    if len(found) > 1:
        told = {"name": name[:40], "codes": "、".join(sorted(one.unit.code for one in found))}
        raise ValueError(_("several companies are called “%(name)s”; write a code: %(codes)s.") % told)
    return next(iter(found))


def _line(cells: dict[str, Any], companies: dict[str, set[Company]], vetoes: Sequence[str]) -> Line:
    company, item = _company(text_of(cells["企业"]), companies), text_of(cells["项目"])
    if item not in ITEMS:
        raise ValueError(
            _("“%(item)s” is no item; write one of %(items)s.") % {"item": shown(item, 20), "items": "、".join(ITEMS)}
        )
    code, note = ITEMS[item], _note(cells.get("说明"))
    if code == VETO:
        return Line(company, code, Decimal(0), None, _veto(note, vetoes))
    earned = _number(cells["得分"])
    possible = None if code == DEDUCTION else _number(cells.get("满分"))
    if possible is not None and not 0 < possible >= earned:
        raise ValueError(_("points earned cannot be more than points possible, and those must be above zero."))
    if code == DEDUCTION and not note:
        raise ValueError(_("a deduction needs a note that says what happened."))
    return Line(company, code, earned, possible, note)


def _note(cell: Any) -> str:
    try:
        return mask(clean(text_of(cell), _LONGEST)).text[:_NOTE]
    except Wrong as error:
        raise ValueError(_("the note cannot be read, or is too long; type it anew.")) from error


def _veto(note: str, vetoes: Sequence[str]) -> str:
    if not any(note.startswith(one) for one in vetoes):
        raise ValueError(_("a veto's note must begin with one of %(vetoes)s.") % {"vetoes": "、".join(vetoes) or "—"})
    return note


def _number(cell: Any) -> Decimal:
    try:
        value = Decimal("NaN") if empty(cell) else Decimal(text_of(cell))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value < _LARGEST:
        raise ValueError(_("“%(text)s” is no number of points.") % {"text": shown(cell, 20)})
    if int(value.normalize().as_tuple().exponent) < _FINEST:
        raise ValueError(_("“%(text)s” has more than two decimals; round it.") % {"text": shown(cell, 20)})
    return value


def _twice(found: Sequence[tuple[int, Line]]) -> Iterator[str]:
    """A company has one mark of each part; deductions and vetoes may be several."""
    seen: dict[tuple[int, str], int] = {}
    for row, line in found:
        first = seen.setdefault((line.company.pk, line.code), row)
        if first != row and line.code in Part.values:
            yield _("Rows %(first)d and %(row)d: the same item of one company twice; keep one of them.") % {
                "first": first, "row": row,
            }  # fmt: skip
