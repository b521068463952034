import pytest
from tests.district import received

from huiyin.cases.models import Case, SynonymGroup
from huiyin.cases.queries import search
from huiyin.cases.terms import query
from huiyin.cases.words import areas_by_letters, synonyms
from huiyin.language.synonyms import Synonyms
from huiyin.people.models import Area

pytestmark = pytest.mark.django_db
TABLE = Synonyms([["暖气", "供暖"], ["停车难", "没地方停车"]])


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("电梯", "'电梯'"),
        ("暖气", "(('暖气') | ('供暖'))"),
        ("暖气 电梯", "(('暖气') | ('供暖')) & '电梯'"),
        ("没地方停车", "(('地方' & '停车') | ('停车' & '车难'))"),
        ("！？", ""),
        ("", ""),
    ],
)
def test_every_word_or_what_stands_for_it(words, terms):
    assert query(words, TABLE) == terms


def found(words):
    return set(search(Case.objects.all(), words))


def test_a_case_is_found_by_a_word_that_means_the_same():
    cold, noise = received(text="家里供暖不好，冷"), received(text="夜间施工噪声大")
    assert (found("暖气"), found("施工")) == ({cold}, {noise})


def test_the_office_adds_words_of_its_own_at_once():
    case = received(text="楼下烧烤油烟太大")
    before = found("撸串")
    SynonymGroup.objects.create(words="烧烤，撸串")
    assert (before, found("撸串")) == (set(), {case})


def test_a_group_of_one_word_or_none_changes_nothing():
    SynonymGroup.objects.create(words="，、 ")
    SynonymGroup.objects.create(words="独一个")
    assert synonyms().of("独一个") == ("独一个",)


def test_a_place_is_found_by_its_initials():
    area = Area.objects.get(name="清源小区")
    here, there = received(area=area.code, place=""), received(area=None, place="别处")
    assert (areas_by_letters("qyxq"), found("QYXQ")) == ([area.pk], {here})
    assert there not in found("qyxq")


def test_letters_that_are_initials_too_find_what_says_them():
    area = Area.objects.get(name="清源小区")
    here, says = received(area=area.code, place="", text="路灯不亮"), received(area=None, text="小区门口QYXQ牌子掉了")
    assert found("qyxq") == {here, says}


def test_one_character_stands_for_nothing():
    SynonymGroup.objects.create(words="水，电")
    assert synonyms().cut("自来水管") == Synonyms.common().cut("自来水管")


@pytest.mark.parametrize("typed", ["dl", "东里", "qyxq1", "d" * 40, "", "%_"])
def test_what_is_no_initials_is_searched_as_words(typed):
    assert areas_by_letters(typed) == []
