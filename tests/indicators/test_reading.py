from datetime import date
from decimal import Decimal

import pytest
from tests.indicators.numbers import dust, file

from huiyin.indicators import reading, spans

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
