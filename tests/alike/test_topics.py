from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import TEXT, account, dispatched, received

from huiyin.alike import queries_topics, topics
from huiyin.alike.domain import read_new
from huiyin.alike.models import Fingerprint, Topic, TopicCase
from huiyin.alike.queries_topics import DAYS, bars, lines
from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db
COLD = "东里小区暖气冰凉，家里很冷，没人管。"
DARK = "河沿家园路灯坏了三天，晚上看不见路。"


def found():
    read_new(seconds=5)
    return topics.find(timezone.now())


def people(number):
    return f"1390000{number:04}"


def test_two_cases_of_one_place_and_problem_are_a_topic_with_place_problem_and_people():
    received(text=TEXT, phone=people(1)), received(text=COLD, phone=people(2)), received(text=DARK, place="河沿家园")
    assert found() == 1
    topic = Topic.objects.get()
    assert (topic.place, topic.people, topic.members.count()) == ("东里小区", 2, 2)
    assert 1.9 < topic.heat <= 2


def test_a_person_who_asks_twice_is_one_person():
    received(text=TEXT), received(text=COLD)
    found()
    assert Topic.objects.get().people == 1


def test_a_topic_keeps_its_row_while_cases_join_it():
    received(text=TEXT, phone=people(1)), received(text=COLD, phone=people(2))
    found()
    before = Topic.objects.get().pk
    received(text=COLD, phone=people(3))
    found()
    assert list(Topic.objects.values_list("pk", "people")) == [(before, 3)]


def test_what_was_told_long_ago_or_became_confidential_is_in_no_topic_any_more():
    cases = [received(text=COLD, phone=people(number)) for number in range(4)]
    found()
    Case.objects.filter(pk=cases[0].pk).update(created_at=timezone.now() - timedelta(days=31))
    Case.objects.filter(pk=cases[1].pk).update(confidential=True)
    found()
    assert set(TopicCase.objects.values_list("case", flat=True)) == {cases[2].pk, cases[3].pk}


def test_nothing_told_is_no_topic():
    assert (found(), Topic.objects.count()) == (0, 0)


def test_everybody_sees_the_cases_within_their_rights(client):
    ours, theirs = dispatched(text=COLD, phone=people(1)), dispatched(text=COLD, phone=people(2), lead="housing")
    found()
    topic = Topic.objects.get()
    seen = {}
    for name in ("analyst", "handler.qingyuan", "handler.heyan"):
        client.force_login(account(name))
        page = client.get(topic.get_absolute_url())
        seen[name] = [page.status_code, *(case.number.encode() in page.content for case in (ours, theirs))]
    assert seen == {
        "analyst": [200, True, True],
        "handler.qingyuan": [200, True, False],
        "handler.heyan": [404, False, False],
    }
    assert [len(lines(account(name))) for name in seen] == [1, 1, 0]
    assert [line.cases for line in lines(account("handler.qingyuan"))] == [1]


def test_a_topic_of_confidential_cases_opens_into_none(client):
    case = received(text=COLD, phone=people(1))
    received(text=COLD, phone=people(2))
    found()
    client.force_login(account("analyst"))
    address = Topic.objects.get().get_absolute_url()
    assert case.number.encode() in client.get(address).content  # it could leak
    Case.objects.all().update(confidential=True)
    assert (client.get(address).status_code, lines(account("analyst"))) == (404, [])


def test_the_list_is_narrowed_by_words_and_says_when_there_is_nothing(client):
    received(text=COLD, phone=people(1)), received(text=COLD, phone=people(2))
    found()
    client.force_login(account("analyst"))
    assert ["东里小区" in client.get(f"/topics/?q={word}").content.decode() for word in ("东里", "河沿")] == [
        True,
        False,
    ]


def test_the_days_are_the_districts_today_last_and_the_tallest_fills_the_picture():
    now = timezone.now()
    today = timezone.localtime(now).date()
    found = bars({today: 4, today - timedelta(days=1): 2, today - timedelta(days=DAYS): 9}, now)
    assert (len(found), found[-1].height, found[-2].height, sum(bar.cases for bar in found)) == (DAYS, 20, 10, 6)


def test_a_reader_counts_the_people_of_their_own_cases_and_sees_no_heat_of_the_district(enter):
    dispatched(text=COLD, phone=people(1))
    for number in range(2, 5):
        dispatched(text=COLD, phone=people(number), lead="heyan")
    found()
    handler, district = (enter(who).get("/topics/").content.decode() for who in ("handler.qingyuan", "supervisor"))
    assert [("1 人" in page, "4 人" in page, '热度">' in page) for page in (handler, district)] == [
        (True, False, False),
        (False, True, True),
    ]


def test_a_corrected_place_and_a_withdrawn_case_are_forgotten_at_once():
    moved, gone = received(text=COLD, phone=people(1)), received(text=COLD, phone=people(2))
    found()
    act(case=moved, steps=[Step("correct", {"place": "河沿家园", "reason": "说错了"})], account=account("agent"))
    act(case=gone, steps=[Step("withdraw", {"reason": "不用了"})], account=account("agent"))
    assert (TopicCase.objects.count(), Fingerprint.objects.count()) == (0, 0)
    assert read_new(seconds=5, everything=True) == 2


def test_a_topic_that_ended_gives_its_address_to_no_other():
    old = [received(text=COLD, phone=people(number)) for number in range(2)]
    found()
    before = Topic.objects.get().pk
    Case.objects.filter(pk__in=[case.pk for case in old]).update(created_at=timezone.now() - timedelta(days=31))
    received(text=DARK, phone=people(3), place="河沿家园"), received(text=DARK, phone=people(4), place="河沿家园")
    found()
    assert before not in Topic.objects.values_list("pk", flat=True)


def test_a_topic_that_ends_while_the_page_is_made_is_left_out(monkeypatch):
    received(text=COLD, phone=people(1)), received(text=COLD, phone=people(2))
    found()
    counted = queries_topics._days

    def meanwhile(cases):
        Topic.objects.all().delete()
        return counted(cases)

    monkeypatch.setattr(queries_topics, "_days", meanwhile)
    assert lines(account("supervisor")) == []
