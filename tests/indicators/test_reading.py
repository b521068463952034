from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from tests.indicators.numbers import dust, file

from huiyin.indicators import reading, spans
from huiyin.indicators.models import Indicator
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


def sentences(*rows):
    with pytest.raises(reading.Unreadable) as caught:
        reading.table_of(file(*rows), dust())
    return caught.value.sentences


@pytest.mark.parametrize("cell", ["2026-10", "2026年10月", "2026/10/17", "20261017", "2026-10-31"])
def test_a_month_is_read_from_its_name_or_any_day(cell):
    assert spans.read("month", cell) == (date(2026, 10, 1), date(2026, 11, 1))


@pytest.mark.parametrize(("cycle", "cell", "start", "end"), [
    ("half", "2026-10上", date(2026, 10, 1), date(2026, 10, 16)),
    ("half", "2026年2月下半月", date(2026, 2, 16), date(2026, 3, 1)),
    ("half", "2026-12-31", date(2026, 12, 16), date(2027, 1, 1)),
    ("quarter", "2026Q3", date(2026, 7, 1), date(2026, 10, 1)),
    ("quarter", "2026年四季度", date(2026, 10, 1), date(2027, 1, 1)),
])  # fmt: skip
def test_other_cycles(cycle, cell, start, end):
    assert spans.read(cycle, cell) == (start, end)


def test_names_codes_and_numbers_are_understood():
    lines = reading.table_of(file("清源街道,2026-10,12.5", 'heyan,2026-10,"1,020"'), dust()).lines
    assert [(line.row, line.unit, line.value) for line in lines] == [
        (2, "qingyuan", Decimal("12.5")),
        (3, "heyan", Decimal(1020)),
    ]


def test_two_dates_for_one_unit_name_both_rows():
    assert sentences("清源街道,2026-10-02,12", "河沿街道,2026-10,9", "清源街道,2026-10-20,13") == (
        "第 2 行和第 4 行：同一单位同一周期有两个数，请只留一行。",
    )


def test_an_unknown_unit_is_answered_with_near_names():
    (said,) = sentences("清原街道,2026-10,12")
    assert said.startswith("第 2 行：本区没有“清原街道”")
    assert "清源街道" in said


@pytest.mark.parametrize(("row", "said"), [
    ("清源街道,上个月,12", "第 2 行：“上个月”不是周期，请写成 2026-10 的样子。"),
    ("清源街道,2026-10,很多", "第 2 行：“很多”不是数，请只写数字。"),
    (",2026-10,12", "第 2 行：单位没有填，请补上或删掉这一行。"),
])  # fmt: skip
def test_each_mistake_names_its_row(row, said):
    assert sentences(row) == (said,)


def test_every_mistake_is_told_at_once():
    assert len(sentences("甲,2026-10,1", "清源街道,2026-10,x")) == 2


@pytest.mark.parametrize("number", ["1e999999999", "-1e999999999", "1e999", "NaN", "999999999999.99999", "十二", "1,5"])
def test_what_cannot_be_stored_is_no_number(number):
    assert sentences(f'清源街道,2026-10,"{number}"') == (f"第 2 行：“{number}”不是数，请只写数字。",)


@pytest.mark.parametrize(("written", "value"), [
    ("1,234,567.5", "1234567.5"), ("-1,020", "-1020"), ("1e-999999", "0"), ("12.50%", "12.50"), ("0.00005", "0.0000"),
])  # fmt: skip
def test_what_is_a_number(written, value):
    (line,) = reading.table_of(file(f'清源街道,2026-10,"{written}"'), dust()).lines
    assert line.value == Decimal(value)


def test_bytes_that_are_no_text_are_answered_with_their_row():
    """Beyond the first megabyte, where the encoding was made out."""
    padding = b",,\n" * 400_000
    for row in (b"\xb0\xff,2026-10,1", b"qingyuan,\xb0\xff,1", b"qingyuan,2026-10,\xb0\xff"):
        table = BytesIO("单位,日期,数值\n".encode() + padding + row)
        with pytest.raises(reading.Unreadable) as caught:
            reading.table_of(table, Indicator(cycle="month"))
        (said,) = caught.value.sentences
        assert (said.startswith("第 400002 行"), "“??”" in said) == (True, True)


@pytest.mark.parametrize("header", ["单位,日期,数值,数值", "单位,日期,得分,数值", "单位,街道,日期,数值"])
def test_two_columns_for_one_thing_are_refused(header):
    with pytest.raises(reading.Unreadable, match="说的是同一件事"):
        reading.table_of(BytesIO(f"{header}\n清源街道,2026-10,1,2".encode()), dust())


def test_a_name_that_several_units_have_asks_for_the_code():
    Unit.objects.filter(code="heyan").update(name="清源街道")
    assert sentences("清源街道,2026-10,1", "heyan,2026-10,1") == (
        "第 2 行：有几个单位都叫“清源街道”，请写代码：heyan、qingyuan。",
    )
