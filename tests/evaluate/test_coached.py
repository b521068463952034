from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, to_call_back

from huiyin.cases.models import Case
from huiyin.evaluate import asked, coached, domain
from huiyin.evaluate.models import Amount, SecondCall
from huiyin.people.models import Unit

HEARD = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
PHONES = ("13900000421", "13900000422", "13900000423")


@pytest.fixture(autouse=True)
def at_ten_past(settings):
    """Only the sign that a test is about may show: everything of a test happens within a minute."""
    Amount.objects.filter(name__startswith="same_").update(amount=99)
    Amount.objects.filter(name="soon_minutes").update(amount=0)


def least(name, amount):
    Amount.objects.filter(name=name).update(amount=amount)


def judged(phone=PHONES[0], text="", means="phone", **heard):
    case = to_call_back(phone=phone, area="qingyuan-e1" if means != "phone" else None)
    return domain.record(
        case=case,
        actor=domain.caller(account("caller"), "evaluate", case),
        text=text,
        means=means,
        **{**HEARD, **heard},
    )


def found():
    unit = Unit.objects.get(code="qingyuan").pk
    signs = coached.signs(asked.period("assess"))
    assert {sign.unit for sign in signs} <= {unit}
    return [(sign.kind, sign.count, set(sign.numbers)) for sign in signs]


def test_so_many_within_a_minute_are_a_sign():
    least("same_minute_answers", 3)
    numbers = {judged().number, judged().number}
    assert found() == []
    numbers.add(judged().number)
    assert found() == [("minute", 3, numbers)]


def test_the_same_words_of_different_people_are_a_sign():
    least("same_words_answers", 2)
    one = judged(PHONES[0], "工作人员态度很好，问题已经解决。")
    again = judged(PHONES[0], "别的都好，就是慢。")
    assert found() == []
    other = judged(PHONES[1], "工作人员态度很好、问题已经解决！")
    assert found() == [("words", 2, {one.number, other.number})]
    assert again.number not in {number for _kind, _count, numbers in found() for number in numbers}


def test_the_same_words_of_one_person_or_of_everybody_are_none():
    least("same_words_answers", 2)
    for phone, text in (
        (PHONES[0], "一直没有人来看过"),
        (PHONES[0], "一直没有人来看过"),
        (PHONES[1], "满意"),
        (PHONES[2], "满意"),
    ):
        judged(phone, text)
    assert found() == []


def test_residents_of_one_place_all_alike_are_a_sign_and_callers_none():
    least("same_place_answers", 3)
    for phone in PHONES:
        judged(phone)
    assert found() == []
    numbers = {judged(phone, means="web").number for phone in PHONES}
    assert found() == [("place", 3, numbers)]


def test_one_who_is_not_satisfied_is_no_part_of_it():
    least("same_place_answers", 3)
    for phone, satisfaction in zip(PHONES, ("satisfied", "satisfied", "basic"), strict=True):
        judged(phone, means="web", satisfaction=satisfaction)
    assert found() == []


def test_an_answer_right_after_the_unit_was_there_is_a_sign():
    least("soon_minutes", 30)
    case = judged()
    assert found() == [("soon", 1, {case.number})]
    Case.objects.filter(pk=case.pk).update(first_contact_at=timezone.now() - timedelta(hours=2))
    assert found() == []


@pytest.mark.parametrize(
    ("before", "after", "beyond"),
    [
        ((40, 20), (40, 38), True),
        ((40, 20), (40, 22), False),
        ((19, 0), (400, 400), False),  # too few to say
        ((40, 40), (40, 40), False),  # nothing differs
    ],
)
def test_a_swing_is_what_chance_does_not_explain(before, after, beyond):
    assert coached._beyond_chance(*before, *after) is beyond


def test_a_day_without_rules_looks_for_nothing():
    for phone in PHONES:
        judged(phone, "工作人员态度很好，问题已经解决。", "web")
    Amount.objects.all().delete()
    assert found() == []


def test_queries_are_four_at_most(django_assert_max_num_queries):
    judged()
    with django_assert_max_num_queries(6):
        coached.signs(asked.period("assess"))


def test_the_supervisor_has_them_called_again_and_a_handler_does_not(enter):
    least("same_words_answers", 2)
    pair = [judged(phone, "工作人员态度很好，问题已经解决。") for phone in PHONES[:2]]
    page = enter("supervisor").get("/coached/")
    assert [kind["count"] for kind in page.context["kinds"]] == [0, 0, 1, 0, 0]
    asks = {"case": [case.number for case in pair]}
    assert enter("handler.qingyuan").post("/coached/call/", asks).status_code == 403
    assert enter("supervisor").post("/coached/call/", asks).status_code == 302
    enter("supervisor").post("/coached/call/", asks)
    assert sorted(SecondCall.objects.values_list("case__number", flat=True)) == sorted(case.number for case in pair)
