"""Lines for everybody, and what leaders publish: the unit's leader, the supervisor, another unit's leader, a handler."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.district import account
from tests.reception.beside import line

from huiyin.assign.models import Suggestion
from huiyin.cases.models import Case, PrivatePayload
from huiyin.cases.private import unseal
from huiyin.people.models import Unit
from huiyin.reception.models import Brought, Line

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER, HANDLER = "leader.qingyuan", "supervisor", "leader.heyan", "handler.qingyuan"
PHONE = "13900000517"
SAID = {
    "text": "楼下垃圾站半夜清运，吵得睡不着", "place": "说不清的地方", "person": "张思远", "phone": PHONE,
    "consent": "on", "website": "", "press": "one",
}  # fmt: skip


def published(**changes):
    unit = Unit.objects.get(code="qingyuan").pk
    told = {"unit": unit, "title": "清源街道书记专线", "relay_number": "0531-8600 0000", "active": "on"}
    return {**told, **changes}


def test_a_request_by_the_line_is_a_case_marked_so_and_suggested_to_its_unit():
    client = Client()
    line("heat-co", title="沐河热力书记专线")
    answer = client.post("/lines/heat-co/", SAID)
    case = Case.objects.get()
    assert (answer.url, case.channel, Suggestion.objects.get(case=case).lead.code) == (
        "/say/receipt/", "secretary", "heat-co",
    )  # fmt: skip
    assert client.get("/say/receipt/").context["ticket"].number == case.number


def test_where_no_place_is_known_it_is_in_the_area_of_the_unit():
    line()
    Client().post("/lines/qingyuan/", SAID)
    assert Case.objects.get().area.code == "qingyuan"


def test_one_press_is_one_case_by_one_line():
    line()
    assert [Client().post("/lines/qingyuan/", SAID).status_code for _ in range(2)] == [302, 302]
    assert (Case.objects.count(), Brought.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"text": "一" * 5001}, {"consent": ""}, {"phone": "x"}, {"website": "http://a"}]
)
def test_a_slip_is_told_and_nothing_typed_is_lost(changes):
    line()
    back = Client().post("/lines/qingyuan/", {**SAID, **changes})
    assert (back.status_code, "说不清的地方" in back.content.decode(), Case.objects.count()) == (422, True, 0)


def test_a_flood_from_one_sender_ends(settings):
    settings.RATE_PER_HOUR = 1
    line()
    answers = [Client().post("/lines/qingyuan/", {**SAID, "press": press}).status_code for press in "ab"]
    assert (answers, Case.objects.count()) == ([302, 429], 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"first_day": timezone.localdate() + timedelta(days=1)},
        {"last_day": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_a_line_that_is_not_open_is_nowhere(changes):
    line(**changes)
    assert "书记专线</b>" not in Client().get("/lines/").content.decode()
    assert [Client().get("/lines/qingyuan/").status_code, Client().post("/lines/qingyuan/", SAID).status_code] == [
        404
    ] * 2


@pytest.mark.parametrize(("words", "found"), [("", 2), ("热力", 1), ("沐河 书记", 1), ("没有", 0), ("%", 0)])
def test_lines_are_found_by_words(words, found):
    line(), line("heat-co", title="书记专线")
    assert len(Client().get("/lines/", {"q": words}).context["lines"]) == found


def test_a_leader_publishes_for_the_own_unit_and_a_supervisor_for_all(enter):
    other = Unit.objects.get(code="heyan").pk
    answers = [
        enter(who).post("/lines/manage/new/", published(unit=unit)).status_code
        for who, unit in ((OWNER, other), (HANDLER, other), (OWNER, published()["unit"]), (COLLEAGUE, other))
    ]
    assert (answers, Line.objects.count()) == ([422, 403, 302, 302], 2)


def test_another_units_leader_finds_no_line_to_change(enter):
    path = f"/lines/manage/{line().pk}/"
    assert [enter(who).get(path).status_code for who in (OWNER, COLLEAGUE, OUTSIDER, HANDLER)] == [200, 200, 404, 403]
    assert enter(OUTSIDER).post(path, published(title="别人的")).status_code == 404


def test_a_unit_has_one_line_and_it_can_be_closed(enter):
    client, one = enter(OWNER), line()
    assert client.post("/lines/manage/new/", published()).status_code == 422
    closed = published()
    del closed["active"]
    assert client.post(f"/lines/manage/{one.pk}/", closed).url == "/lines/manage/"
    assert Client().get("/lines/qingyuan/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"relay_number": PHONE}, "relay_number"),
        ({"relay_number": "+86 139-0000-0517"}, "relay_number"),
        ({"relay_number": "１３９０００００５１７"}, "relay_number"),
        ({"title": f"书记专线{PHONE}"}, "title"),
        ({"hours": f"晚上打{PHONE}"}, "hours"),
        ({"first_day": "2026-12-02", "last_day": "2026-12-01"}, "__all__"),
        ({"first_day": "0001-01-01"}, "first_day"),
    ],
)
def test_a_personal_number_or_a_slip_is_not_published(enter, changes, field):
    back = enter(OWNER).post("/lines/manage/new/", published(**changes))
    assert (back.status_code, list(back.context["form"].errors), Line.objects.count()) == (422, [field], 0)


def test_what_came_by_a_line_is_counted_for_thirty_days_and_opens_into_the_search(enter):
    one = line()
    for press in "ab":
        Client().post("/lines/qingyuan/", {**SAID, "press": press})
    Brought.objects.filter(pk=Brought.objects.earliest("pk").pk).update(at=timezone.now() - timedelta(days=31))
    client = enter(COLLEAGUE)
    page = client.get("/lines/manage/")
    assert [(shown.pk, shown.came) for shown in page.context["lines"]] == [(one.pk, 1)]
    found = client.get("/cases/?channel=secretary").context["page"].rows
    assert (len(found), client.get("/cases/?channel=web").context["page"].rows) == (2, [])
    assert "channel=secretary" in page.content.decode()


def test_the_page_of_the_case_says_whose_line_it_came_by(enter):
    line()
    Client().post("/lines/qingyuan/", SAID)
    page = enter("dispatcher").get(f"/cases/{Case.objects.get().number}/").content.decode()
    assert "经清源街道书记专线反映" in page


def _everything_shown(enter):
    """Whatever the lines show to anybody, with the case they lead to."""
    number = Case.objects.get().number
    public = [Client().get(path) for path in ("/lines/", "/lines/?q=清源", "/lines/qingyuan/", "/cases-open/")]
    inside = [
        enter(COLLEAGUE).get(path) for path in ("/lines/manage/", f"/cases/{number}/", "/cases/?channel=secretary")
    ]
    return "".join(answer.content.decode() + str(answer.headers) for answer in (*public, *inside))


def test_no_personal_telephone_is_in_a_page_or_a_log(enter, caplog):
    caplog.set_level(logging.DEBUG)
    one = line()
    # It could leak: it is here to be sent, a form that comes back to its own sender carries it, so does what is sealed.
    back = Client().post("/lines/qingyuan/", {**SAID, "consent": ""})
    assert PHONE in back.content.decode()
    Client().post("/lines/qingyuan/", SAID)
    sealed = [unseal(bytes(kept.sealed)) for kept in PrivatePayload.objects.all()]
    assert PHONE in str(sealed)
    # A script that writes around the form is refused by the database; what it writes elsewhere would be shown.
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=one.pk).update(relay_number=PHONE)
    Line.objects.filter(pk=one.pk).update(hours=PHONE)
    assert PHONE in _everything_shown(enter)
    Line.objects.filter(pk=one.pk).update(hours="工作日")

    assert PHONE not in _everything_shown(enter)
    assert PHONE not in caplog.text
    assert account(OWNER).unit == one.unit
