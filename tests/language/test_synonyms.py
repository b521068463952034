import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.synonyms import Synonyms

TABLE = Synonyms([["暖气", "供暖", "供热"], ["停车难", "没地方停车"], ["供热", "热力"], ["ＷiＦi", "无线网"]])


def test_word_comes_first_then_what_stands_for_it():
    assert TABLE.of("供暖") == ("供暖", "暖气", "供热")


def test_word_of_two_groups_has_both_and_joins_them_no_further():
    assert TABLE.of("供热") == ("供热", "暖气", "供暖", "热力")
    assert TABLE.of("热力") == ("热力", "供热")


def test_unknown_word_stands_alone():
    assert TABLE.of("花园") == ("花园",)


def test_width_and_case_do_not_matter():
    assert TABLE.of(" wifi ") == TABLE.of("ＷＩＦＩ") == ("wifi", "无线网")


def test_terms_are_expanded_one_by_one():
    assert TABLE.expand(["花园", "停车难"]) == [("花园",), ("停车难", "没地方停车")]


def test_query_is_cut_with_the_words_of_the_table_whole():
    assert TABLE.cut("清源小区没地方停车，供暖") == ["清源", "小区", "没地方停车", "供暖"]


def test_longest_word_of_the_table_wins():
    assert Synonyms([["灯", "灯具"], ["灯不亮", "路灯"]]).cut("灯不亮") == ["灯不亮"]


def test_empty_table_changes_nothing():
    assert Synonyms([]).cut("没地方停车") == ["没", "地方", "停车"]
    assert Synonyms([["", " "]]).expand(["暖气"]) == [("暖气",)]


def test_table_is_read_from_rows_with_remarks():
    table = Synonyms.read(["# 供暖", "", "暖气, 供暖", ",,"])

    assert table.of("供暖") == ("供暖", "暖气")


def test_row_of_one_word_is_named():
    with pytest.raises(ValueError, match="Row 2 has one word only, 停车: a group needs two or more"):
        Synonyms.read(["暖气,供暖", "停车,"])


def test_common_table_knows_how_people_say_it():
    common = Synonyms.common()

    assert "供热" in common.of("暖气")
    assert "没地方停车" in common.of("停车难")
    assert "灯不亮" in common.of("路灯不亮")


@given(st.lists(st.lists(st.text(max_size=4), max_size=3), max_size=4), st.text())
def test_any_table_and_query(groups, query):
    table = Synonyms(groups)
    cut = table.cut(query)

    assert [alternatives[0] for alternatives in table.expand(cut)] == cut


@given(st.lists(st.text(max_size=4), min_size=2, max_size=4))
def test_words_of_one_group_find_one_another(group):
    table = Synonyms([group])

    assert len({frozenset(table.of(word)) for word in group if word.strip()}) <= 1
