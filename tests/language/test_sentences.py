import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.sentences import sentences, split


def test_sentences_keep_their_marks_and_the_quotation_mark_after_them():
    assert sentences("他说：“要抓紧。”好！真的？！\n 完") == ["他说：“要抓紧。”", "好！", "真的？！", "完"]


def test_parts_inside_quotation_marks_and_brackets_stay_together():
    assert split('甲、“乙、丙”、丁（戊、己）、"庚、辛"，壬', "、，") == [
        "甲",
        "“乙、丙”",
        "丁（戊、己）",
        '"庚、辛"',
        "壬",
    ]


def test_quotation_mark_that_is_never_closed_holds_nothing():
    assert split("甲、“乙、丙", "、") == ["甲", "“乙", "丙"]


@pytest.mark.parametrize("text", ["", " 、 ", "、、"])
def test_empty_parts_are_dropped(text):
    assert split(text, "、") == []


@given(st.text())
def test_sentences_and_parts_lose_only_spaces_and_marks(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert sum(map(len, split(text, "、"))) <= len(text)
