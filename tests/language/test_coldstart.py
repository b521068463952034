import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.coldstart import Guess, KeywordModel, guess
from huiyin.language.selftraining import ColdStart

WORDS = {
    "物业管理": ["物业管理", "物业费/收费", "电梯维修"],
    "停车与交通": ["小区停车难", "乱停车", "停车", "信号灯"],
    "供暖": ["供暖", "暖气", "室温不达标"],
}


def test_guess_names_label_and_words():
    found = guess(KeywordModel(WORDS), ["门口总有人乱停车", "暖气不热，供暖公司不来", "你好"])
    assert [(one.label, one.words) for one in found] == [
        ("停车与交通", ("乱停车",)),
        ("供暖", ("暖气", "供暖")),
        ("", ()),
    ]
    assert found[2] == Guess("", 0.0, ())
    assert found[0].confidence < found[1].confidence + 0.5 < 1.5


def test_nothing_found_is_uniform():
    assert KeywordModel(WORDS).probabilities(["你好"]).tolist() == [[1 / 3] * 3]


def test_longest_word_wins():
    model = KeywordModel({"a": ["停车"], "b": ["停车场收费"]})
    assert model.explain("停车场收费太高", "b") == ("停车场收费",)
    assert model.explain("停车场收费太高", "a") == ()


def test_full_width_and_case_do_not_matter():
    assert guess(KeywordModel({"网络": ["WiFi"], "水": ["停水"]}), ["ＷＩＦＩ断了"])[0].words == ("wifi",)


def test_no_labels_are_refused():
    with pytest.raises(ValueError, match="at least one label"):
        KeywordModel({})


def test_labels_without_words_never_match():
    assert guess(KeywordModel({"其他": [], "表扬": []}), ["表扬"]) == [Guess("", 0.0, ())]


@given(st.lists(st.text()))
def test_rows_sum_to_one(texts):
    shares = KeywordModel(WORDS).probabilities(texts)
    assert shares.shape == (len(texts), 3)
    assert np.allclose(shares.sum(axis=1), 1)


def test_a_word_of_the_heading_counts_more():
    model = KeywordModel({"a": ["停车"], "b": ["暖气"]})
    assert guess(model, ["停车\n暖气不热"])[0].label == "a"
    assert guess(model, ["暖气\n停车难"])[0].label == "b"


@given(st.text(st.sampled_from("停车场收费暖气供 a\ud800"), max_size=60))
def test_words_are_found_as_a_pattern_finds_them(text):
    model = KeywordModel({"a": ["停车", "停车场", "停车场收费"], "b": ["暖气", "供暖", "收费"]})
    longest_first = sorted(model._weights, key=len, reverse=True)
    assert list(model._places(text)) == re.findall("|".join(longest_first), text)


def test_odd_texts_are_read():
    texts = ["\ud800", "", "停", "停车" * 50_000, "\n" * 100_000]
    assert np.isfinite(KeywordModel(WORDS).probabilities(texts)).all()


def test_words_teach_what_else_is_said_of_a_label():
    told = [f"{place}停车，车位被占" for place in "甲乙丙丁"] + [f"{place}暖气，锅炉坏了" for place in "甲乙丙丁"]
    model = ColdStart({"车": ["停车"], "暖": ["暖气"], "其他": []}).fit([*told, "你好"])
    assert model.predict(["车位被占", "锅炉坏了"]).tolist() == ["车", "暖"]
    assert model.probabilities(["车位"]).shape == (1, 3)
    assert np.allclose(model.probabilities([*told, ""]).sum(axis=1), 1)
    assert guess(model, ["锅炉坏了"])[0].label == "暖"
    assert model.explain("锅炉坏了", "其他") == ()


def test_words_that_are_nowhere_teach_nothing():
    with pytest.raises(ValueError, match="two labels"):
        ColdStart(WORDS).fit(["你好"])
