"""The page of the rules: who reads and who sets, what is refused with nothing lost, that a look writes nothing."""

import pytest
from django.test import Client
from django.utils.html import escape
from tests.monthly import month, rulebook
from tests.monthly.month import BAD, PERIOD
from tests.monthly.rulebook import ahead, typed

from huiyin.monthly.models import Card, Point, RuleBook, Speaker
from huiyin.monthly.rules import OWN_VALUES
from huiyin.review.models import Freeze

pytestmark = pytest.mark.django_db
RULES = "/monthly/rules/"


def test_a_version_is_set_on_the_page_and_keeps_what_was_not_changed(enter):
    response = enter("supervisor").post(RULES, typed(drafting_apart="5", demand_usual="改进{label}。"))
    assert (response.status_code, response.url) == (302, RULES)
    book = RuleBook.objects.get()
    assert (book.version, book.ground, book.by.username, book.valid_from) == (
        1, rulebook.GROUND, "supervisor", ahead(),
    )  # fmt: skip
    assert book.values == {
        **OWN_VALUES,
        "drafting": {**OWN_VALUES["drafting"], "apart": 5},
        "demands": {**OWN_VALUES["demands"], "usual": "改进{label}。"},
    }


def test_the_next_version_begins_from_the_last_one(enter):
    rulebook.established(ahead(2), apart=7)
    form = enter("supervisor").get(RULES).context["form"]
    assert (form["drafting_apart"].value(), form["valid_from"].value()) == (7, ahead(3))


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"sentence_late": "超期{lable}件"}, "sentence_late", "这里没有{lable}这个词"),
        ({"sentence_late": "超期{numerator件"}, "sentence_late", "花括号没有成对"),
        ({"sentence_better": "{label.__class__}"}, "sentence_better", "{label.__class__}填不进去"),
        ({"demand_usual": "{label:>9999999}"}, "demand_usual", "{label:>9999999}填不进去"),
        ({"demand_usual": ""}, "demand_usual", ""),
        ({"sentence_better": "很" * 201}, "sentence_better", "200"),
        ({"drafting_edge": "1"}, "drafting_edge", "2"),
        ({"drafting_days": "多"}, "drafting_days", ""),
        ({"weight_last": "-1"}, "weight_last", "0"),
        ({"measures": []}, "measures", ""),
        ({"measures": ["received"]}, "measures", "received"),
        ({"head": ["response", "resolution", "satisfaction", "score", "received", "closed", "overdue", "repeats",
                   "mismatch"]}, "head", "最多放8项"),
        ({"valid_from": ahead(-1)}, "valid_from", "规则不"),
        ({"valid_from": "0001-01-01"}, "valid_from", "年份"),
        ({"ground": ""}, "ground", ""),
        ({"ground": "\x00"}, "ground", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(enter, changed, field, words):
    response = enter("supervisor").post(RULES, typed(drafting_least="17", **changed))
    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert escape(words) in page
    assert 'value="17"' in page
    assert RuleBook.objects.count() == 0


def test_weights_of_0_throughout_are_refused(enter):
    none = {f"weight_{name}": "0" for name in OWN_VALUES["speaking"]["weights"]}
    response = enter("supervisor").post(RULES, typed(**none))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["weight_last"])


def test_nothing_sent_is_told_and_not_set(enter):
    assert enter("supervisor").post(RULES, {}).status_code == 422


def test_a_day_on_which_a_version_begins_already_is_told(enter):
    rulebook.established(ahead(5))
    response = enter("supervisor").post(RULES, typed(valid_from=ahead(5)))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["valid_from"])
    assert RuleBook.objects.count() == 1


def test_a_look_shows_who_would_speak_and_what_cards_would_say_and_writes_nothing(review, enter):
    models = (RuleBook, Card, Point, Speaker, Freeze)
    before = [model.objects.count() for model in models]
    response = enter("supervisor").post(
        RULES, typed(look="1", speaking_seats="1", sentence_late="超了{numerator}件。", drafting_achievements="0")
    )  # fmt: skip
    looked = response.context["rehearsal"]
    assert response.status_code == 200
    assert [model.objects.count() for model in models] == before
    first = looked.places[0]
    assert (first.unit.code, first.was, first.would) == (BAD, 1, 1)
    assert {place.would for place in looked.places[1:]} == {None}
    assert "超期6件，多于各单位中位数1件。" in response.content.decode()
    assert "超了6件。" in response.content.decode()
    assert (looked.counts["added"], looked.counts["dropped"] > 0, looked.counts["changed"]) == (0, True, 1)
    assert looked.same > 0


def test_a_look_with_the_same_rules_changes_nothing(review, enter):
    looked = enter("supervisor").post(RULES, typed(look="1")).context["rehearsal"]
    assert (looked.cards, looked.counts) == ([], {"added": 0, "dropped": 0, "changed": 0})
    assert all(place.was == place.would for place in looked.places)


def test_a_date_alone_is_a_change(review, enter):
    looked = enter("supervisor").post(RULES, typed(look="1", drafting_days="30")).context["rehearsal"]
    assert looked.counts == {"added": 0, "dropped": 0, "changed": Point.objects.filter(kind="demand").count()}


def test_a_look_before_any_month_says_that_there_is_nothing_to_try_it_on(enter):
    page = enter("supervisor").post(RULES, typed(look="1")).content.decode()
    assert "还没有为点评会冻结过月份" in page


@pytest.mark.parametrize("who", ["analyst", "leader.qingyuan"])
def test_those_who_read_the_review_read_its_rules_and_set_none(enter, who):
    browser = enter(who)
    assert "系统自带" in browser.get(RULES).content.decode()
    assert 'id="new"' not in browser.get(RULES).content.decode()
    assert browser.post(RULES, typed()).status_code == 403
    assert RuleBook.objects.count() == 0


def test_others_and_strangers_do_not_read_them(enter):
    assert enter("handler.qingyuan").get(RULES).status_code == 403
    assert enter("handler.qingyuan").post(RULES, {}).status_code == 403
    assert Client().get(RULES).url.startswith("/login/")


def test_earlier_and_coming_versions_stand_beside_the_one_in_force(enter):
    rulebook.established(ahead(0), apart=4)
    rulebook.established(ahead(9), apart=6)
    page = enter("analyst").get(RULES)
    assert [one.book and one.book.version for one in page.context["versions"]] == [2, 1, None]
    assert page.context["now"].version == 1
    assert "尚未生效" in page.content.decode()


def test_a_month_says_by_which_version_it_was_drafted(cases, enter):
    rulebook.holds(month.datetime(2025, 11, 1).date())
    month.planned()
    assert "按第1版规则起草" in enter("analyst").get(f"/monthly/{PERIOD}/").content.decode()
    assert f'href="{RULES}"' in enter("analyst").get("/monthly/").content.decode()
