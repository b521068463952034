import pytest
from django.test import Client
from tests.townhall.hall import live

from huiyin.townhall.choices import WordUse
from huiyin.townhall.models import Question, Word

pytestmark = pytest.mark.django_db
KEEPERS, OTHERS = ("supervisor", "dispatcher"), ("leader.qingyuan", "handler.heyan")
URL = "/meetings/words/"


def test_the_districts_desk_keeps_the_list_and_nobody_else(enter):
    assert [enter(who).get(URL).status_code for who in (*KEEPERS, *OTHERS)] == [200, 200, 403, 403]


def test_words_are_added_many_at_once_and_removed(enter):
    client = enter("supervisor")
    assert client.post(URL, {"text": "加微信\n代开发票", "use": "held"}).status_code == 302
    word = Word.objects.get(text="加微信")
    assert [client.post(f"{URL}{word.pk}/remove/").status_code for _ in range(2)] == [302, 302]
    assert list(Word.objects.values_list("text", "use")) == [("代开发票", "held")]


def test_a_line_that_cannot_be_looked_for_comes_back_with_all_that_was_typed(enter):
    back = enter("supervisor").post(URL, {"text": "加微信\n。。", "use": "held"})
    assert (back.status_code, "加微信\n。。" in back.content.decode(), Word.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("sentence", "use"), [("代 开 发 票", WordUse.REFUSED), ("啊啊啊", WordUse.HELD), ("路灯坏了", None)]
)
def test_a_sentence_is_tried_and_nothing_is_kept_of_it(enter, sentence, use):
    Word.objects.create(text="代开发票", use=WordUse.REFUSED)
    page = enter("dispatcher").post(f"{URL}try/", {"sentence": sentence})
    assert (page.status_code, page.context["outcome"]["use"], Question.objects.count()) == (200, use, 0)


def test_an_asker_is_told_to_say_it_in_other_words():
    Word.objects.create(text="代开发票", use=WordUse.REFUSED)
    hall = live()
    answer = Client().post(f"/live/{hall.code}/ask", {"text": "代开·发票", "press": "abc"})
    assert (answer.status_code, "换一种说法" in answer.json()["error"], Question.objects.count()) == (422, True, 0)


def test_a_clerk_is_told_and_keeps_what_was_typed(enter):
    Word.objects.create(text="代开发票", use=WordUse.REFUSED)
    hall = live()
    said = {"text": "代开发票", "via": "paper", "press": "p1"}
    back = enter("leader.qingyuan").post(f"/meetings/{hall.code}/clerk/", said)
    assert (back.status_code, "代开发票" in back.content.decode()) == (422, True)
