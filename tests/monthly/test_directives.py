"""A directive is its unit's to do by its date, and nowhere else: not public, not counted, nobody called about it.

Each list and number first holds a resident's request that lies in the same way, so that the leak could happen.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.district import account, dispatched, make, received, to_call_back
from tests.monthly.order import TEXT, ordered
from tests.townhall import hall

from huiyin.alike.domain import read_new
from huiyin.alike.models import Fingerprint
from huiyin.answer.queries import lists
from huiyin.answer.queries_whistles import rates
from huiyin.assign.learning import _dispatched as learned
from huiyin.assign.models import Suggestion
from huiyin.assign.queries_objections import record
from huiyin.assign.rehearsal import cases_of
from huiyin.bulletins import domain as bulletins
from huiyin.cases import codes
from huiyin.cases.buttons import buttons
from huiyin.cases.domain import Step, act, act_as
from huiyin.cases.draft import SYSTEM
from huiyin.cases.models import Case
from huiyin.cases.queries import visible_to
from huiyin.cockpit import areas, flow, tiles, unit_rings
from huiyin.cockpit.counts import COUNTS
from huiyin.collect.repeats import Asked, likely
from huiyin.evaluate import queries as callbacks
from huiyin.evaluate import supervision
from huiyin.kernel.moves import Refused
from huiyin.monthly import domain_demands
from huiyin.people.models import Unit
from huiyin.review import facts, figures, periods, queries
from huiyin.rounds.drawing import closed_before
from huiyin.timers.domain import set_clocks
from huiyin.townhall.queries_speaker import heard

pytestmark = pytest.mark.django_db
STEPS = (("accept", {}), ("submit", {"text": "已逐件复盘。", "action": "复盘"}))


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()


def closed(case):
    for kind, values in STEPS:
        case = make(kind, case=case, account=account("handler.qingyuan"), **values)
    return make("approve", case=case, account=account("leader.qingyuan"))


def late(case):
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=3))
    return case


def corrected(case, kind):
    return act(case=case, steps=[Step("correct", {"kind": kind, "reason": "改类型"})], account=account("dispatcher"))


def kinds(case, username):
    return {button.kind for button in buttons(case, account(username))}


def test_its_unit_is_named_and_nothing_is_guessed_of_it():
    case, request = ordered("请区信访办协调东里小区暖气不热。"), received()
    assert (case.lead.code, case.category.code) == ("qingyuan", codes.categories().last())
    assert list(Suggestion.objects.values_list("case", flat=True)) == [request.pk]


def test_its_unit_has_it_in_the_inbox_with_its_date_and_others_do_not_see_it():
    case = ordered()
    assert case in [one for found in lists(account("handler.qingyuan")).values() for one in found]
    assert case not in visible_to(account("handler.heyan"))
    assert case.due_at.date() > timezone.localdate()


def test_the_clock_of_its_date_runs_and_none_for_a_person_to_contact_or_call():
    case = ordered()
    set_clocks(timezone.now())
    assert {"accept", "handle"} >= set(running(case)) >= {"handle"}
    make("accept", case=case, account=account("handler.qingyuan"))
    set_clocks(timezone.now())
    assert running(case) == ["handle"]
    for kind, values in STEPS[1:]:
        make(kind, case=case, account=account("handler.qingyuan"), **values)
    make("approve", case=case, account=account("leader.qingyuan"))
    set_clocks(timezone.now())
    assert running(case) == []


def running(case):
    return list(case.timers.filter(stopped_at__isnull=True).order_by("step").values_list("step", flat=True))


def test_late_it_is_on_the_unit_page_and_the_supervision_desk_and_not_among_the_districts_requests():
    request, case = late(dispatched()), late(ordered())
    unit = [case.lead_id]
    assert set(queries.late(unit)) == set(supervision.lists()["late"]) == {request, case}
    assert list(queries.late()) == [request]
    assert (queries.today().late, queries.today(unit).late) == (1, 2)


def test_it_is_no_request_received_today():
    dispatched(), ordered()
    unit = [Unit.objects.get(code="qingyuan").pk]
    assert [queries.today(found).received for found in (None, unit)] == [1, 1]
    assert [sum(queries.curve(found)["series"][0]["data"]) for found in (None, unit)] == [1, 1]


def test_the_cockpit_counts_requests():
    dispatched(), ordered()
    moment = tiles.moment()
    ring = next(one for one in unit_rings.rings(moment) if one.unit.code == "qingyuan")
    assert (ring.in_hand, COUNTS["open"].of(moment).count()) == (1, 1)
    assert {step.name: step.cases for step in flow.steps(moment)} == {
        "received": 1, "dispatched": 1, "answered": 0, "evaluated": 0,
    }  # fmt: skip
    assert areas.picture(moment).elsewhere == 0  # it has no area


def test_no_fact_and_no_figure_knows_it():
    dispatched(), ordered()
    figures.cache.clear()
    assert figures.of_group(periods.read("this-month"))[0]["all"]["received"].numerator == 1
    assert "directive" in facts.source("now")


def test_neither_the_public_list_nor_a_strangers_number_opens_it():
    case = ordered()
    browser = Client()
    assert case.title not in browser.get("/cases-open/").content.decode()
    assert case.title not in browser.get("/cases-open/", {"q": "复盘"}).content.decode()
    for path in (f"/track/{case.number}/", f"/cases/{case.number}/"):
        assert TEXT not in browser.get(path, follow=True).content.decode()


def test_no_caller_is_told_to_judge_it_nor_may():
    request, case = to_call_back(), closed(ordered())
    assert list(callbacks.to_call()) == [request]
    assert "evaluate" in kinds(request, "caller")
    assert kinds(case, "caller").isdisjoint({"evaluate", "attempt", "close_unreached"})
    with pytest.raises(Refused, match="no resident's request"):
        make("evaluate", case=case, account=account("caller"), contacted=True, solved=True, satisfaction="satisfied")


def test_late_nobody_is_called_about_it():
    request = late(dispatched())
    late(ordered())
    assert list(callbacks.overdue(timezone.now())) == [request]


def test_checked_off_its_unit_cannot_have_it_excluded():
    case = closed(ordered())
    domain_demands.check_off(case, by=account("supervisor"))
    assert case.state == "archived"
    assert kinds(case, "leader.qingyuan").isdisjoint({"apply_exclusion", "appeal"})
    assert list(callbacks.to_call()) == []


def accepted(case):
    return make("accept", case=case, account=account("handler.qingyuan"))


def asks(browser, case, kind):
    """The fields that the form of a move asks for."""
    return set(browser.get(f"/cases/{case.number}/move/{kind}/").context["form"].fields)


def later(case):
    return (case.due_at + timedelta(days=2)).isoformat()


def extension(case, **more):
    return make(
        "ask_extension", case=case, account=account("handler.qingyuan"), reason="等材料", until=later(case), **more
    )


def test_its_unit_has_nobody_to_contact():
    request, case = accepted(dispatched()), accepted(ordered())
    assert "first_contact" in kinds(request, "handler.qingyuan")
    assert "first_contact" not in kinds(case, "handler.qingyuan")
    for actor in ("handler.qingyuan", "leader.qingyuan"):
        with pytest.raises(Refused, match="no resident asked"):
            make("first_contact", case=case, account=account(actor), result="已联系")
    with pytest.raises(Refused, match="no resident asked"):
        act_as(case=case, steps=[Step("first_contact", {"result": "已联系"})], actor=SYSTEM)


def test_its_extension_asks_of_no_resident(enter):
    request, case = accepted(dispatched()), accepted(ordered())
    browser = enter("handler.qingyuan")
    assert asks(browser, request, "ask_extension") - asks(browser, case, "ask_extension") == {"told_resident"}
    with pytest.raises(Refused, match="still needs"):
        extension(request)
    with pytest.raises(Refused, match="does not record: told_resident"):
        extension(case, told_resident=True)
    assert extension(case).state == "extension"


def test_the_page_of_a_directive_and_its_extension_say_nothing_of_a_resident(enter):
    request, case = accepted(dispatched()), accepted(ordered())
    browser = enter("handler.qingyuan")
    pages = [browser.get(f"/cases/{one.number}/move/ask_extension/").content.decode() for one in (request, case)]
    assert ["居民" in page for page in pages] == [True, False]
    pages = [browser.get(f"/cases/{one.number}/").content.decode() for one in (request, case)]
    assert ["/move/first_contact/" in page for page in pages] == [True, False]


def test_a_program_is_told_the_same(client):
    case = accepted(ordered())
    client.force_login(account("handler.qingyuan"))
    record = {"reason": "等材料", "until": later(case)}
    sent = [
        ("first_contact", {"result": "已联系"}),
        ("ask_extension", {**record, "told_resident": True}),
        ("ask_extension", record),
    ]
    answers = [
        client.post(
            f"/api/v1/cases/{case.number}/moves", {"kind": kind, "record": values}, content_type="application/json"
        )
        for kind, values in sent
    ]
    assert [answer.status_code for answer in answers] == [409, 422, 200]


def test_no_request_becomes_a_directive_to_escape_the_rates():
    with pytest.raises(Refused, match="never becomes a directive"):
        corrected(dispatched(), "directive")
    with pytest.raises(Refused, match="never becomes a directive"):
        received(kind="directive")


def test_a_directive_becomes_no_request_and_nobody_withdraws_it():
    case = ordered()
    with pytest.raises(Refused, match="never becomes a directive"):
        corrected(case, "help")
    assert "withdraw" in kinds(dispatched(), "agent")
    assert "withdraw" not in kinds(case, "agent")


def test_the_form_of_a_correction_offers_requests_alone(enter):
    page = enter("dispatcher").get(f"/cases/{dispatched().number}/move/correct/").content.decode()
    assert 'value="help"' in page
    assert 'value="directive"' not in page


def test_no_caller_is_told_that_a_directive_is_the_same_matter_and_no_topic_counts_it():
    case, request = ordered("东里小区3号楼暖气不热，逐件复盘。"), dispatched()
    read_new(seconds=5)
    assert list(Fingerprint.objects.values_list("case", flat=True)) == [request.pk]
    Case.objects.filter(pk__in=[case.pk, request.pk]).update(area=request.area, place="东里小区")
    found = likely(Asked(text="东里小区3号楼暖气不热", place="东里小区"))
    assert [one.case for one in found] == [request]


def test_nothing_is_merged_into_it():
    case, request = ordered(), received()
    told = {"parent": case.number, "lead": "qingyuan", "due_at": case.due_at, "reason": "同一件"}
    with pytest.raises(Refused):
        make("merge", case=request, account=account("dispatcher"), **told)


def test_a_program_cannot_hand_one_in():
    from huiyin.api.schemas import Kind  # noqa: PLC0415 - the API's own list

    assert "directive" not in str(Kind)


def test_what_dispatching_is_learned_rehearsed_and_judged_on_are_requests():
    dispatched(), ordered()
    unit = Unit.objects.get(code="qingyuan")
    assert len(learned().texts) == 1
    assert cases_of(periods.read("this-month")).count() == 1
    assert record(unit).orders == 1
    assert [line.cases for line in rates(timezone.now() - timedelta(days=1))[0] if line.unit == unit] == [1]


def test_no_bulletin_reports_of_directives_alone():
    ordered()
    with pytest.raises(ValueError, match="没有受理诉求"):
        bulletins.draft(kind="monthly", period=periods.read("assess"), by=account("supervisor"))


def test_no_checker_is_sent_to_look_at_it():
    request, case = to_call_back(), closed(ordered())
    Case.objects.filter(pk__in=[request.pk, case.pk]).update(closed_at=timezone.now() - timedelta(days=1))
    Case.objects.filter(pk=case.pk).update(place="东里小区")
    assert closed_before(timezone.localdate()) == [request]


def test_the_search_finds_directives_alone_and_requests_alone(enter):
    request, case = dispatched(), ordered()
    browser = enter("supervisor")
    found = [browser.get("/cases/", {"kind": kind}).content.decode() for kind in ("directive", "requests", "")]
    assert [(case.number in page, request.number in page) for page in found] == [
        (True, False), (False, True), (True, True),
    ]  # fmt: skip


def test_what_a_meeting_hears_since_the_last_are_requests():
    request = dispatched()
    ordered()
    assert list(heard(hall.meeting(), account("leader.qingyuan")).cases) == [request]
