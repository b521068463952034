"""The table of rates as a file that explains itself: period, definitions, numerators and denominators."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.labels import english
from huiyin.kernel.figures import rounded
from huiyin.kernel.measures import MEASURES, VARIANT_LABELS
from huiyin.review import cells, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from huiyin.kernel.figures import Figure, Mean
    from huiyin.kernel.measures import Variant
    from huiyin.review.figures import Table

Row = list[str | int | float]
NAMES: Final = (*cells.COUNTS, *cells.RATES)
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def about(table: Table) -> list[Row]:
    """Period, time of counting and the definition of every column."""
    counted = date_format(table.as_of.astimezone(periods.zone()), "Y-m-d H:i")
    rows: list[Row] = [[_("Period"), periods.said(table.period)], [_("Counted at"), counted]]
    definitions: Iterator[Row] = ([cells.label(one), cells.exclusions(one), one.source] for one in MEASURES.values())
    return [*rows, *definitions]


def body(table: Table) -> Iterator[Row]:
    """Head, one row a line, then pooled and mean."""
    yield _head(table)
    for line in table.lines:
        yield [line.code, line.name, *_values(line.figures)]
    yield ["", _("All, pooled"), *_values(table.pooled)]
    yield ["", _("Mean of the lines"), *_means(table)]


def as_csv(table: Table) -> bytes:
    """With a byte order mark: spreadsheets then read the Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for row in (*body(table), [], *about(table)):
        writer.writerow([_harmless(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in ((_("Rates"), body(table)), (_("Definitions"), iter(about(table)))):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 1, 22)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


FORMATS: Final[Mapping[str, tuple[str, Callable[[Table], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def _head(table: Table) -> Row:
    found: Row = [_("Code"), _("Unit") if table.by == "unit" else _("Category")]
    for variant in ("all", "net"):
        for name in NAMES:
            said = f"{cells.label(MEASURES[name])} · {_variant(variant)}"
            found.append(said)
            if name in cells.RATES:
                found += [f"{said} · {_('numerator')}", f"{said} · {_('denominator')}"]
    return found


def _variant(variant: str) -> str:
    zh, en = VARIANT_LABELS["net" if variant == "net" else "all"]
    return en if english() else zh


def _values(figures: Mapping[Variant, Mapping[str, Figure]]) -> Iterator[str | int | float]:
    for variant in figures.values():
        for name in NAMES:
            figure = variant[name]
            if name in cells.COUNTS:
                yield figure.numerator
            else:
                yield _number(figure)
                yield _number_of(cells.numerator(figure))
                yield _number_of(cells.denominator(figure))


def _means(table: Table) -> Iterator[str | int | float]:
    for variant in table.mean.values():
        for name in NAMES:
            yield from [""] if name in cells.COUNTS else [_number(variant[name]), "", ""]


def _number(figure: Figure | Mean) -> str | float:
    """One decimal, as pages round; «—» where nothing was called back."""
    value = rounded(figure.value)
    return figure.text if value is None else float(value)


def _number_of(text: str) -> float:
    return float(text.replace(",", ""))


def _harmless(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
