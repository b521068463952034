import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.district import dispatched, received

from huiyin.cases.gist import gist
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db
LIFT = "电梯又停了，三号楼的老人下不了楼"


def page(client, **asked):
    return client.get("/cases/gist/", asked).content.decode()


def test_a_list_is_told_by_its_words_and_its_own_sentences():
    for place in ("甲", "乙", "丙"):
        dispatched(text=f"{place}区{LIFT}")
    found = gist(Case.objects.all())
    assert found.read == 3
    assert "电梯" in [keyword.word for keyword in found.keywords[:4]]
    assert any(LIFT[:5] in sentence for sentence in found.sentences)


def test_nothing_to_tell_of_no_cases(enter):
    assert (gist(Case.objects.none()).keywords, page(enter("supervisor")).strip()) == ([], "")


def test_it_costs_one_query():
    dispatched(text=LIFT)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        gist(Case.objects.all())
    assert len(asked) == 1


def test_within_rights_and_without_confidential_cases(enter):
    dispatched(text=LIFT)
    open_to_supervisor = page(enter("supervisor"))
    outsider = page(enter("handler.heyan"))
    Case.objects.update(confidential=True)
    assert ["电梯" in shown for shown in (open_to_supervisor, outsider, page(enter("supervisor")))] == [
        True,
        False,
        False,
    ]


def test_a_word_narrows_what_was_asked(enter):
    dispatched(text=LIFT)
    received(text="暖气不热")
    shown = page(enter("supervisor"), q="三号楼", state="to_accept")
    assert "q=%E4%B8%89%E5%8F%B7%E6%A5%BC+%E7%94%B5%E6%A2%AF" in shown.replace("%20", "+")
    assert "state=to_accept" in shown
    assert "暖气" not in shown


def test_a_word_asked_already_or_too_long_to_add_is_not_offered(enter):
    dispatched(text="小区wifi坏了，wifi一直连不上")
    shown = page(enter("supervisor"), q="WIFI")
    assert ("wifi <span" in shown, "wifi <span" in page(enter("supervisor"), q="一" * 99)) == (False, False)
