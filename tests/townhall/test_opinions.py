import pytest
from tests.townhall.hall import DARK, LIFT, meeting, shown

from huiyin.townhall import domain
from huiyin.townhall.choices import Phase, Via
from huiyin.townhall.domain_opinions import take
from huiyin.townhall.models import Question
from huiyin.townhall.queries_opinions import taken

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"
PRESS = "0123456789abcdef"
SAID = {"via": "paper", "press": PRESS}


@pytest.fixture
def hall(db):
    return meeting()


def path(hall):
    return f"/meetings/{hall.code}/opinions/"


def test_another_unit_finds_no_form(enter, hall):
    answers = [
        enter(who).post(path(hall), SAID | {"lines": LIFT, "press": f"{at}" * 16}).status_code
        for at, who in enumerate((OWNER, COLLEAGUE, OUTSIDER))
    ]
    assert (answers, Question.objects.count()) == ([302, 302, 404], 2)


def test_each_line_is_a_question_before_the_meeting_masked(enter, hall):
    lines = f"{LIFT}\n\n  我叫张思远，电话13900000517，路灯坏了  \n"
    enter(OWNER).post(path(hall), SAID | {"lines": lines, "via": "visit"})
    made = list(Question.objects.order_by("pk"))
    assert [(one.via, one.phase) for one in made] == [(Via.VISIT, Phase.BEFORE)] * 2
    assert (made[0].text, "13900000517" in made[1].text) == (LIFT, False)


def test_the_same_press_twice_doubles_nothing(enter, hall):
    client = enter(OWNER)
    for _ in range(2):
        client.post(path(hall), SAID | {"lines": f"{LIFT}\n{LIFT}\n{DARK}"})
    assert sorted(Question.objects.values_list("text", flat=True)) == sorted([LIFT, LIFT, DARK])


def test_a_press_sent_again_with_a_line_more_adds_that_line(hall):
    take(hall, via=Via.PAPER, lines=[LIFT, DARK], press=PRESS)
    take(hall, via=Via.PAPER, lines=["早市占道", LIFT, DARK], press=PRESS)
    assert Question.objects.count() == 3


@pytest.mark.parametrize(
    ("lines", "named"), [(f"{LIFT}\n{'长' * 501}", "2"), (f"{LIFT}\n\n……", "3"), ("路灯坏了\n" * 301, "301")]
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_lost_or_taken(enter, hall, lines, named):
    back = enter(OWNER).post(path(hall), SAID | {"lines": lines})
    assert (back.status_code, Question.objects.count()) == (422, 0)
    assert named in str(back.context["form"].errors["lines"])
    assert back.context["form"]["lines"].value() == lines


@pytest.mark.parametrize("press", ["", "short", "A" * 16, "0" * 17])
def test_a_press_that_no_form_sent_takes_nothing(enter, hall, press):
    back = enter(OWNER).post(path(hall), SAID | {"lines": LIFT, "press": press})
    assert (back.status_code, Question.objects.count()) == (422, 0)


def test_what_looks_the_same_as_an_earlier_one_is_said(enter, hall):
    first = shown(hall)
    lines = "三号楼的电梯停了两周了，哪天修好？\n早市占道什么时候管\n西门的早市占道，什么时候来管"
    page = enter(OWNER).post(path(hall), SAID | {"lines": lines}, follow=True)
    batch = page.context["batch"]
    assert [one.like for one in batch] == [first, None, batch[1].question]


def test_a_line_is_not_compared_with_what_came_after_it(hall):
    take(hall, via=Via.PAPER, lines=[LIFT], press=PRESS)
    shown(hall)
    assert [one.like for one in taken(hall, PRESS)] == [None]


def test_a_refused_opinion_is_not_listed(hall):
    (one,) = take(hall, via=Via.GRID, lines=[LIFT], press=PRESS)
    domain.refuse(one)
    assert taken(hall, PRESS) == []
