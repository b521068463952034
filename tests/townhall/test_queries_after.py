"""The figures of a meeting that was counted by hand (after.py)."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.district import account
from tests.townhall.after import over
from tests.townhall.hall import meeting

from huiyin.townhall import drafting, queries_after, queries_report, queries_review
from huiyin.townhall.choices import Phase, Standing, State, Theme, Via
from huiyin.townhall.models import Judgement, Question, Season
from huiyin.townhall.queries_after import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(db):
    return over()[0]


def register(hall, **asked):
    return queries_after.register(hall, Asked.of(asked))


def texts(register):
    return [line.question.text[:4] for line in register.lines]


def test_figures_of_the_register(hall):
    found = register(hall)
    assert found.standings == {"open": 2, "late": 1, "done": 1}
    assert [(theme, counts, every) for theme, counts, every in found.table] == [
        (Theme.SAFETY, [0, 0, 1], 1), (Theme.CITY, [2, 0, 0], 2), (Theme.COMMUNITY, [0, 0, 0], 0), (Theme.LIVELIHOOD, [0, 1, 0], 1),
    ]  # fmt: skip
    assert (found.soon, [band.questions for band in found.ages]) == (1, [3, 0, 0, 0])


def test_rings_say_what_who_asked_said(hall):
    assert {line.question.text[:4]: line.ring for line in register(hall).lines if not line.question.case} == {
        "3号楼电": "1111", "河沿路路": "1113",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"list": "city"}, 2), ({"term": "long"}, 1), ({"state": "late"}, 1), ({"list": "city", "state": "done"}, 1),
        ({"list": "nonsense", "sort": "nonsense"}, 4), ({"list": "community"}, 0),
    ],
)  # fmt: skip
def test_filters(hall, asked, left):
    assert len(register(hall, **asked).lines) == left


def test_the_next_date_sorts_and_what_has_none_comes_last(hall):
    assert texts(register(hall))[:2] == ["北里下水", "东门停车"]


def test_open_questions_age_by_band(hall):
    drain = Question.objects.get(text__startswith="北里")
    for days, band in ((30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3)):
        Question.objects.filter(pk=drain.pk).update(settled_at=timezone.now() - timedelta(days=days))
        counted = [one.questions for one in register(hall).ages]
        assert counted == [2 + (band == 0), int(band == 1), int(band == 2), int(band == 3)], days


def test_judgements_count_whoever_asked_by_phone_what_was_answered(hall):
    found = queries_after.judged(hall.questions.all())
    assert (found.asked, found.judged, found.solved, found.satisfied) == (3, 2, 1, 1)
    assert [one.times for one in queries_after.unsolved(hall)] == [1]


def test_queries_of_the_register(hall, django_assert_num_queries):
    with django_assert_num_queries(2):  # lines, steps
        register(hall)


def test_facts_of_the_review(hall):
    found = queries_review.facts(hall)
    assert (found.asked, found.not_shown, found.settled) == (6, 1, 5)
    assert [found.phase(phase) for phase in Phase] == [1, 5, 0]
    assert (found.stands["answered"], found.stands["promised"], found.stands["handed"]) == (3, 1, 1)
    assert len(found.answer_times) == 1


def test_the_review_says_numbers_with_what_they_are_shares_of(hall):
    parts = {part.heading: "".join(part.sentences) for part in drafting.drafted(queries_review.facts(hall), "再修路灯")}
    assert "共收到意见和提问6件：会前1件，会上5件，会后0件" in parts["提问情况"]
    assert "83.3%（5/6）" in parts["当场办理"]
    assert "66.7%（2/3）" in parts["提问人评价"]
    assert parts["结论与下一步"] == "再修路灯"


def test_a_meeting_without_anything_says_so():
    parts = drafting.drafted(queries_review.facts(meeting()))
    assert "占全部—" in "".join(parts[2].sentences)


def test_figures_of_the_season_equal_the_hand_count_and_open_into_their_questions(hall):
    day = timezone.localdate(hall.begins_at)
    season, reader = Season.objects.create(title="一季", first_day=day, last_day=day), account("supervisor")
    made = queries_report.report(season, reader, "-every")
    counted = {"during": 5, "opinions": 1, "resolved": 1, "listed": 4, "late": 1, "every": 6}
    assert dict(made.rows[0].counts) == counted
    assert {name: queries_report.figure(season, reader, name).count() for name in counted} == counted
    assert (made.held, made.units_met, [rate.percent for rate in made.rates]) == (1, 1, ["100.0", "16.7"])


def test_who_runs_another_unit_counts_only_its_own(hall):
    day = timezone.localdate(hall.begins_at)
    season = Season.objects.create(title="一季", first_day=day, last_day=day)
    assert queries_report.report(season, account("handler.heyan")).total("every") == 0


SETTLED = st.fixed_dictionaries(
    {
        "phase": st.sampled_from(Phase), "via": st.sampled_from(Via), "state": st.sampled_from(State),
        "theme": st.sampled_from(["", *Theme]), "days": st.sampled_from([None, -3, 3]), "judged": st.sampled_from([None, True, False]),
    }
)  # fmt: skip


def made(hall, told):
    for number, one in enumerate(told):
        judged, days = one.pop("judged"), one.pop("days")
        due = timezone.localdate() + timedelta(days=days) if days else None
        known = {
            "text": "灯",
            "press": f"p{number}",
            "asked_at": timezone.now(),
            "settled_at": timezone.now(),
            "due": due,
        }
        question = Question.objects.create(meeting=hall, **known, **one)
        if judged is not None:
            said = {"solved": judged, "satisfaction": "basic", "at": timezone.now()}
            Judgement.objects.create(question=question, viewer="00000000-0000-0000-0000-000000000001", **said)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(SETTLED, max_size=12))
def test_phases_states_and_standings_part_the_whole(db, told):
    hall = meeting(code=f"h{Question.objects.count()}-{meeting_number()}")
    made(hall, [dict(one) for one in told])
    found = queries_review.facts(hall)
    assert found.asked + found.not_shown == len(told)
    assert sum(found.phase(phase) for phase in Phase) == found.asked == sum(found.stands.values())
    register = queries_after.register(hall, Asked())
    assert sum(register.standings.values()) == len(register.lines) == found.settled
    assert sum(band.questions for band in register.ages) == register.standings["open"] + register.standings["late"]
    assert Counter(line.standing for line in register.lines)[Standing.DONE] == register.standings["done"]


_counter = SimpleNamespace(value=0)


def meeting_number():
    _counter.value += 1
    return _counter.value
