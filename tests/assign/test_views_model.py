import pytest
from tests.assign.test_triage import history
from tests.district import received

from huiyin.assign import learning, triage
from huiyin.assign.models import TriageRule
from huiyin.assign.queries import forget_rules, rules_at
from huiyin.cases.models import Category

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    ("who", "status"),
    [("dispatcher", 200), ("analyst", 200), ("handler.qingyuan", 403), ("caller", 403)],
)
def test_who_relies_on_it_reads_the_card(enter, who, status):
    assert enter(who).get("/suggestions/").status_code == status


def test_before_it_has_learned_the_page_says_so(enter):
    assert "还没有在本区学习过" in enter("dispatcher").get("/suggestions/").content.decode()


def test_the_card_tells_what_was_measured(enter, monkeypatch):
    history(40, monkeypatch)
    lesson = learning.learn()
    page = enter("analyst").get("/suggestions/").content.decode()
    assert (f"{lesson.accuracy:.3f}" in page, "<polyline" in page, Category.objects.get(code="03.01").name in page) == (
        True,
    ) * 3


@pytest.mark.parametrize("written", ["", "{}", '{"card": {}}', '{"card": {"labels": [{}]}}'])
def test_a_card_of_another_version_is_no_card(enter, monkeypatch, written):
    history(40, monkeypatch)
    learning.learn()
    triage.model_file().with_suffix(".json").write_text(written, encoding="utf-8")
    assert enter("dispatcher").get("/suggestions/").status_code == 200
    assert learning.card() is None


@pytest.mark.parametrize(("costs", "sure"), [([], 0.6), ([2], 0.5), ([10], 0.9), ([2, 10], 0.9)])
def test_how_sure_it_must_be_follows_from_the_cost_of_a_mistake(costs, sure):
    for number, cost in enumerate(costs, start=1):
        TriageRule.objects.create(error_cost=cost, valid_from=f"2026-01-{number:02}")
    forget_rules()
    assert rules_at(received().created_at).sure == pytest.approx(sure)
    forget_rules()
