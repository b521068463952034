from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.places import find_places


def names(text):
    return [(place.name, place.kind) for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投诉花溪里小区噪音扰民", [("花溪里小区", "estate")]),
        ("反映云岭家园附近垃圾站的问题", [("云岭家园", "estate")]),
        ("沐河北路的路灯不亮", [("沐河北路", "road")]),
        ("柳岸幼儿园迟迟不开园", [("柳岸幼儿园", "school")]),
        ("人民路何时修好", [("人民路", "road")]),
        ("小区附近的道路、学校和市场", []),
        ("我们小区的物业公司", []),
        ("附近搅拌站扬尘", []),
        ("", []),
    ],
)
def test_places_are_endings_with_a_name(text, found):
    assert names(text) == found


def test_a_place_says_where_it_stands():
    (place,) = find_places("请问东溪公园何时开工")
    assert "请问东溪公园何时开工"[place.start : place.end] == place.name == "东溪公园"


@pytest.mark.parametrize(
    ("text", "core"), [("花溪里小区", "花溪里"), ("翠湖雅苑小区", "翠湖雅"), ("沐河大道", "沐河"), ("东溪公园", "东溪")]
)
def test_the_core_tells_a_place_from_others_of_its_kind(text, core):
    assert find_places(text)[0].core == core


def test_full_width_areas_under_a_pseudonym_are_no_part_of_a_name():
    assert names("Ａ３区翠湖雅苑违建") == [("翠湖雅苑", "estate")]


@given(st.text())
def test_any_text_has_places_in_order_and_apart(text):
    found = find_places(text)
    assert all(0 <= place.start < place.end <= len(text) for place in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
