"""Tables as files that explain themselves, for spreadsheets."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Final

from django.http import HttpResponse

from huiyin.cases.exports import harmless

Rows = Iterable[Sequence[object]]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet forbids in the name of a sheet.
_NO_TITLE: Final = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_LONGEST_TITLE: Final = 31
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_csv(sheets: Mapping[str, Rows]) -> bytes:
    """One sheet under the other. With a byte order mark: spreadsheets then read the Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for name, rows in sheets.items():
        writer.writerow([harmless(name)])
        writer.writerows([_cell(value) for value in row] for row in rows)
        writer.writerow([])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Rows]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(_title(name))
            sheet.set_column(0, 8, 16)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [_cell(value) for value in row])
    return file.getvalue()


def answer(kind: str, name: str, sheets: Mapping[str, Rows]) -> HttpResponse:
    """The file to be saved, `kind` csv or xlsx."""
    body = as_xlsx(sheets) if kind == "xlsx" else as_csv(sheets)
    return saved(body, XLSX if kind == "xlsx" else "text/csv; charset=utf-8", f"{name}.{kind}")


def saved(body: bytes, content_type: str, filename: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "no-store"},
    )


def _title(name: str) -> str:
    return name.translate(_NO_TITLE)[:_LONGEST_TITLE].strip("'")


def _cell(value: object) -> object:
    return value if isinstance(value, int | float) else harmless(value)
