from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from python_calamine import CalamineWorkbook
from tests.district import account
from tests.townhall.after import ANNA, BELA, ERNA, over
from tests.townhall.hall import shown

from huiyin.cases.models import Case
from huiyin.townhall import domain, domain_after, views_after
from huiyin.townhall.models import Judgement, Review, Season, Step

pytestmark = pytest.mark.django_db
# Of the unit that reports; of the district; of another unit.
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"


@pytest.fixture
def held(db):
    return over()


@pytest.fixture
def hall(held):
    return held[0]


@pytest.fixture
def season(hall):
    day = timezone.localdate(hall.begins_at)
    return Season.objects.create(title="一季", first_day=day, last_day=day)


def browser(viewer: UUID):
    client = Client()
    client.cookies["viewer"] = str(viewer)
    return client


def item(held, name, path=""):
    hall, named = held
    return f"/meetings/{hall.code}/register/{named[name].pk}/{path}"


@pytest.mark.parametrize("path", ["review/", "review/docx/", "register/export/csv/", "register/export/xlsx/"])
def test_another_unit_reads_nothing_of_the_inside(enter, hall, path):
    answers = [enter(who).get(f"/meetings/{hall.code}/{path}").status_code for who in (OWNER, COLLEAGUE, OUTSIDER)]
    assert answers == [200, 200, 404]


def test_the_answer_is_corrected_on_its_page_and_who_comes_late_loses_nothing(enter, held):
    page, lift = enter(OWNER), held[1]["lift"]
    assert page.post(item(held, "lift", "answer/"), {"answer": "后天修", "seen": lift.answer}).status_code == 302
    late = page.post(item(held, "lift", "answer/"), {"answer": "大后天修", "seen": lift.answer})
    empty = page.post(item(held, "lift", "answer/"), {"answer": "", "seen": "后天修"})
    lift.refresh_from_db()
    assert (late.status_code, "大后天修" in late.content.decode(), empty.status_code, lift.answer) == (
        409, True, 422, "后天修",
    )  # fmt: skip
    shown = Client().get(f"/live/{held[0].code}/progress/").content.decode()
    assert ("后天修" in shown, "明天就修" in shown) == (True, False)


@pytest.mark.parametrize("path", ["", "step/", "answer/", "case/"])
def test_another_unit_moves_nothing_of_the_register(enter, held, path):
    assert enter(OUTSIDER).post(item(held, "lamp", path), {"text": "做了"}).status_code == 404
    assert (Step.objects.count(), held[1]["lamp"].case_id) == (0, None)


def test_the_progress_page_shows_steps_in_order_to_anybody(held):
    hall, named = held
    for text in ("已经看过", "已经开工"):
        domain_after.step(named["drain"], account(OWNER), text=text)
    page = Client().get(f"/live/{hall.code}/progress/").content.decode()
    assert 0 < page.index("已经看过") < page.index("已经开工")
    assert (named["drain"].case.number in page, "骂人" in page) == (False, False)


def test_the_register_is_narrowed_by_the_address(hall):
    page = Client().get(f"/live/{hall.code}/progress/?state=late")
    assert [line.question.text for line in page.context["register"].lines] == ["北里下水堵了，哪天通"]


def test_a_step_is_written_and_a_bad_one_comes_back(enter, held):
    client = enter(OWNER)
    assert client.post(item(held, "drain", "step/"), {"text": "做了一半", "next_on": ""}).status_code == 302
    back = client.post(item(held, "drain", "step/"), {"text": "做完了", "next_on": "2020-01-01"})
    assert (back.status_code, "做完了" in back.content.decode(), Step.objects.count()) == (422, True, 1)
    assert client.post(item(held, "drain", "step/"), {"text": "，，"}).status_code == 422


def test_list_and_term_are_changed_and_what_is_unknown_comes_back(enter, held):
    client, said = enter(OWNER), {"theme": "safety", "term": "long", "next_on": ""}
    assert [client.post(item(held, "drain"), said | odd).status_code for odd in ({}, {"theme": "x"})] == [302, 422]
    held[1]["drain"].refresh_from_db()
    assert (held[1]["drain"].theme, held[1]["drain"].term) == ("safety", "long")
    assert client.get(item(held, "early")).status_code == 404


def test_one_press_makes_a_case_of_what_is_not_solved(enter, held):
    client, cases = enter(OWNER), Case.objects.count()
    answers = [client.post(item(held, "lamp", "case/")).status_code for _ in range(2)]
    assert (answers, Case.objects.count()) == ([302, 302], cases + 1)


def test_the_workspace_offers_what_is_not_solved(enter, hall):
    page = enter(OWNER).get(f"/meetings/{hall.code}/")
    assert [one.text for one in page.context["unsolved"]] == ["河沿路路灯坏了"]


def test_who_asked_judges_and_who_was_folded_judges_what_stands(held):
    hall, named = held
    said = {"solved": "yes", "satisfaction": "satisfied", "words": ""}
    page = f"/live/{hall.code}/judge/{named['lamp'].pk}/"
    assert [browser(who).get(page).status_code for who in (BELA, ERNA, ANNA)] == [200, 200, 404]
    assert [browser(who).post(page, said).status_code for who in (BELA, ERNA, ANNA)] == [302, 302, 404]
    assert Judgement.objects.filter(question=named["lamp"], solved=True).count() == 2
    assert (Client().get(page).status_code, browser(BELA).post(page, {"solved": "yes"}).status_code) == (404, 422)
    assert page in browser(ERNA).get(f"/live/{hall.code}/mine/").content.decode()


def test_a_case_is_judged_by_its_receipt(held):
    hall, named = held
    page = browser(UUID(int=3)).get(f"/live/{hall.code}/judge/{named['drain'].pk}/")
    assert page.context["over"] is True


def test_the_export_explains_itself(enter, hall):
    book = enter(OWNER).get(f"/meetings/{hall.code}/register/export/xlsx/?state=late")
    sheets = CalamineWorkbook.from_filelike(BytesIO(book.content))
    assert [len(sheets.get_sheet_by_index(at).to_python()) for at in (0, 1)] == [2, 8]
    assert enter(OWNER).get(f"/meetings/{hall.code}/register/export/pdf/").status_code == 404


def test_the_review_keeps_its_conclusions_and_tells_who_was_slower(enter, hall):
    client, page = enter(OWNER), f"/meetings/{hall.code}/review/"
    assert client.post(page, {"words": "路灯再修", "version": 0}).status_code == 302
    back = client.post(page, {"words": "别的结论", "version": 0})
    shown = back.content.decode()
    assert (back.status_code, "路灯再修" in shown, "别的结论" in shown) == (409, True, True)
    assert Review.objects.get().words == "路灯再修"
    assert client.post(page, {"words": "x", "version": "y"}).status_code == 422


def test_the_review_is_an_official_paper(enter, hall):
    domain_after.write_review(hall, account(OWNER), words="路灯再修", version=0)
    paper = Document(BytesIO(enter(OWNER).get(f"/meetings/{hall.code}/review/docx/").content))
    lines = [line.text for line in paper.paragraphs]
    assert (lines[0], lines[1], round(paper.sections[0].left_margin.mm)) == ("向居民报告复盘报告", "一、会议概况", 28)
    assert "路灯再修" in lines


def test_the_season_reports_what_each_may_run(enter, season):
    reports = [enter(who).get("/meetings/report/").context["report"] for who in (OWNER, COLLEAGUE, OUTSIDER)]
    assert [report.total("every") for report in reports] == [6, 6, 0]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "pdf"])
def test_the_season_is_saved_as_a_file(enter, season, kind):
    answer = enter(COLLEAGUE).get(f"/meetings/report/{kind}/?season={season.pk}")
    assert (answer.status_code, len(answer.content) > 500) == ((404, True) if kind == "pdf" else (200, True))


def test_figures_open_and_odd_addresses_are_answered(enter, season):
    client = enter(COLLEAGUE)
    page = client.get("/meetings/report/questions/?figure=listed&unit=qingyuan")
    assert page.context["page"].paginator.count == 4
    assert [
        client.get(f"/meetings/report/{odd}").status_code for odd in ("?season=x", "questions/?figure=x", "?sort=x")
    ] == [404, 404, 200]


def test_before_any_season_the_report_says_so(enter):
    assert enter(COLLEAGUE).get("/meetings/report/").context["report"] is None


def test_words_of_somebody_else_that_were_taken_back_are_not_read_by_who_asked_the_same(hall):
    first, again = shown(hall, "某某人坏透了"), shown(hall, "某人真坏", asker=ANNA)
    domain.fold(again, first)
    domain.refuse(first)
    assert browser(ANNA).get(f"/live/{hall.code}/judge/{first.pk}/").status_code == 404


def test_a_number_with_unseen_signs_between_its_digits_is_masked_in_whatever_everybody_reads(enter, held):
    split = "139\u200b0000\u20600517"
    asked = shown(held[0], f"打{split}")
    enter(OWNER).post(item(held, "lamp", "step/"), {"text": f"打{split}"})
    assert (asked.text, Step.objects.get().text) == ("打139****0517", "打139****0517")


def test_a_long_register_is_read_in_pages_that_keep_what_was_asked_for(hall, monkeypatch):
    monkeypatch.setattr(views_after, "ON_A_PAGE", 1)
    path = f"/live/{hall.code}/progress/"
    first, second = (Client().get(path, {"sort": "age", "page": page}) for page in (1, 2))
    told = [[line.question.pk for line in answer.context["page"]] for answer in (first, second)]
    assert told == [[line.question.pk] for line in first.context["register"].lines[:2]]
    assert "sort=age&amp;page=2" in first.content.decode()
