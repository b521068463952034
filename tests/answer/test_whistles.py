from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress, make

from huiyin.answer import projection, whistles
from huiyin.answer.models import Whistle, WhistleCall
from huiyin.cases.models import Event
from huiyin.cases.rebuild import check_cases
from huiyin.kernel.moves import Refused
from huiyin.notices.models import Notice

pytestmark = pytest.mark.django_db
SAID = {
    "whistle_kind": "joint",
    "called": ["citymgmt", "heat-co"],
    "reason": "管网老化，需要一起看",
    "place": "东里小区南门",
}


def handler():
    return account("handler.qingyuan")


def whistled(**changes):
    case = make("draft_whistle", case=in_progress(), account=handler(), **{**SAID, **changes})
    return make("whistle", case=case, account=account("leader.qingyuan"), **whistles.drafted(case))


def calls(case):
    return {call.unit.code: call for call in WhistleCall.objects.filter(whistle__case=case).select_related("unit")}


def told(username, kind="whistle"):
    return [notice.subject for notice in Notice.objects.filter(account=account(username), key__startswith=f"{kind}:")]


def rows():
    names = [field.name for field in WhistleCall._meta.fields if field.name not in ("id", "whistle")]
    about = ("whistle__case_id", "whistle__seq", "whistle__street__code", "whistle__called_at", "whistle__result")
    return list(WhistleCall.objects.order_by("whistle__case_id", "whistle__seq", "unit_id").values_list(*about, *names))


def test_a_draft_waits_for_the_leader_who_blows_it_as_it_stands():
    case = make("draft_whistle", case=in_progress(), account=handler(), **SAID)
    assert (case.state, Whistle.objects.get().called_at, told("leader.qingyuan")) == (
        "in_progress",
        None,
        [f"{case.number} 拟哨待审"],
    )
    case = make("whistle", case=case, account=account("leader.qingyuan"), **whistles.drafted(case))
    whistle = Whistle.objects.get()
    assert (case.state, case.whistles, whistle.street.code, whistle.place) == (
        "whistled",
        1,
        "qingyuan",
        "东里小区南门",
    )
    assert (whistle.called_at, whistle.drafted_at) == tuple(
        Event.objects.filter(case=case, kind__endswith="whistle").order_by("-seq").values_list("at", flat=True)
    )


def test_only_a_leader_blows():
    case = make("draft_whistle", case=in_progress(), account=handler(), **SAID)
    with pytest.raises(Refused) as refused:
        make("whistle", case=case, account=handler(), **whistles.drafted(case))
    assert refused.value.code == "role"


def test_a_second_draft_replaces_the_first():
    case = make("draft_whistle", case=in_progress(), account=handler(), **SAID)
    make("draft_whistle", case=case, account=handler(), **{**SAID, "called": ["citymgmt"]})
    assert list(calls(case)) == ["citymgmt"]


def test_the_lead_unit_cannot_call_itself():
    with pytest.raises(Refused) as refused:
        make("draft_whistle", case=in_progress(), account=handler(), **{**SAID, "called": ["qingyuan"]})
    assert refused.value.code == "called"


def test_called_units_get_a_part_a_clock_and_a_notice():
    case = whistled()
    found = calls(case)
    assert set(found) == {"citymgmt", "heat-co"} <= {part.unit.code for part in case.parts.all()}
    assert found["citymgmt"].arrive_by == whistles.arrival(case, "joint", Whistle.objects.get().called_at).at
    assert told("handler.citymgmt") == told("leader.heat") == [f"{case.number} 吹哨，请报到"]
    assert told("handler.heyan") == []


def test_an_emergency_gives_less_time():
    case = whistled(whistle_kind="emergency")
    called_at = Whistle.objects.get().called_at
    assert round((calls(case)["heat-co"].arrive_by - called_at) / timedelta(hours=1), 3) == 2


def test_answer_report_in_and_result():
    case = whistled()
    case = make("answer_whistle", case=case, account=account("handler.citymgmt"))
    case = make("report_in", case=case, account=account("handler.citymgmt"), text="已到现场", arrived_at=timezone.now())
    case = make("report_in", case=case, account=account("handler.heat"), arrived_at=timezone.now())
    case = make("whistle_result", case=case, account=handler(), result="商定更换阀门")
    found = calls(case)
    assert [found[code].arrived_at is None for code in ("citymgmt", "heat-co")] == [False, False]
    assert found["citymgmt"].answered_at < found["citymgmt"].arrived_at
    assert (case.state, Whistle.objects.get().result) == ("in_progress", "商定更换阀门")


def test_a_refusal_lights_red_and_tells_street_and_supervisor():
    case = make("refuse_whistle", case=whistled(), account=account("leader.citymgmt"), reason="不属于我委职责")
    assert (case.light, calls(case)["citymgmt"].refused_reason) == ("red", "不属于我委职责")
    assert told("supervisor") == [f"{case.number} 拒绝应哨"]
    assert told("handler.qingyuan") == [f"{case.number} 拒绝应哨"]


@pytest.mark.parametrize("who", ["handler.qingyuan", "handler.heyan", "supervisor"])
def test_only_called_units_answer(who):
    with pytest.raises(Refused):
        make("answer_whistle", case=whistled(), account=account(who))


def test_a_helper_that_was_not_called_is_told_so():
    case = whistled(called=["citymgmt"])
    assert "heat-co" in {part.unit.code for part in case.parts.all()}  # it helps by the catalogue
    with pytest.raises(Refused) as refused:
        make("answer_whistle", case=case, account=account("handler.heat"))
    assert refused.value.code == "called"


@pytest.mark.parametrize("hours", [-5, 5])
def test_nobody_arrives_before_the_whistle_or_after_now(hours):
    with pytest.raises(Refused) as refused:
        make(
            "report_in",
            case=whistled(),
            account=account("handler.citymgmt"),
            arrived_at=timezone.now() + timedelta(hours=hours),
        )
    assert refused.value.code == "arrived"


def test_nobody_reports_in_twice():
    case = make("report_in", case=whistled(), account=account("handler.citymgmt"), arrived_at=timezone.now())
    with pytest.raises(Refused) as refused:
        make("report_in", case=case, account=account("leader.citymgmt"), arrived_at=timezone.now())
    assert refused.value.code == "called"


def concluded():
    case = make("report_in", case=whistled(), account=account("handler.citymgmt"), arrived_at=timezone.now())
    return make("whistle_result", case=case, account=handler(), result="商定")


def test_street_and_called_unit_rate_one_another():
    case = whistles.rate(case=concluded(), account=handler(), rated="citymgmt", score="good")
    case = whistles.rate(
        case=case, account=account("handler.citymgmt"), rated="qingyuan", score="fair", text="准备充分"
    )
    call = calls(case)["citymgmt"]
    assert (call.rating_received, call.rating_given) == ("good", "fair")


@pytest.mark.parametrize(
    ("who", "rated"),
    [("handler.qingyuan", "qingyuan"), ("handler.qingyuan", "heyan"), ("handler.citymgmt", "heat-co")],
)
def test_nobody_rates_itself_or_a_stranger(who, rated):
    with pytest.raises(Refused) as refused:
        whistles.rate(case=concluded(), account=account(who), rated=rated, score="good")
    assert refused.value.code == "rated"


def test_rows_and_cases_are_what_the_events_say():
    case = whistles.rate(case=concluded(), account=handler(), rated="citymgmt", score="poor")
    make("refuse_whistle", case=whistled(), account=account("handler.heat"), reason="人手不足")
    make("whistle", case=case, account=account("leader.qingyuan"), **SAID)
    before = rows()
    assert (projection.rebuild(), rows()) == (3, before)
    assert [checked.differs for checked in check_cases()] == [(), ()]


def test_late_is_past_the_clock_and_never_without_one():
    by = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
    hour = timedelta(hours=1)
    assert WhistleCall(arrive_by=by, arrived_at=by + hour).is_late
    assert WhistleCall(arrive_by=by).is_late
    assert not WhistleCall(arrive_by=by, arrived_at=by - hour).is_late
    assert not WhistleCall(arrive_by=by, refused_at=by + hour).is_late
    assert not WhistleCall().is_late
