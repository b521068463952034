from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.language.topics import NONE, Topic, describe_topics, find_topics, keep_numbers

OIL = [
    "投诉翠湖雅苑底层饭店油烟扰民\n翠湖雅苑一楼餐馆油烟直排",
    "翠湖雅苑烧烤店油烟味太大\n住在翠湖雅苑，楼下烧烤摊的油烟往家里灌",
    "翠湖雅苑楼下餐馆烟道对着窗户\n翠湖雅苑的饭店油烟熏得不敢开窗",
]
COPIES = [text.replace("翠湖雅苑", "东岭家园") for text in OIL]
LAMPS = ["沐河北路路灯不亮\n沐河北路晚上一片漆黑", "沐河北路的路灯坏了半年\n沐河北路没有照明，路灯不亮"]
ALONE = "咨询公积金如何提取\n请问离职后公积金怎么提取"
TEXTS = [*OIL, *COPIES, *LAMPS, ALONE]
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_topics_are_one_place_and_one_problem():
    assert find_topics(TEXTS) == [0, 0, 0, 1, 1, 1, 2, 2, NONE]


def test_topics_do_not_depend_on_the_order_but_for_their_numbers():
    assert find_topics(TEXTS[::-1]) == [NONE, 0, 0, 1, 1, 1, 2, 2, 2]


def test_filed_places_keep_topics_apart():
    texts = ["楼下饭店油烟扰民", "餐馆油烟直排"] * 2
    assert find_topics(texts, places=["花溪里小区"] * 2 + ["云岭公寓"] * 2) == [0, 0, 1, 1]


def test_no_texts_no_topics():
    assert find_topics([]) == []
    assert find_topics(["", "。", "你好"]) == [NONE] * 3


def test_lengths_that_differ_are_refused():
    with pytest.raises(ValueError, match="as many"):
        find_topics(["a"], times=[])


def test_a_topic_keeps_the_number_that_most_of_its_cases_had():
    assert keep_numbers([0, 0, 0, 1, 1, 2], [7, 7, 3, None, 3, NONE]) == [7, 7, 7, 3, 3, 8]


def test_a_topic_that_splits_leaves_its_number_to_the_larger_half():
    assert keep_numbers([0, 1, 1, NONE], [4, 4, 4, 4]) == [5, 4, 4, NONE]


def described(**more):
    facts = {"people": range(9), "times": [NOW] * 9, "support": [0] * 9, "now": NOW, **more}
    return describe_topics(TEXTS, find_topics(TEXTS), **facts)


def test_a_topic_is_named_by_place_and_problem():
    assert [topic.name for topic in described()] == ["翠湖雅苑 · 油烟", "东岭家园 · 油烟", "沐河北路 · 路灯照明"]


def test_heat_counts_each_person_once():
    assert described(people=[1, 1, 1, 2, 3, 4, 5, 5, 6])[0] == Topic(1, "东岭家园", "油烟", 3, 3, 3.0)


def test_heat_fades_by_half_in_two_weeks():
    times = [NOW - timedelta(days=14)] * 3 + [NOW] * 6
    assert {topic.number: topic.heat for topic in described(times=times)} == {0: 1.5, 1: 3.0, 2: 2.0}


def test_support_adds_less_and_less():
    hot = {topic.number: topic.heat for topic in described(support=[9, 0, 0, 99, 0, 0, -5, 0, 0])}
    assert hot == {0: pytest.approx(4.15, abs=0.01), 1: pytest.approx(5.30, abs=0.01), 2: 2.0}


@settings(max_examples=30)
@given(st.lists(st.text(max_size=60), max_size=10))
def test_any_texts_have_topics_of_two_or_more(texts):
    found = find_topics(texts)
    assert len(found) == len(texts)
    assert all(found.count(topic) > 1 for topic in found if topic != NONE)
