"""What came back, as those who decide open it: twice pressed, already decided, in English, by a stranger."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from tests.evaluate.test_recurrence import again, solved

from huiyin.cases.models import Case
from huiyin.evaluate.models import RecurrenceHint

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def sign():
    """A closed case, the new one, and the address of the sign that names both."""
    earlier = solved()
    new = again(earlier)
    return earlier, new, f"/recurrence/{RecurrenceHint.objects.get().pk}/"


def test_strangers_are_led_to_the_sign_in(client, sign):
    for path in ("/recurrence/", sign[2]):
        assert client.get(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"
    assert client.post(sign[2], {"verdict": "rebound", "reason": "又坏了"}).status_code == 302
    assert RecurrenceHint.objects.get().state == "open"


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "caller", "analyst"])
def test_others_decide_nothing(enter, sign, who):
    assert enter(who).post(sign[2], {"verdict": "rebound", "reason": "又坏了"}).status_code == 403
    assert RecurrenceHint.objects.get().state == "open"


def test_an_unknown_sign_is_not_found(enter):
    assert enter("agent").get("/recurrence/1/").status_code == 404


def test_both_cases_stand_side_by_side_without_a_person(enter, sign):
    earlier, new, path = sign
    page = enter("supervisor").get(path).content.decode()
    told = (earlier.number, new.number, "室温已到二十度", "张三丰", "13900000421")
    assert [words in page for words in told] == [True, True, True, False, False]


def test_looking_decides_nothing(enter, sign):
    client = enter("agent")
    assert [client.get(path).status_code for path in ("/recurrence/", sign[2])] == [200, 200]
    assert (RecurrenceHint.objects.get().state, Case.objects.get(pk=sign[0].pk).state) == ("open", "archived")


def test_pressed_twice_it_comes_back_once(enter, sign):
    earlier, _new, path = sign
    client, sent = enter("agent"), {"verdict": "rebound", "reason": "又坏了"}
    assert client.post(path, sent).url == "/recurrence/"
    second = client.post(path, sent)
    assert (second.status_code, [note.level_tag for note in second.context["messages"]][-1:]) == (409, ["warning"])
    earlier.refresh_from_db()
    assert (earlier.state, earlier.rebounds) == ("in_progress", 1)


def test_what_was_decided_shows_who_and_why(enter, sign):
    client = enter("dispatcher")
    client.post(sign[2], {"verdict": "dismiss", "reason": "不是同一栋楼"})
    page = client.get(sign[2])
    assert ("不是同一栋楼" in page.content.decode(), "派单员" in page.content.decode()) == (True, True)
    assert 'name="verdict"' not in page.content.decode()
    assert list(client.get("/recurrence/").context["rows"]) == []


def test_a_dispatcher_cannot_reopen_and_is_offered_no_button(enter, sign):
    page = enter("dispatcher").get(sign[2])
    assert (page.context["may_rebound"], 'value="rebound"' in page.content.decode()) == (False, False)


def test_the_pages_speak_the_readers_language(enter, sign):
    client = enter("agent")
    assert "A sign is advice: a person decides." in client.get("/recurrence/", headers=ENGLISH).content.decode()
    assert "Is it the same matter?" in client.get(sign[2], headers=ENGLISH).content.decode()


def test_queries_of_a_sign(enter, sign, django_assert_num_queries):
    client = enter("agent")
    client.get(sign[2])
    with django_assert_num_queries(3):  # session, account, the sign with both cases
        client.get(sign[2])
