import re

import pytest

from huiyin.site.ring import ring_label, ring_svg


def arcs(svg):
    return re.findall(r'class="arc-(\w+)"', svg)


def test_ring_draws_one_arc_for_each_stage_in_order():
    assert arcs(ring_svg("1120")) == ["1", "1", "2", "0"]


@pytest.mark.parametrize("state", ["1110", "1113", "1112", "0000"])
def test_ring_has_no_dot_before_the_resident_says_solved(state):
    assert "arc-dot" not in ring_svg(state)


def test_ring_closes_with_a_dot():
    assert arcs(ring_svg("1111")) == ["1", "1", "1", "1", "dot"]


def test_ring_breaks_where_late():
    late = re.search(r'arc-3" d="([^"]+)"', ring_svg("1130"))
    done = re.search(r'arc-1" d="([^"]+)"', ring_svg("1130"))
    assert (late[1].count("M"), done[1].count("M")) == (2, 1)


def test_ring_with_a_label_is_an_image_with_a_name():
    svg = ring_svg("1120", 56, 'a "late" <case>')
    assert 'width="56" height="56"' in svg
    assert 'role="img" aria-label="a &quot;late&quot; &lt;case&gt;"' in svg
    assert "<title>a &quot;late&quot; &lt;case&gt;</title>" in svg


def test_ring_without_a_label_is_hidden_from_screen_readers():
    svg = ring_svg("1120")
    assert 'aria-hidden="true"' in svg
    assert "<title>" not in svg


def test_ring_names_no_colour():
    assert not re.search(r"#[0-9a-f]{3}|stroke=|style=", ring_svg("1231"))


@pytest.mark.parametrize("state", ["", "112", "11200", "1124", "abcd", '1"><'])
def test_ring_refuses_what_is_not_a_state(state):
    with pytest.raises(ValueError, match="four of 0, 1, 2, 3"):
        ring_svg(state)


def test_ring_is_drawn_once():
    assert ring_svg("1120", 30, "x") is ring_svg("1120", 30, "x")


def test_ring_label_says_each_stage(chinese):
    assert ring_label("1130") == "收集 已完成、交办 已完成、反馈 超期、评价 未到"
    assert ring_label("1111") == "居民说解决了"
