from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched
from tests.townhall.hall import DARK, LIFT, asked, meeting, shown

from huiyin.alike import domain as alike
from huiyin.cases.models import Case
from huiyin.townhall import domain
from huiyin.townhall.choices import State
from huiyin.townhall.queries_speaker import DAYS, NO_GROUP, heard
from huiyin.townhall.queries_topics import topics

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"


@pytest.fixture
def hall(db):
    return meeting()


def counts(hall, who=OWNER):
    return {one.code: (one.opinions, one.cases) for one in heard(hall, account(who)).shares}


@pytest.mark.parametrize("path", ["", "opinions/"])
def test_another_unit_finds_no_sheet(enter, hall, path):
    answers = [
        enter(who).get(f"/meetings/{hall.code}/speaker/{path}").status_code for who in (OWNER, COLLEAGUE, OUTSIDER)
    ]
    assert answers == [200, 200, 404]


def test_opinions_by_their_words_and_cases_as_filed_are_counted(hall):
    asked(hall, LIFT), asked(hall, "嗯嗯")
    dispatched(category="03.01"), dispatched(category="01.03")
    assert counts(hall) == {"01": (1, 1), "03": (0, 1), NO_GROUP: (1, 0)}


def test_a_refused_opinion_and_another_units_case_are_not_counted(hall):
    domain.refuse(asked(hall, LIFT))
    dispatched(lead="heyan")
    assert counts(hall) == {}


def test_a_case_older_than_ninety_days_is_not_counted(hall):
    case = dispatched()
    Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(DAYS + 2))
    assert counts(hall) == {}


def test_an_opinion_that_became_one_of_the_cases_counts_once(hall):
    question = shown(hall)
    domain.settle(question, State.HANDED, unit_id=hall.unit_id)
    assert counts(hall) == {"01": (0, 1)}


def test_the_headline_states_numerator_and_denominator(hall):
    for _ in range(3):
        asked(hall, LIFT)
    asked(hall, "嗯嗯")
    top = heard(hall, account(OWNER)).headline
    assert (top.items, top.total, top.percent) == (3, 4, 75)


def test_nothing_heard_has_no_headline(enter, hall):
    assert heard(hall, account(OWNER)).headline is None
    assert "data-headline" not in enter(OWNER).get(f"/meetings/{hall.code}/speaker/").content.decode()


def test_every_number_of_cases_opens_into_as_many(enter, hall):
    dispatched(category="03.01"), dispatched(category="03.02"), dispatched(category="01.03")
    client = enter(OWNER)
    for share in heard(hall, account(OWNER)).shares:
        assert len(client.get(share.cases_url).context["page"].rows) == share.cases


def test_every_number_of_opinions_opens_into_as_many(enter, hall):
    asked(hall, LIFT), asked(hall, DARK), asked(hall, "嗯嗯")
    client = enter(OWNER)
    for share in heard(hall, account(OWNER)).shares:
        page = client.get(f"/meetings/{hall.code}/speaker/opinions/?category={share.code}")
        assert len(page.context["opinions"]) == share.opinions


def test_the_sheet_names_nobody(enter, hall):
    case = dispatched()
    asked(hall, "我叫李思源，电话13900000517，3号楼电梯停了", name="李思源", phone="13900000517")
    page = enter(OWNER).get(f"/meetings/{hall.code}/speaker/").content.decode()
    assert [one in page for one in ("李思源", "13900000517", "13900000421", "张三丰")] == [False] * 4
    assert case.lead.code == "qingyuan"


def test_opinions_and_cases_about_one_problem_are_told_together(hall):
    case = dispatched()
    alike.read_new(seconds=30)
    opinion = asked(hall, "东里小区3号楼暖气不热，老人怕冷")
    asked(hall, DARK)
    found = heard(hall, account(OWNER))
    (topic,) = topics(found.opinions, found.cases, hall.venue)
    assert (topic.opinions, topic.cases, topic.name) == ([opinion], [case], "供暖")


def test_a_confidential_case_is_in_no_topic(hall):
    case = dispatched()
    alike.read_new(seconds=30)
    Case.objects.filter(pk=case.pk).update(confidential=True)
    asked(hall, "东里小区3号楼暖气不热，老人怕冷")
    found = heard(hall, account(OWNER))
    assert topics(found.opinions, found.cases, hall.venue) == []
