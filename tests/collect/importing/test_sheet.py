import zipfile
from datetime import datetime

import polars as pl
import pytest
import xlsxwriter

from huiyin.collect.importing import FileProblem, sheet
from huiyin.collect.importing.sheet import open_sheet

ROWS = [("K1", "暖气不热，家里只有15度"), ("K2", "楼道灯坏了😀")]
LINES = "编号,内容\n" + "".join(f"{number},{text}\n" for number, text in ROWS)


def write(tmp_path, data, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def workbook(path, rows, *, title=None, empty_first=False):
    book = xlsxwriter.Workbook(str(path))
    if empty_first:
        book.add_worksheet()
    page = book.add_worksheet()
    start = 0
    if title:
        page.write(0, 0, title)
        start = 1
    stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for y, row in enumerate(rows, start):
        for x, cell in enumerate(row):
            page.write(y, x, cell, *([stamp] if isinstance(cell, datetime) else []))
    book.close()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_of_its_encodings(tmp_path, encoding):
    found = open_sheet(write(tmp_path, LINES.encode(encoding)))
    assert (found.columns, found.count) == (["编号", "内容"], 2)
    assert list(found.rows()) == [(2, list(ROWS[0])), (3, list(ROWS[1]))]


def test_gbk_from_an_old_system(tmp_path):
    found = open_sheet(write(tmp_path, "编号,内容\nK1,暖气不热\n".encode("gbk")))
    assert list(found.rows()) == [(2, ["K1", "暖气不热"])]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_csv_with_any_separator(tmp_path, mark):
    assert open_sheet(write(tmp_path, LINES.replace(",", mark).encode())).columns == ["编号", "内容"]


def test_a_cell_may_hold_lines_and_empty_rows_do_not_count(tmp_path):
    found = open_sheet(write(tmp_path, '编号,内容\nK1,"第一行\n第二行"\n,\n\nK2,灯\n'.encode()))
    assert [number for number, _ in found.rows()] == [2, 5]
    assert found.count == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n\n", "no header"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not a table"),
        (b"%PDF-1.7\n\x00\x01\x02", "not a table"),
        (bytes(range(128, 255)) * 40, "neither UTF-8 nor GBK"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"PAR1 not a parquet", "damaged"),
        (b"\xd0\xcf\x11\xe0 not a workbook", "cannot be read"),
        ('编号,内容\nK1,"没有结束'.encode() + b"x" * (3 << 20), "never closed"),
        (",".join(f"c{n}" for n in range(501)).encode(), "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, data, sentence):
    with pytest.raises(FileProblem, match=sentence):
        assert open_sheet(write(tmp_path, data)).count


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileProblem, match="no file"):
        open_sheet(tmp_path / "none.csv")


def test_too_many_rows_are_refused_before_anything(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_ROWS", 1)
    with pytest.raises(FileProblem, match="2 rows; at most 1"):
        open_sheet(write(tmp_path, LINES.encode()))


def test_broken_bytes_in_one_row_leave_the_others(tmp_path):
    lines = LINES.encode() * 100
    found = list(open_sheet(write(tmp_path, lines + b"K9,\xff\xfe\n")).rows())
    assert found[0][1] == list(ROWS[0])
    assert found[-1][1] == ["K9", "\udcff\udcfe"]


def test_a_workbook_by_its_content_whatever_its_name(tmp_path):
    at = datetime(2026, 3, 2, 8, 5)  # noqa: DTZ001 a sheet's clock has no zone
    rows = [("编号", "时间", "电话"), ("K1", at, 13900000421), (None, None, None), ("K2", at, 2.5)]
    found = open_sheet(workbook(tmp_path / "export.csv", rows))
    assert (found.columns, found.count) == (["编号", "时间", "电话"], 3)
    assert list(found.rows()) == [(2, ["K1", at, 13900000421.0]), (4, ["K2", at, 2.5])]


def test_a_title_above_the_header_and_an_empty_first_sheet(tmp_path):
    found = open_sheet(workbook(tmp_path / "t.xlsx", [("编号", "内容"), *ROWS], title="2026年工单", empty_first=True))
    assert (found.columns, next(found.rows())) == (["编号", "内容"], (3, list(ROWS[0])))


def test_a_workbook_that_would_unpack_to_gigabytes(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_UNPACKED_BYTES", 1000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 10_000)
    with pytest.raises(FileProblem, match="too large once unpacked"):
        open_sheet(path)


def test_parquet_keeps_its_types(tmp_path):
    at = datetime(2026, 3, 2, 8, 5)  # noqa: DTZ001
    path = tmp_path / "t.parquet"
    pl.DataFrame({"编号": [1, None], "时间": [at, None], "内容": ["冷", None]}).write_parquet(path)
    found = open_sheet(path)
    assert (found.columns, found.count, list(found.rows())) == (["编号", "时间", "内容"], 2, [(2, (1, at, "冷"))])
