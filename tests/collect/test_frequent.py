from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, received

from huiyin.cases.models import Case
from huiyin.collect import frequent
from huiyin.collect.models import FrequentLimit, FrequentReview
from huiyin.kernel.moves import Refused
from huiyin.people.models import Membership

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13900000421", "13900000499"
WHY = "一个月内多次反映同一事项，情绪激动，可能需要专人对接"


def asks(times, phone=PHONE, **changes):
    return [received(phone=phone, **changes) for _ in range(times)]


@pytest.fixture(autouse=True)
def _few():
    FrequentLimit.objects.update(requests=3, days=30)


def listed():
    now = timezone.now()
    return frequent.persons(frequent.limit_on(now), now)


def review():
    return frequent.open_review(case=Case.objects.last(), account=account("agent"), reason=WHY)


def decide(one, who="reviewer", **changes):
    return frequent.decide(
        review=one, account=account(who), **{"outcome": "contact", "words": "由先锋办专人对接", **changes}
    )


# — who is listed —


def test_the_bound_comes_with_the_pack():
    FrequentLimit.objects.all().delete()
    frequent.load_limits(frequent_rows())
    assert (frequent.limit_on(timezone.now()).requests, frequent.limit_on(timezone.now()).days) == (10, 30)


def frequent_rows():
    from huiyin.packs.knowledge import read_limits  # noqa: PLC0415 only here

    return read_limits("muhe")


def test_whoever_reaches_the_bound_is_listed_with_repeats_counted():
    asks(2, category="03.01", area="qingyuan-c1")
    asks(1, category="05.01", area="qingyuan-c1")
    asks(2, phone=OTHER)
    (person,) = listed()
    assert (person.requests, person.repeats, person.latest.phone) == (3, 1, "139****0421")


def test_confidential_old_and_nameless_cases_do_not_count():
    asks(3, confidential=True)
    asks(3, phone="")
    asks(3, phone=OTHER)
    Case.objects.filter(phone="139****0499").update(created_at=timezone.now() - timedelta(days=31))
    assert listed() == []


# — the review —


def test_a_review_is_opened_with_all_cases_and_decided_by_another():
    cases = asks(3)
    one = review()
    assert (one.reason, sorted(one.numbers)) == (WHY, [case.number for case in cases])
    one = decide(one)
    assert (one.outcome, one.decided_by) == ("contact", account("reviewer"))


@pytest.mark.parametrize("outcome", FrequentReview.Outcome.values)
def test_under_review_and_after_any_outcome_a_person_can_still_ask(client, outcome):
    asks(3)
    one = review()
    for press in ("p1", "p2"):
        sent = client.post("/say/", {"text": "还是冷", "consent": "on", "press": press, "phone": PHONE})
        assert sent.url == "/say/receipt/"
        if press == "p1":
            decide(one, outcome=outcome)
    assert Case.objects.count() == 5


def test_nobody_decides_what_they_opened_and_nobody_decides_twice():
    asks(3)
    both = account("agent")
    Membership.objects.create(account=both, role="reviewer", unit=both.unit or account("reviewer").unit)
    one = frequent.open_review(case=Case.objects.last(), account=account("agent"), reason=WHY)
    with pytest.raises(Refused, match="cannot decide"):
        decide(one, "agent")
    decide(one)
    with pytest.raises(Refused, match="decided already"):
        decide(one)


def test_one_review_at_a_time_and_another_after_it():
    asks(3)
    one = review()
    with pytest.raises(Refused, match="waits for its decision"):
        review()
    decide(one)
    assert review().pk != one.pk


def test_who_cannot_be_recognised_is_not_reviewed():
    received(phone="")
    with pytest.raises(Refused, match="no telephone number"):
        review()


@pytest.mark.parametrize("who", ["dispatcher", "reviewer", "handler.qingyuan"])
def test_others_open_none(who):
    asks(1)
    with pytest.raises(Refused, match="Agents and supervisors"):
        frequent.open_review(case=Case.objects.last(), account=account(who), reason=WHY)


def test_once_a_person_is_erased_a_review_does_not_know_them():
    asks(3)
    one = review()
    frequent.forget_persons()
    one.refresh_from_db()
    assert one.phone_index != ""
    Case.objects.update(phone_index="")
    frequent.forget_persons()
    one.refresh_from_db()
    assert one.phone_index == ""


# — the pages —


def test_supervisors_and_reviewers_see_masked_persons_in_few_queries(enter, django_assert_max_num_queries):
    asks(4)
    client = enter("supervisor")
    client.get("/frequent/")
    with django_assert_max_num_queries(9):
        page = client.get("/frequent/").content.decode()
    assert ("139****0421" in page, PHONE in page, "张三丰" in page) == (True, False, False)


def test_opened_by_the_supervisor_decided_by_the_reviewer(enter):
    number = asks(3)[0].number
    enter("supervisor").post(f"/frequent/{number}/", {"reason": WHY})
    one = FrequentReview.objects.get()
    assert enter("supervisor").post(f"/frequent/{number}/decide/{one.pk}/", {"outcome": "visit", "words": "x"}).url
    one.refresh_from_db()
    assert one.decided_at is None
    reviewer = enter("reviewer")
    assert reviewer.get(f"/frequent/{number}/").context["decision"] is not None
    assert reviewer.post(f"/frequent/{number}/decide/{one.pk}/", {"outcome": "visit"}).status_code == 422
    reviewer.post(f"/frequent/{number}/decide/{one.pk}/", {"outcome": "visit", "words": "社区上门看望"})
    one.refresh_from_db()
    assert (one.outcome, one.decided_by) == ("visit", account("reviewer"))


def test_a_review_is_not_decided_through_somebody_elses_case(enter):
    asks(3)
    one, stranger = review(), received(phone=OTHER)
    sent = enter("reviewer").post(f"/frequent/{stranger.number}/decide/{one.pk}/", {"outcome": "visit", "words": "x"})
    assert sent.status_code == 404


@pytest.mark.parametrize("who", ["agent", "handler.qingyuan", "leader.heat", "caller", "dispatcher"])
def test_units_and_others_see_no_list(enter, who):
    assert enter(who).get("/frequent/").status_code == 403


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heat", "analyst", "caller"])
def test_units_and_others_see_no_person(enter, who):
    assert enter(who).get(f"/frequent/{received().number}/").status_code == 403


def test_a_confidential_case_leads_to_nobody(enter):
    case = received(confidential=True)
    assert enter("supervisor").get(f"/frequent/{case.number}/").status_code == 404


def test_strangers_sign_in(client):
    assert client.get("/frequent/").url == "/login/?next=/frequent/"
