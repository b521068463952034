"""XLSX, XLS, ODS by python-calamine. The cells stay in Rust; only the rows at hand become Python objects."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from huiyin.collect.importing.problems import FileProblem
from huiyin.collect.importing.sheet import Numbered, blank, header_of


class ExcelSheet:
    def __init__(self, path: Path) -> None:
        self._sheet = _first_filled(path)
        self._offset = self._sheet.start[0] if self._sheet.start else 0
        self._header, self.columns = header_of(self._sheet.iter_rows())

    @property
    def count(self) -> int:
        return max(0, int(self._sheet.height) - self._header)

    def rows(self) -> Iterator[Numbered]:
        for number, row in enumerate(islice(self._sheet.iter_rows(), self._header, None), start=self._header + 1):
            if not blank(row):
                yield number + self._offset, row


def _first_filled(path: Path) -> CalamineSheet:
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height:
                return sheet
    except PasswordError as error:
        raise FileProblem(
            "工作簿有密码,请去掉密码后再导入。", "The workbook has a password; save it without one."
        ) from error
    except CalamineError as error:
        raise FileProblem(
            "工作簿读不出来,请另存为 XLSX 再试。", "The workbook cannot be read; save it as XLSX."
        ) from error
    raise FileProblem("工作簿里没有内容。", "The workbook is empty.")
