from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.summary import summary

LETTER = (
    "尊敬的领导您好！我是清源小区业主。小区三号楼电梯从上月起反复故障，老人上下楼十分困难。物业说维修资金没批下来。"
    "天气真是一天比一天冷了。恳请有关部门尽快协调解决，谢谢领导！"
)


def test_summary_drops_greetings_and_wishes():
    assert summary(LETTER) == [
        "我是清源小区业主。",
        "小区三号楼电梯从上月起反复故障，老人上下楼十分困难。",
        "物业说维修资金没批下来。",
        "天气真是一天比一天冷了。",
    ]


def test_shorter_summary_keeps_what_says_most():
    assert summary(LETTER, 30) == ["小区三号楼电梯从上月起反复故障，老人上下楼十分困难。"]


def test_long_sentence_is_taken_by_clauses():
    assert summary("小区电梯反复故障，老人上下楼十分困难，物业说维修资金一直批不下来没有办法修。", 10) == [
        "小区电梯反复故障，"
    ]


def test_sentences_that_say_the_same_are_said_once():
    assert summary(["暖气不热。", "暖气不热。", "停车位被占。"]) == ["暖气不热。", "停车位被占。"]


def test_what_many_texts_say_comes_before_what_one_says():
    assert summary(["电梯停运。", "暖气不热。", "小区暖气坏了。"], 5) == ["暖气不热。"]


def test_nothing_gives_nothing():
    assert summary("") == summary([]) == summary("您好！谢谢！") == summary(LETTER, 0) == []


@given(st.one_of(st.text(), st.lists(st.text(), max_size=5)), st.integers(0, 200))
def test_any_text_has_a_summary_within_the_limit(texts, limit):
    found = summary(texts, limit)

    assert sum(map(len, found)) <= limit
    assert all(any(part in text for text in ([texts] if isinstance(texts, str) else texts)) for part in found)
