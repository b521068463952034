import pytest

from huiyin.language import tables
from huiyin.language.plain import Suggestion, review_plainness


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("您的来信收悉，现将有关情况回复如下。", False),
        ("我局高度重视，立即责成相关职能部门予以处理。", False),
        ("下一步将进一步加大巡查力度，切实维护环境秩序。", False),
        ("您的信我们看到了，情况是这样的。", True),
        ("师傅昨天上门，把三盏路灯都换了。", True),
        ("平均每户关系到三口人，必须先问清楚。", True),
    ],
)
def test_a_sentence_is_plain_or_officialese(sentence, plain):
    assert [found.plain for found in review_plainness(sentence).sentences] == [plain]


def test_suggestions_stand_where_the_phrase_stands():
    text = "路灯坏了。我局已督促物业予以处理。"
    review = review_plainness(text)
    assert review.sentences[1].suggestions == (
        Suggestion(5, 7, "我局", "我们局"),
        Suggestion(8, 10, "督促", "催"),
        Suggestion(12, 16, "予以处理", "处理"),
    )
    assert review.share == 0.5


def test_plainness_of_nothing():
    assert review_plainness("").share == 1


def test_every_phrase_is_listed_once_and_says_something_else():
    rows = tables.rows("officialese")
    phrases = [row["phrase"] for row in rows]
    assert sorted(set(phrases)) == sorted(phrases)
    assert [row for row in rows if row["phrase"] == row["plain"] or row["weight"] not in {"1", "2"}] == []
