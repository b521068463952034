import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.numerals import value

TENS = ["", "十", "二十", "三十", "四十", "五十", "六十", "七十", "八十", "九十"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("15", 15),
        ("１５", 15),
        ("十", 10),
        ("两", 2),
        ("元", 1),
        ("二〇二五", 2025),
        ("一百二十三", 123),
        ("一百", 100),
    ],
)
def test_value_of_a_writing(written, number):
    assert value(written) == number


@given(st.integers(1, 99))
def test_value_of_spoken_numbers_below_a_hundred(number):
    assert value(TENS[number // 10] + "〇一二三四五六七八九"[number % 10].replace("〇", "")) == number


@pytest.mark.parametrize("written", ["", "几", "十十", "1.5"])
def test_value_refuses_what_is_no_number(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the contract
        value(written)
