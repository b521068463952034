"""Exclusions and appeals: who decides, who reads the figures, and how little the public page tells."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from tests.district import account
from tests.evaluate.test_claims import APPEALS, ASKS, claimed

from huiyin.cases.models import Case
from huiyin.evaluate import asked
from huiyin.people.models import Unit

ENGLISH = {"accept-language": "en"}
DESK, FIGURES, OPEN = "/exclusions/", "/exclusions/figures/", "/exclusions-open/"


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def rows(response):
    return [(row.case, row.kind) for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("leader.qingyuan", 403), ("handler.heyan", 403), ("supervisor", 403), ("caller", 403), ("analyst", 403)],
)  # fmt: skip
def test_only_reviewers_have_the_desk(enter, who, status):
    assert enter(who).get(DESK).status_code == status


@pytest.mark.parametrize("who", ["reviewer", "leader.qingyuan", "handler.heyan", "analyst", "caller", "checker"])
def test_everybody_of_the_house_reads_the_figures(enter, who):
    claimed(ASKS, "exclude")
    context = enter(who).get(FIGURES).context
    assert [(line.code, line.exclusions) for line in context["lines"]] == [("qingyuan", (1, 1, 1))]
    assert context["by_reason"] == [("重复诉求", 1)]


@pytest.mark.parametrize("path", [DESK, FIGURES])
def test_strangers_are_led_to_the_sign_in(client, path):
    assert client.get(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"


@pytest.mark.parametrize("path", [DESK, FIGURES, OPEN])
def test_nothing_can_be_posted(enter, path):
    assert enter("reviewer").post(path).status_code == 405


def test_the_desk_shows_what_waits_and_narrows_it(enter):
    exclusion, appeal = claimed(ASKS), claimed(APPEALS)
    claimed(ASKS, "refuse_exclusion")
    client = enter("reviewer")
    assert rows(client.get(DESK)) == [(exclusion, "exclusion"), (appeal, "appeal")]
    assert rows(client.get(f"{DESK}?kind=exclusion")) == [(exclusion, "exclusion")]
    assert rows(client.get(f"{DESK}?kind=appeal")) == [(appeal, "appeal")]
    assert rows(client.get(f"{DESK}?kind=archived")) == [(exclusion, "exclusion"), (appeal, "appeal")]
    assert "重复诉求" in page(client.get(DESK))


def test_a_decision_leaves_the_desk(enter):
    case, client = claimed(ASKS), enter("reviewer")
    sent = {"reason": "不是同一件事", "seq": case.seq}
    assert client.post(f"/cases/{case.number}/move/refuse_exclusion/", sent).status_code == 302
    assert rows(client.get(DESK)) == []
    assert "没有待认定的" in page(client.get(DESK))


def test_nobody_decides_what_their_own_unit_asked(enter):
    case, own = claimed(ASKS), account("reviewer")
    own.memberships.update(unit=Unit.objects.get(code="qingyuan"))
    enter("reviewer").post(f"/cases/{case.number}/move/exclude/", {"reason": "同意", "seq": case.seq})
    assert Case.objects.get(pk=case.pk).state == "exclusion"


def test_the_public_reads_decisions_without_title_name_or_evidence(client):
    case = claimed(ASKS, "exclude")
    told = page(client.get(OPEN))
    assert [one.reason for one in client.get(OPEN).context["decisions"]] == ["重复诉求"]
    assert ("重复诉求" in told, "清源街道" in told) == (True, True)
    hidden = (case.number, case.title, "同一人同一事", "已核实", "张三丰", "13900000421", "异议审核员")
    assert [words for words in hidden if words in told] == []


def test_confidential_cases_and_reports_of_offences_are_counted_only(client):
    claimed(ASKS, "exclude", confidential=True)
    reported = claimed(APPEALS, "refuse_appeal")
    Case.objects.filter(pk=reported.pk).update(kind="report")
    context = client.get(OPEN).context
    assert context["decisions"] == []
    assert [(line.exclusions, line.appeals) for line in context["lines"]] == [((1, 1, 1), (1, 0, 1))]


def test_strangers_read_assessment_months_only(client, enter):
    now = asked.period("assess")
    assert client.get(f"{OPEN}?period=2020-01-01..2026-12-31").context["period"] == now
    assert client.get(f"{OPEN}?period=nonsense").context["period"] == now
    earlier = asked.menu()[1]
    assert client.get(f"{OPEN}?period={earlier.label}").context["period"] == earlier
    assert enter("analyst").get(f"{FIGURES}?period=2026").context["period"].kind == "year"


def test_the_public_reads_why_a_case_may_be_left_out(client):
    reasons = client.get(OPEN).context["reasons"]
    told = page(client.get(OPEN))
    assert [reason.code for reason in reasons if str(reason) not in told or reason.basis not in told] == []


def test_nothing_to_count_is_a_dash_and_no_zero(client):
    told = page(client.get(OPEN))
    assert client.get(OPEN).context["lines"] == []
    assert ("—" in told, "0.0%" in told) == (True, False)


def test_the_pages_speak_the_readers_language(client, enter):
    claimed(ASKS, "exclude")
    claimed(ASKS)
    told = page(client.get(OPEN, headers=ENGLISH))
    assert [words for words in ("The latest decisions", "Qingyuan Subdistrict", "granted") if words not in told] == []
    assert "Exclusions, appeals and the two-part score" in page(enter("analyst").get(FIGURES, headers=ENGLISH))
    assert "to decide, the oldest first" in page(enter("reviewer").get(DESK, headers=ENGLISH))


def test_figures_in_one_language_are_not_kept_for_the_other(client):
    claimed(ASKS, "exclude")
    assert "清源街道" in page(client.get(OPEN))
    assert [line.name for line in client.get(OPEN, headers=ENGLISH).context["lines"]] == ["Qingyuan Subdistrict"]


def test_queries_of_the_desk(enter, django_assert_num_queries):
    client = enter("reviewer")
    claimed(ASKS)
    client.get(DESK)
    for _ in range(3):
        claimed(ASKS)
    with django_assert_num_queries(5):  # session, account, cases, what was asked, the reason
        client.get(DESK)


def test_queries_of_the_public_page(client, django_assert_num_queries):
    client.get(OPEN)
    for _ in range(3):
        claimed(ASKS, "exclude")
    with django_assert_num_queries(
        8
    ):  # reasons, their names; decisions, who asked, units, why, its name; the catalogue
        client.get(OPEN)
