from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.keywords import Background, content_words, keywords

CASES = ["清源小区暖气不热，暖气管道漏水", "东里小区暖气冰凉，希望领导关注", "北望小区停车位被占"]


def test_content_words_leave_out_people_numbers_and_politeness():
    assert content_words("尊敬的领导您好，我叫王小明，3号楼的WiFi和暖气坏了，希望尽快解决") == ["wifi", "暖气"]


def test_keywords_are_weighed_by_how_many_texts_they_fill():
    found = keywords(CASES, 2)

    assert [(keyword.word, keyword.documents) for keyword in found] == [("小区", 3), ("暖气", 2)]
    assert found[0].weight > found[1].weight > 0


def test_background_makes_what_is_usual_weigh_less():
    usual = Background.of(["小区路灯不亮", "小区垃圾没人清", "小区绿化缺株", "小区电梯停运"])

    assert keywords(CASES, 1, usual)[0][::2] == ("暖气", 2)
    assert usual.rarity("小区") < usual.rarity("暖气")


def test_one_text_that_repeats_a_word_counts_less_than_two_that_say_it():
    (first, second) = keywords(["暖气暖气", "停车", "停车"])

    assert [first.word, second.word] == ["停车", "暖气"]


def test_nothing_gives_nothing():
    assert keywords([]) == keywords(["", "。！"]) == keywords(CASES, 0) == []


@given(st.lists(st.text(), max_size=5), st.integers(0, 20))
def test_any_texts_have_keywords(texts, k):
    found = keywords(texts, k, Background.of(texts))

    assert len(found) <= k
    assert found == sorted(found, key=lambda keyword: (-keyword.weight, keyword.word))
    assert all(0 < keyword.documents <= len(texts) and keyword.weight > 0 for keyword in found)


def test_half_a_character_is_passed_over():
    assert content_words("清源\ud800小区暖气不热")[-2:] == ["暖气", "不热"]
