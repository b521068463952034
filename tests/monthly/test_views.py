"""Pages of the review: who opens which, what bad input is told, that a page counts nothing anew."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from docx import Document
from tests.district import account
from tests.monthly import month
from tests.monthly.month import BAD, BEFORE, PERIOD

from huiyin.cases.models import Case
from huiyin.monthly import domain, domain_demands
from huiyin.monthly.choices import Stage
from huiyin.monthly.models import Point, Review, Topic
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db
WORKSPACE = f"/monthly/{PERIOD}/"
CARD = f"{WORKSPACE}cards/{BAD}/"


def typed(found, **changes):
    """The card's form as a browser sends it."""
    sent = {"version": str(found.version)}
    for kind, points in (("achievement", 0), ("shortfall", 1), ("demand", 1)):
        sent |= {f"{kind}-TOTAL_FORMS": str(points), f"{kind}-INITIAL_FORMS": "0"}
    sent |= {"shortfall-0-text": "党员教育监督不紧", "shortfall-0-topic": ""}
    sent |= {"demand-0-text": "限期整改", "demand-0-due": "2099-01-01", "demand-0-owner": BAD, "demand-0-topic": ""}
    return sent | changes


def test_the_month_is_planned_on_a_page(cases, enter):
    sent = {"period": PERIOD, "title": "十一月点评会", "held_on": "2026-12-05"}
    response = enter("supervisor").post("/monthly/new/", sent)
    assert (response.status_code, Review.objects.get().title) == (302, "十一月点评会")


@pytest.mark.parametrize(("period", "words"), [(PERIOD, "已经有点评会了"), ("2026-06", "请选别的月份")])
def test_a_month_that_cannot_be_planned_says_why_and_keeps_what_was_typed(review, enter, period, words):
    response = enter("supervisor").post(
        "/monthly/new/", {"period": period, "title": "再来一次", "held_on": "2026-12-05"}
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "再来一次" in response.content.decode()


def test_the_workspace_lists_every_card_and_asks_as_often_with_one_as_with_all(
    review, enter, django_assert_num_queries
):
    browser = enter("analyst")
    browser.get(WORKSPACE)
    with django_assert_num_queries(13):
        page = browser.get(WORKSPACE).content.decode()
    assert page.count("cards/") >= 26
    assert "data-cards" in page


def test_a_figure_of_a_card_opens_into_its_cases(review, enter):
    browser = enter("analyst")
    address = reverse("review:figure", args=["resolution"]) + f"?frozen={review.freeze_id}&unit={BAD}"
    assert address.replace("&", "&amp;") in browser.get(CARD).content.decode()
    assert browser.get(f"{address}&part=numerator").context["counted"] == 2


def test_what_changes_after_the_freeze_changes_no_card_and_no_figure_behind_it(review, enter):
    browser, figure = enter("analyst"), f"/figures/resolution/?frozen={review.freeze_id}&unit={BAD}&part=numerator"
    before = [browser.get(path).content.decode().count("20.0%") for path in (CARD, figure)]
    Case.objects.filter(lead__code=BAD).update(solved=True, satisfaction="satisfied")
    cache.clear()
    assert [browser.get(path).content.decode().count("20.0%") for path in (CARD, figure)] == before
    assert min(before) > 0
    assert browser.get(figure).context["counted"] == 2


def test_the_workspace_reads_no_case_but_the_rings_and_the_demands(review, enter):
    """The figures of a month of any size are on the cards."""
    browser = enter("analyst")
    browser.get(WORKSPACE)
    with CaptureQueriesContext(connection) as asked:
        browser.get(WORKSPACE)
    told = [query["sql"] for query in asked.captured_queries if "cases_case" in query["sql"]]
    assert [("unnest" in sql, '"monthly_point"' in sql) for sql in told] == [(True, False), (False, True)]


def test_a_card_is_changed_on_its_page(review, enter):
    response = enter("supervisor").post(CARD, typed(month.card(review)))
    assert response.status_code == 302
    assert [point.text for point in month.card(review).points.all()] == ["党员教育监督不紧", "限期整改"]


def test_a_demand_without_date_is_told_and_nothing_typed_is_lost(review, enter):
    response = enter("supervisor").post(CARD, typed(month.card(review), **{"demand-0-due": ""}))
    assert response.status_code == 422
    assert "要求要有期限" in response.content.decode()
    assert "党员教育监督不紧" in response.content.decode()


def test_the_second_of_two_editors_sees_both_and_may_save_again(review, enter):
    browser, read = enter("supervisor"), month.card(review)
    domain.save(month.card(review), [], version=1)
    response = browser.post(CARD, typed(read))
    assert response.status_code == 409
    assert "党员教育监督不紧" in response.content.decode()
    again = browser.post(CARD, typed(read, version="2"))
    assert again.status_code == 302


@pytest.mark.parametrize("junk", ["", "x", "-1", "99999999999999999999", "²", "9" * 5000])
def test_a_version_that_is_none_is_refused_quietly(review, enter, junk):
    assert enter("supervisor").post(CARD, typed(month.card(review), version=junk)).status_code in (409, 422)


@pytest.mark.parametrize("junk", ["²", "9" * 5000])
@pytest.mark.parametrize(
    ("path", "names"),
    [(f"{CARD}sign/", ["version"]), (f"{WORKSPACE}turn/", ["to", "seen"]), ("/monthly/topics/", ["topic"])],
)
def test_a_number_that_is_none_is_refused_quietly(review, enter, path, names, junk):
    assert enter("supervisor").post(path, dict.fromkeys(names, junk)).status_code in (302, 422)


def test_what_grows_when_it_is_masked_is_kept_as_far_as_there_is_room(review, enter):
    sent = typed(month.card(review), **{"shortfall-0-text": "a@b.c " * 80})
    assert enter("supervisor").post(CARD, sent).status_code == 302


def test_a_leader_reads_its_own_signed_card_and_explains_once(review, enter):
    browser = enter("leader.heyan")
    assert browser.get(CARD).status_code == 403
    month.signed(review)
    assert "说明（一次）" in browser.get(CARD).content.decode()
    assert browser.post(f"{CARD}comment/", {"text": ""}).status_code == 422
    assert browser.post(f"{CARD}comment/", {"text": "新小区入住，量大"}).status_code == 302
    assert "说明（一次）" not in browser.get(CARD).content.decode()
    assert enter("leader.qingyuan").get(CARD).status_code == 403
    assert enter("handler.heyan").get("/monthly/").status_code == 403
    assert "河沿街道" in browser.get("/monthly/").content.decode()


def test_an_analyst_reads_and_changes_nothing(review, enter):
    browser = enter("analyst")
    assert browser.get(CARD).status_code == 200
    assert browser.post(CARD, typed(month.card(review))).status_code == 403
    assert browser.post(f"{CARD}sign/", {"version": "1"}).status_code == 403


def test_strangers_are_sent_to_the_sign_in(review):
    assert Client().get(WORKSPACE).url.startswith("/login/")


def test_speakers_with_the_same_number_are_told(review, enter):
    ids = [card.unit_id for card in review.cards.all()[:2]]
    response = enter("supervisor").post(f"{WORKSPACE}speakers/", {f"unit{pk}": "1" for pk in ids})
    assert response.status_code == 422
    assert "序号相同" in response.content.decode()


def test_the_meeting_is_refused_while_a_speaker_is_unsigned(review, enter):
    page = enter("supervisor").post(f"{WORKSPACE}ready/", follow=True).content.decode()
    assert "还没有签" in page
    assert "河沿街道" in page
    assert Review.objects.get().stage == Stage.DRAFTING


def test_the_screen_turns_and_says_nothing_while_nothing_has(review, enter):
    month.ready(review)
    browser = enter("supervisor")
    shown = browser.get(f"{WORKSPACE}screen/")
    assert browser.get(f"{WORKSPACE}screen/", {"seen": shown.context["mark"]}).status_code == 204
    browser.post(f"{WORKSPACE}turn/", {"to": "1", "seen": "0"})
    turned = browser.get(f"{WORKSPACE}screen/", {"seen": shown.context["mark"]})
    assert (turned.status_code, turned.context["at"]) == (200, 1)
    assert "有人已经翻页" in browser.post(f"{WORKSPACE}turn/", {"to": "x"}, follow=True).content.decode()


def test_the_cards_as_an_official_paper(review, enter):
    body = b"".join([enter("analyst").get(f"{WORKSPACE}cards.docx").content])
    paper = Document(BytesIO(body))
    said = [line.text for line in paper.paragraphs]
    assert said[0] == "2025-11点评会"
    assert any("解决率20.0%（2/10）" in line for line in said)
    assert any("2个单位同样" in line for line in said)
    assert paper.tables[0].rows[1].cells[0].text == "解决率"


def test_last_months_demands_open_into_their_cases(cases, enter):
    held = month.ready(month.planned(BEFORE))
    domain_demands.hold(held)
    month.planned()
    browser = enter("supervisor")
    assert "data-share" in browser.get(WORKSPACE).content.decode()
    point = Point.objects.filter(card__review=held, case__isnull=False).first()
    assert point.case.number in browser.get(f"/monthly/{BEFORE}/demands/?show=open").content.decode()
    assert browser.get(f"/monthly/{BEFORE}/demands/?show=done").context["points"] == []
    response = browser.post(f"/monthly/{BEFORE}/demands/{point.pk}/", {"reason": "", "due": ""})
    assert response.status_code == 422


def test_a_topic_is_added_and_offered_on_cards(review, enter):
    browser = enter("supervisor")
    assert browser.post("/monthly/topics/", {"name": "精细化管理", "active": "on"}).status_code == 302
    assert browser.post("/monthly/topics/", {"name": "精细化管理", "active": "on"}).status_code == 422
    assert "精细化管理" in browser.get(CARD).content.decode()
    assert Topic.objects.count() == 1


def test_topics_whose_names_differ_by_case_alone_are_two(review, enter):
    browser = enter("supervisor")
    told = [browser.post("/monthly/topics/", {"name": name, "active": "on"}).status_code for name in ("Abc", "abc")]
    assert (told, Topic.objects.count()) == ([302, 302], 2)


@pytest.mark.parametrize("path", ["2019-01/", f"{PERIOD}/cards/nobody/", f"{PERIOD}/elsewhere/"])
def test_what_is_not_there_is_not_found(review, enter, path):
    answered = enter("supervisor").post(f"/monthly/{path}") if "elsewhere" in path else None
    assert (answered or enter("supervisor").get(f"/monthly/{path}")).status_code == 404
    assert account("supervisor").is_active


def test_a_merged_units_cases_open_as_they_were_frozen(cases, enter):
    Unit.objects.filter(code=month.FELL).update(active=False)
    month.planned()
    browser = enter("supervisor")
    ((gone, href),) = browser.get(WORKSPACE).context["left_out"]
    assert (gone["cases"], browser.get(href).context["counted"]) == (10, 10)
    assert f'href="{escape(href)}"' in browser.get(WORKSPACE).content.decode()
