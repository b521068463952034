import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.townhall.hall import DARK, LIFT, meeting, shown

from huiyin.townhall import domain
from huiyin.townhall.choices import Phase, Via, WordUse
from huiyin.townhall.domain_opinions import take
from huiyin.townhall.models import Question, Word
from huiyin.townhall.queries_opinions import taken
from huiyin.townhall.sheets import as_xlsx

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


CSV = '序号,意见\n1,路灯坏了\n2,"电梯停了,\n两周"\n'


def read(client, hall, content, name="a.csv", **said):
    file = SimpleUploadedFile(name, content)
    return client.post(path(hall), SAID | {"lines": "", "read": "1", "file": file} | said)


def test_a_spreadsheet_is_read_under_what_was_typed_and_nothing_is_taken(enter, hall):
    page = read(enter(OWNER), hall, CSV.encode(), lines=f"{LIFT}\n", via="grid")
    said = page.context["form"]
    assert (page.status_code, said["lines"].value()) == (200, f"{LIFT}\n路灯坏了\n电梯停了, 两周")
    assert (said["via"].value(), said["press"].value(), Question.objects.count()) == ("grid", PRESS, 0)


def test_a_column_without_a_head_loses_no_line(enter, hall):
    page = read(enter(OWNER), hall, f"{LIFT}\n{DARK}\n".encode("gb18030"))
    assert page.context["form"]["lines"].value() == f"{LIFT}\n{DARK}"


def test_a_workbook_is_read(enter, hall):
    book = as_xlsx({"意见": [["编号", "说了什么"], [1, LIFT]]})
    assert read(enter(OWNER), hall, book, "a.xlsx").context["form"]["lines"].value() == LIFT


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no workbook", b"PAR1 no table", b" ", b"\0" * 9, b"1" * (2 << 20 | 1)]
)
def test_a_file_that_cannot_be_read_says_so_and_keeps_what_was_typed(enter, hall, content):
    back = read(enter(OWNER), hall, content, lines=LIFT)
    assert (back.status_code, list(back.context["sheet"].errors)) == (422, ["file"])
    assert back.context["form"]["lines"].value() == LIFT


def test_no_file_chosen_says_so(enter, hall):
    back = enter(OWNER).post(path(hall), SAID | {"lines": LIFT, "read": "1"})
    assert (back.status_code, back.context["form"]["lines"].value()) == (422, LIFT)


def test_a_line_with_a_word_that_is_not_taken_is_named_and_nothing_is_lost_or_taken(enter, hall):
    Word.objects.create(text="骂人", use=WordUse.REFUSED)
    lines = f"{LIFT}\n骂 人的话"
    back = enter(OWNER).post(path(hall), SAID | {"lines": lines})
    assert (back.status_code, Question.objects.count(), back.context["form"]["lines"].value()) == (422, 0, lines)
    assert "2" in str(back.context["form"].errors["lines"])
