from datetime import timedelta

import pytest
from django.utils import timezone
from tests.assign.test_objections import objected, twice
from tests.district import account, dispatched, received

from huiyin.assign.domain_sessions import Decision, close, convene
from huiyin.assign.models import BlockedPush, JointSession
from huiyin.kernel.moves import Refused
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db
SENT = {"topic": "界桩两侧供热", "at": "2026-12-01T09:30", "place": "三楼会议室"}


def session(*cases, units=("heyan", "heat-co")):
    invited = Unit.objects.filter(code__in=units)
    return convene(
        account=account("reviewer"),
        topic="界桩两侧供热",
        at=timezone.now(),
        place="三楼会议室",
        units=invited,
        cases=cases,
    )


def closed(one, **leads):
    decisions = [
        Decision(entry.case_id, leads.get(entry.case.state, "heyan"), "按管界图办理") for entry in one.cases.all()
    ]
    return close(session=one, account=account("reviewer"), minutes="到会单位一致同意。", decisions=decisions)


def test_closing_rules_on_every_case_at_once():
    hard, first, same = twice(), objected(), objected()
    one = session(hard, first, same)
    due = hard.due_at
    decisions = [
        Decision(hard.pk, "heyan", "由河沿办理", ["heat-co"]),
        Decision(first.pk, "heyan", "移交河沿"),
        Decision(same.pk, "qingyuan", "仍由清源"),
    ]
    one = close(session=one, account=account("reviewer"), minutes="到会单位一致同意。", decisions=decisions)
    for case in (hard, first, same):
        case.refresh_from_db()
    assert [(case.state, case.lead.code) for case in (hard, first, same)] == [
        ("in_progress", "heyan"), ("to_accept", "heyan"), ("in_progress", "qingyuan"),
    ]  # fmt: skip
    assert [entry.move for entry in one.cases.all()] == ["rule", "redispatch", "refuse_objection"]
    assert hard.due_at == due
    assert hard.events.get(kind="rule").public["minutes"] == "会商“界桩两侧供热”：由河沿办理\n到会单位一致同意。"
    assert [part.unit.code for part in hard.parts.all()] == ["heat-co"]


def test_a_hard_case_is_dispatched_by_its_session():
    case = received()
    one = convene(account=account("dispatcher"), topic="难点", at=timezone.now(), place="线上", units=[], cases=[case])
    close(
        session=one,
        account=account("dispatcher"),
        minutes="同意。",
        decisions=[Decision(case.pk, "heyan", "由河沿牵头")],
    )
    case.refresh_from_db()
    assert (case.state, case.lead.code) == ("to_accept", "heyan")


def test_one_case_that_cannot_be_decided_undoes_all():
    case, other = objected(), received()
    one = session(case, other)
    decisions = [Decision(case.pk, "heyan", "移交"), Decision(other.pk, "heyan", "由河沿牵头")]
    with pytest.raises(Refused):  # a reviewer does not dispatch
        close(session=one, account=account("reviewer"), minutes="同意。", decisions=decisions)
    case.refresh_from_db()
    one.refresh_from_db()
    assert (case.state, one.closed_at, one.minutes) == ("objected", None, "")


def test_a_push_onto_a_community_is_kept_though_the_session_stays_open():
    street = Unit.objects.get(code="qingyuan")
    Unit.objects.create(code="cg", kind="community", name="晨光社区居委会", parent=street, path=f"{street.path}cg.")
    case = objected()
    one = session(case)
    with pytest.raises(Refused):
        close(session=one, account=account("reviewer"), minutes="同意。", decisions=[Decision(case.pk, "cg", "交社区")])
    one.refresh_from_db()
    assert (BlockedPush.objects.get().community.code, one.closed_at) == ("cg", None)


def test_closed_once_the_minutes_stand():
    one = closed(session(objected()))
    with pytest.raises(Refused) as refused:
        close(session=one, account=account("reviewer"), minutes="改一改", decisions=[])
    assert (refused.value.code, JointSession.objects.get().minutes) == ("closed", "到会单位一致同意。")


def test_every_case_needs_a_decision():
    with pytest.raises(Refused) as refused:
        close(session=session(objected()), account=account("reviewer"), minutes="无", decisions=[])
    assert refused.value.code == "decisions"


def test_what_is_in_a_units_hands_is_not_taken_to_a_session():
    with pytest.raises(Refused) as refused:
        session(dispatched())
    assert refused.value.code == "moved"


@pytest.mark.parametrize("who", ["handler.qingyuan", "caller", "analyst"])
def test_only_reviewers_and_dispatchers_convene(who, enter):
    assert enter(who).get("/sessions/new/").status_code == 403
    with pytest.raises(Refused):
        convene(account=account(who), topic="难点", at=timezone.now(), place="线上", units=[], cases=[])


@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 200), ("supervisor", 200), ("handler.heyan", 200), ("handler.citymgmt", 404)]
)
def test_a_session_is_open_to_the_district_and_to_units_invited(who, status, enter):
    assert enter(who).get(f"/sessions/{session(objected()).pk}/").status_code == status


def test_convened_and_closed_from_the_page(enter):
    case, client = twice(), enter("reviewer")
    form = client.get(f"/sessions/new/?case={case.number}").context["form"]
    assert form.initial["cases"] == case.number
    heyan = Unit.objects.get(code="heyan")
    response = client.post("/sessions/new/", SENT | {"cases": case.number, "units": ["heyan", "qingyuan"]})
    one = JointSession.objects.get()
    assert (response.status_code, response.url, list(one.units.order_by("code"))) == (
        302,
        f"/sessions/{one.pk}/",
        [heyan, Unit.objects.get(code="qingyuan")],
    )
    sent = {
        "minutes": "同意。",
        f"lead_{case.pk}": "清源街道",
        f"words_{case.pk}": "由清源办理",
        f"helpers_{case.pk}": ["heyan"],
    }
    assert client.post(one.get_absolute_url(), sent).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.lead.code, [part.unit.code for part in case.parts.all()]) == (
        "in_progress",
        "qingyuan",
        ["heyan"],
    )
    page = client.get(f"/cases/{case.number}/")
    assert f"/sessions/{one.pk}/" in page.content.decode()


def test_a_wrong_number_and_a_missing_decision_are_asked_again(enter):
    case, client = twice(), enter("reviewer")
    response = client.post("/sessions/new/", SENT | {"cases": "MH-2611-99999", "units": ["heyan"]})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["cases"])
    one = session(case)
    response = client.post(one.get_absolute_url(), {"minutes": "同意。", f"lead_{case.pk}": "清源街道"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [f"words_{case.pk}"])


def test_the_list_of_sessions_is_a_handful_of_queries(enter, django_assert_max_num_queries):
    client = enter("reviewer")
    for _ in range(3):
        session(objected())
    client.get("/sessions/")
    with django_assert_max_num_queries(9):
        assert len(client.get("/sessions/").context["sessions"]) == 3


def test_every_page_of_the_room_speaks_english(enter):
    client, one = enter("reviewer", **{"Accept-Language": "en"}), session(twice())
    closed(session(objected()))
    ahead = (timezone.localdate() + timedelta(days=3)).isoformat()
    client.post("/catalogue/changes/", {"title": "Trial", "reason": "Trial", "valid_from": ahead})
    pages = ("/objections/", "/sessions/", "/sessions/new/", one.get_absolute_url(), "/catalogue/changes/", "/blocked/")
    answers = {path: client.get(path) for path in pages}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert "Convene a joint session" in answers["/objections/"].content.decode()
