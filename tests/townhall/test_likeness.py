import pytest
from tests.townhall.hall import DARK, LIFT, asked, live, shown

from huiyin.language.fingerprints import fingerprint
from huiyin.language.similar import SimilarIndex
from huiyin.townhall import domain, queries

pytestmark = pytest.mark.django_db
SAME = "三号楼的电梯停了两周了，哪天修好？"
WAITING = 200
QUERIES = 8


@pytest.fixture
def hall(db):
    return live()


def test_what_was_read_before_finds_what_its_text_finds():
    index, texts = SimilarIndex(), [LIFT, DARK, SAME]
    index.add(range(3), texts)
    for text in (SAME, "路灯不亮", "完全不相干的事情"):
        (found, *_), mine = index.query(text, k=1) or [None], index.likest(fingerprint(text))
        assert (found and found[:2]) == (mine and mine[:2])
    assert SimilarIndex().likest(fingerprint(LIFT)) is None


def test_a_question_that_stands_no_more_is_not_proposed(hall):
    first = shown(hall)
    asked(hall, SAME)
    before = queries.waiting(hall)[0].like
    domain.refuse(first)

    assert (before, queries.waiting(hall)[0].like) == (first, None)


def test_likes_change_nothing_of_what_is_alike(hall):
    shown(hall, DARK)
    first = shown(hall)
    asked(hall, SAME)
    other = shown(hall, "充电桩坏了一半")
    type(other).objects.filter(pk=other.pk).update(likes=9)

    assert queries.waiting(hall)[0].like == first


def test_the_console_asks_the_database_as_often_with_200_waiting_as_with_none(enter, hall, django_assert_num_queries):
    client, path = enter("leader.qingyuan"), f"/meetings/{hall.code}/host/"
    client.get(path)
    domain.spotlight(shown(hall, DARK))
    for number in range(WAITING):
        asked(hall, f"{number}号楼的电梯停了")
        if number < 20:
            shown(hall, f"{number}号楼的路灯坏了")
    with django_assert_num_queries(QUERIES):
        page = client.get(path)

    assert (len(page.context["waiting"]), len(page.context["queue"])) == (50, 20)
