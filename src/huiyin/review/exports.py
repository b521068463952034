"""The table of rates as a file that explains itself: period, definitions, numerators and denominators."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.labels import english
from huiyin.kernel.figures import rounded
from huiyin.kernel.measures import MEASURES, VARIANT_LABELS
from huiyin.review import cells, periods, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from huiyin.kernel.figures import Figure, Mean
    from huiyin.kernel.measures import Variant
    from huiyin.review.figures import Table

Row = list[str | int | float]
NAMES: Final = (*cells.COUNTS, *cells.RATES)
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def about(table: Table) -> list[Row]:
    """Period, time of counting, cut-off and the definition of every measure."""
    counted = date_format(table.as_of.astimezone(periods.zone()), "Y-m-d H:i")
    rows: list[Row] = [[_("Period"), periods.said(table.period)], [_("Counted at"), counted]]
    kept: list[Row] = [[_("Cut-off"), table.frozen.sha256]] if table.frozen else []
    return [*rows, *kept, *definitions(table)]


def definitions(table: Table) -> list[Row]:
    return [[cells.label(one), cells.exclusions(one), one.source] for one in table.measures.values()]


def body(table: Table, names: Sequence[str] = NAMES) -> Iterator[Row]:
    """Head, one row a line, then pooled and mean."""
    yield _head(table, names)
    for line in table.lines:
        yield [line.code, line.name, *_values(line.figures, names)]
    yield ["", _("All, pooled"), *_values(table.pooled, names)]
    yield ["", _("Mean of the lines"), *_means(table, names)]


def as_csv(table: Table, names: Sequence[str] = NAMES) -> bytes:
    return csv_of(body(table, names), about(table))


def as_xlsx(table: Table, names: Sequence[str] = NAMES) -> bytes:
    return xlsx_of({_("Rates"): body(table, names), _("Definitions"): about(table)})


def as_parquet(table: Table, _names: Sequence[str] = NAMES) -> bytes:
    """Every measure: its sums as whole numbers, and what they mean in the schema's metadata."""
    rows = [{"code": line.code, "name": line.name} | _sums(line.figures) for line in table.lines]
    return parquet_of(rows, report.told(table))


def parquet_of(rows: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> bytes:
    """`told` is JSON under the key "huiyin"."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    made, file = pa.Table.from_pylist(list(rows)), BytesIO()
    told_json = json.dumps(told, ensure_ascii=False)
    pq.write_table(made.replace_schema_metadata({"huiyin": told_json}), file)
    return file.getvalue()


def csv_of(*parts: Iterable[Row]) -> bytes:
    """One under the other. With a byte order mark: spreadsheets then read the Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for at, part in enumerate(parts):
        writer.writerows([[], *map(_row, part)] if at else map(_row, part))
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 1, 22)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
FORMATS: Final[Mapping[str, tuple[str, Callable[[Table, Sequence[str]], bytes]]]] = {
    "csv": (KINDS["csv"], as_csv),
    "xlsx": (KINDS["xlsx"], as_xlsx),
    "parquet": (KINDS["parquet"], as_parquet),
}


def _sums(figures: Mapping[Variant, Mapping[str, Figure]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variant, of in figures.items():
        for name, figure in of.items():
            found[f"{name}_{variant}_numerator"] = figure.numerator
            if figure.measure.denominator is not None:
                found[f"{name}_{variant}_denominator"] = figure.denominator
                found[f"{name}_{variant}"] = None if figure.value is None else float(figure.value)
    return found


def _head(table: Table, names: Sequence[str]) -> Row:
    found: Row = [_("Code"), _("Unit") if table.by == "unit" else _("Category")]
    for variant in ("all", "net"):
        for name in names:
            said = f"{cells.label(MEASURES[name])} · {variant_said(variant)}"
            found.append(said)
            if MEASURES[name].denominator is not None:
                found += [f"{said} · {_('numerator')}", f"{said} · {_('denominator')}"]
    return found


def variant_said(variant: str) -> str:
    zh, en = VARIANT_LABELS["net" if variant == "net" else "all"]
    return en if english() else zh


def _values(figures: Mapping[Variant, Mapping[str, Figure]], names: Sequence[str]) -> Iterator[str | int | float]:
    for variant in figures.values():
        for name in names:
            figure = variant[name]
            if figure.denominator is None:
                yield figure.numerator
            else:
                yield _number(figure)
                yield _number_of(cells.numerator(figure))
                yield _number_of(cells.denominator(figure))


def _means(table: Table, names: Sequence[str]) -> Iterator[str | int | float]:
    for variant in table.mean.values():
        for name in names:
            yield from [""] if name not in variant else [_number(variant[name]), "", ""]


def _number(figure: Figure | Mean) -> str | float:
    """One decimal, as pages round; «—» where nothing was called back."""
    value = rounded(figure.value)
    return figure.text if value is None else float(value)


def _number_of(text: str) -> float:
    return float(text.replace(",", ""))


def _row(row: Row) -> Row:
    return [_harmless(value) for value in row]


def _harmless(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
