import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.pinyin import initials, matches


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("清源小区", ("qyxq",)),
        ("重庆路", ("cql", "zql")),
        ("朝阳里", ("zyl", "cyl")),
        ("长街街道", ("cjjd", "zjjd")),
        ("银行家属院", ("yhjsy", "yxjsy")),
        ("18号院 Ａ座", ("18hyaz",)),
        ("和平里（东区）", ("hpldq",)),
        ("", ()),
        ("（）", ()),
    ],
)
def test_initials(name, found):
    assert initials(name) == found


def test_name_of_many_readings_has_sixteen_and_the_likeliest_first():
    found = initials("长乐行朝重")

    assert (found[0], len(found), len(set(found))) == ("clxcz", 16, 16)


def test_name_longer_than_any_is_cut():
    assert initials("清" * 100) == ("q" * 64,)


@pytest.mark.parametrize("query", ["qyxq", "QYXQ", "qy", "xq", "ｑｙ", "q y x q"])
def test_letters_in_a_row_match(query):
    assert matches(query, "清源小区")


@pytest.mark.parametrize("query", ["q", "qx", "清源", "qy清", "", "qyxqs", ".*"])
def test_other_queries_do_not_match(query):
    assert not matches(query, "清源小区")


def test_either_reading_matches():
    assert matches("cyl", "朝阳里")
    assert matches("zyl", "朝阳里")


@given(st.text(), st.text(max_size=5))
def test_any_name_and_query(name, query):
    found = initials(name)

    assert len(found) <= 16
    assert all(letters.isascii() and letters.isalnum() and letters == letters.lower() for letters in found)
    assert isinstance(matches(query, name), bool)
