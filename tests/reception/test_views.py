"""The roster and the desk's page: the unit that runs the meeting, the district, another unit."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.reception.beside import ADVISED, ASKED, called, desk, recorded, taken
from tests.townhall.hall import live

from huiyin.cases.models import Case
from huiyin.reception.choices import Outcome, State
from huiyin.reception.models import Consultation, Desk, Ticket

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"
PLAN = {
    "topic": "legal", "expert_title": "公益律师", "organisation": "区司法局", "place": "二号台",
    "begins_at": "2026-11-29T19:00", "ends_at": "2026-11-29T20:30", "slot_minutes": "10",
}  # fmt: skip


@pytest.fixture
def hall(db):
    return live()


def url(hall, path=""):
    return f"/meetings/{hall.code}/desks/{path}"


def record(at, **changes):
    told = {"question": ASKED, "advice": ADVISED, "outcome": "advised", "press": "one", "ticket": ""}
    return url(at.meeting, f"{at.pk}/"), {**told, **changes}


def test_another_unit_finds_no_desk(enter, hall):
    at = desk(hall)
    paths = ["", "new/", f"{at.pk}/", f"{at.pk}/edit/"]
    answers = [[enter(who).get(url(hall, path)).status_code for path in paths] for who in (OWNER, COLLEAGUE, OUTSIDER)]
    assert answers == [[200] * 4, [200] * 4, [404] * 4]


@pytest.mark.parametrize("path", ["remove/", "door/", "next/", "numbers/1/missed/"])
def test_another_unit_moves_nothing(enter, hall, path):
    at = desk(hall)
    ticket = called(at)
    assert enter(OUTSIDER).post(url(hall, f"{at.pk}/{path}"), {"press": "a"}).status_code == 404
    ticket.refresh_from_db()
    assert (ticket.state, Ticket.objects.count()) == (State.CALLED, 1)


def test_a_desk_is_put_into_the_roster(enter, hall):
    assert enter(OWNER).post(url(hall, "new/"), PLAN).url == url(hall)
    at = Desk.objects.get()
    assert (at.meeting, str(at), at.capacity) == (hall, "法律", 9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2026-11-29T18:00"}, "__all__"),
        ({"ends_at": "2026-11-29T19:00"}, "__all__"),
        ({"ends_at": "2026-11-29T19:05"}, "ends_at"),
        ({"begins_at": "0001-01-01T00:00"}, "begins_at"),
        ({"slot_minutes": "0"}, "slot_minutes"),
        ({"slot_minutes": "x"}, "slot_minutes"),
        ({"place": "一号台", "begins_at": "2026-11-29T18:30", "ends_at": "2026-11-29T19:30"}, "place"),
        ({"organisation": "区司法局 139 0000 0517"}, "organisation"),
        ({"topic": "magic"}, "topic"),
        ({"place": "\u200b"}, "place"),
    ],
)
def test_a_slip_in_the_roster_is_told_and_nothing_typed_is_lost(enter, hall, changes, field):
    client = enter(OWNER)
    client.post(url(hall, "new/"), PLAN | {"place": "一号台"})
    back = client.post(url(hall, "new/"), PLAN | changes)
    assert (back.status_code, list(back.context["form"].errors), Desk.objects.count()) == (422, [field], 1)
    assert "公益律师" in back.content.decode()


def test_one_place_may_be_used_after_one_another(enter, hall):
    client = enter(OWNER)
    later = PLAN | {"begins_at": "2026-11-29T20:30", "ends_at": "2026-11-29T21:00"}
    assert [client.post(url(hall, "new/"), plan).status_code for plan in (PLAN, later)] == [302, 302]


def test_a_change_of_the_roster_leaves_the_numbers_alone(enter, hall):
    at = desk(hall)
    stale = enter(OWNER)
    taken(at)
    stale.post(url(hall, f"{at.pk}/edit/"), PLAN)
    at.refresh_from_db()
    assert (at.numbers, at.place) == (1, "二号台")


def test_a_desk_with_a_number_is_not_removed(enter, hall):
    empty, used = desk(hall), desk(hall, place="二号台")
    taken(used)
    for at in (empty, used):
        assert enter(OWNER).post(url(hall, f"{at.pk}/remove/")).url == url(hall)
    assert list(Desk.objects.all()) == [used]


def test_a_number_is_called_taken_down_and_the_next_called(enter, hall):
    at = desk(hall)
    taken(at), taken(at)
    client = enter(OWNER)
    client.post(url(hall, f"{at.pk}/next/"))
    path, said = record(at, ticket="1")
    assert client.get(path).context["called"].number == 1
    assert client.post(path, said).url == path
    client.post(url(hall, f"{at.pk}/next/"))
    assert client.get(path).context["called"].number == 2


def test_two_presses_call_one_and_record_one(enter, hall):
    at = desk(hall)
    taken(at), taken(at)
    client = enter(OWNER)
    assert [client.post(url(hall, f"{at.pk}/next/")).status_code for _ in range(2)] == [302, 302]
    path, said = record(at, ticket="1", outcome="case")
    assert client.post(path, said).url == client.post(path, said).url
    assert (Case.objects.count(), list(Ticket.objects.order_by("number").values_list("state", flat=True))) == (
        1, ["served", "waiting"],
    )  # fmt: skip


def test_a_record_that_came_late_comes_back_with_what_was_typed(enter, hall):
    at = desk(hall)
    recorded(at, ticket=called(at))
    path, said = record(at, ticket="1")
    back = enter(COLLEAGUE).post(path, said)
    assert (back.status_code, ASKED in back.content.decode(), Consultation.objects.count()) == (422, True, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": "一" * 501}, "question"),
        ({"advice": ""}, "advice"),
        ({"outcome": "knowledge", "advice": ""}, "advice"),
        ({"outcome": "magic"}, "outcome"),
        ({"outcome": "case", "lead": "没有这个单位"}, "lead"),
        ({"outcome": "case", "phone": "不告诉"}, "phone"),
        ({"press": "<a>"}, "press"),
        ({"ticket": "9" * 30}, "ticket"),
    ],
)
def test_a_slip_in_the_record_is_told_and_nothing_typed_is_lost(enter, hall, changes, field):
    path, said = record(desk(hall), **changes)
    back = enter(OWNER).post(path, said)
    assert (back.status_code, list(back.context["form"].errors), Consultation.objects.count()) == (422, [field], 0)
    assert (said["question"] or said["advice"])[:20] in back.content.decode()


def test_a_record_for_a_number_that_was_never_given_finds_nothing(enter, hall):
    path, said = record(desk(hall), ticket="7")
    assert enter(OWNER).post(path, said).status_code == 404


def test_a_case_ends_at_a_receipt_that_closes(enter, hall):
    at, client = desk(hall), enter(OWNER)
    path, said = record(at, outcome="case", name="张思远", phone="13900000517", lead="heyan")
    receipt = client.post(path, said).url
    ticket = client.get(receipt).context["ticket"]
    assert (ticket.number, len(ticket.secret)) == (Case.objects.get().number, 10)
    assert enter(OUTSIDER).get(receipt).status_code == 404
    Consultation.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert client.get(receipt).status_code == 404


def test_a_proposed_answer_is_told_and_opens(enter, hall):
    at, client = desk(hall), enter(OWNER)
    path, said = record(at, outcome="knowledge")
    page = client.post(path, said, follow=True).content.decode()
    code = Consultation.objects.get().knowledge.code
    assert (f"/knowledge/{code}/1/" in page, client.get(f"/knowledge/{code}/1/").status_code) == (True, 200)


def test_a_number_is_given_at_the_door(enter, hall):
    at, client = desk(hall), enter(OWNER)
    given = {"press": "a", "name": "张思远", "phone": "13900000517"}
    assert [client.post(url(hall, f"{at.pk}/door/"), given).status_code for _ in range(2)] == [302, 302]
    assert client.post(url(hall, f"{at.pk}/door/"), {"press": "b", "phone": "x"}).status_code == 422
    assert list(Ticket.objects.values_list("number", "viewer")) == [(1, None)]


def test_a_full_desk_says_so_at_the_door(enter, hall):
    at = desk(hall, begun=60, minutes=60)
    page = enter(OWNER).post(url(hall, f"{at.pk}/door/"), {"press": "a"}, follow=True)
    assert (Ticket.objects.count(), [str(one) for one in page.context["messages"]]) == (
        0, ["号已发完：结束前排不下更多人了。"],
    )  # fmt: skip


def test_who_missed_the_call_is_put_back(enter, hall):
    at, client = desk(hall), enter(OWNER)
    called(at)
    for verb in ("missed", "back", "back"):
        assert client.post(url(hall, f"{at.pk}/numbers/1/{verb}/")).status_code == 302
    assert Ticket.objects.get().state == State.WAITING
    assert client.post(url(hall, f"{at.pk}/numbers/1/magic/")).status_code == 404


def test_the_workspace_of_the_meeting_has_the_figures(enter, hall):
    recorded(desk(hall), outcome=Outcome.CASE)
    page = enter(OWNER).get(f"/meetings/{hall.code}/").content.decode()
    assert (url(hall) in page, "坐诊人次" in page, "转为诉求 1 件" in page) == (True, True, True)


def test_a_wait_that_nobody_knows_prints_a_dash(enter, hall):
    desk(hall)
    page = enter(OWNER).get(url(hall))
    assert (page.context["figures"].wait_minutes, "—" in page.content.decode()) == (None, True)
