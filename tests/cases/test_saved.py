import pytest
from django.test import Client
from tests.district import account

from huiyin.cases.models import SavedFilter
from huiyin.cases.saved import MOST, question, rename, save
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db
KEPT = {"page": "cases:search", "name": "超期的", "query": "late=on&q=&cursor=abc"}


def handler():
    return account("handler.qingyuan")


def kept(**changes):
    return save(account=handler(), **{**KEPT, **changes})


def test_a_question_is_what_is_asked_and_not_where_one_stands():
    assert question("q=&late=on&cursor=x&state=archived&csrfmiddlewaretoken=1") == "late=on&state=archived"


def test_saving_shows_a_chip_that_asks_it_again(enter):
    client = enter("handler.qingyuan")
    assert client.post("/cases/filters/", KEPT).url == "/cases/?late=on"
    page = client.get("/cases/?late=on")
    assert [(one.name, one.url) for one in page.context["saved"]] == [("超期的", "/cases/?late=on")]
    assert client.get("/inbox/").context["saved"] == []
    assert enter("leader.qingyuan").get("/cases/").context["saved"] == []


def test_the_same_name_again_replaces_it():
    first, again = kept(), kept(query="state=archived")
    assert (first.pk, again.query) == (again.pk, "state=archived")


@pytest.mark.parametrize("changes", [{"name": " "}, {"query": "q="}, {"page": "nothing"}, {"query": "q=" + "x" * 900}])
def test_what_asks_nothing_is_not_kept(changes):
    with pytest.raises(Refused):
        kept(**changes)


def test_there_is_an_end_to_keeping():
    for number in range(MOST):
        kept(name=f"{number}")
    kept(name="0", query="late=on&q=1")  # replacing still works
    with pytest.raises(Refused):
        kept(name="一个太多")


def test_rename_and_delete_are_the_owners(enter):
    saved = kept()
    path = f"/cases/filters/{saved.pk}/"
    for who, status in (("leader.qingyuan", 404), ("caller", 404), ("handler.qingyuan", 302)):
        assert enter(who).post(f"{path}rename/", {"name": "迟的"}).status_code == status
    assert SavedFilter.objects.get().name == "迟的"
    assert Client().post(f"{path}delete/").status_code == 302
    assert SavedFilter.objects.count() == 1
    assert enter("leader.qingyuan").post(f"{path}delete/").status_code == 404
    enter("handler.qingyuan").post(f"{path}delete/")
    assert SavedFilter.objects.count() == 0


def test_two_filters_of_a_list_never_share_a_name():
    kept()
    other = kept(name="别的")
    with pytest.raises(Refused):
        rename(saved=other, name="超期的")
