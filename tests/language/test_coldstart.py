import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.coldstart import Guess, KeywordModel, guess

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
