"""A confidential case hides its person on every page of this room, from units and companies above all."""

import pytest
from tests.district import account, dispatched, received

from huiyin.cases.domain import Step, act
from huiyin.collect.merging import merge
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db
PERSON = ("张三丰", "13900000421", "139****0421", "张**", "501")


def shown(client, path):
    return client.get(path).content.decode()


def test_on_an_open_case_the_unit_sees_the_masked_person(enter):
    page = shown(enter("handler.qingyuan"), dispatched().url)
    assert ("139****0421" in page, "13900000421" in page) == (True, False)


@pytest.mark.parametrize(("lead", "who"), [("qingyuan", "handler.qingyuan"), ("heat-co", "handler.heat")])
def test_unit_and_company_never_see_who_it_was(enter, lead, who):
    case = dispatched(lead=lead, confidential=True)
    client = enter(who)
    pages = [shown(client, case.url), shown(client, "/inbox/"), shown(client, "/cases/?q=暖气")]
    assert [word for word in PERSON for page in pages if word in page] == []


def test_answered_together_an_unconfidential_caller_is_masked_for_the_company(enter):
    parent = dispatched(lead="heat-co")
    child = merge(case=received(), into=parent, account=account("dispatcher"), reason="同一处故障")
    client = enter("handler.heat")
    pages = [shown(client, parent.url), shown(client, child.url)]
    assert ("13900000421" in "".join(pages), "张三丰" in "".join(pages)) == (False, False)


def test_a_confidential_case_is_neither_merged_nor_offered(enter):
    case, parent = received(confidential=True), dispatched()
    with pytest.raises(Refused):
        merge(case=case, into=parent, account=account("dispatcher"), reason="同一处故障")
    page = shown(enter("dispatcher"), f"/repeats/{received(phone='13900000499').number}/")
    assert case.number not in page


def test_its_answer_at_once_shows_only_what_the_knowledge_base_says():
    case = received(confidential=True)
    named = {"kind": "consult", "category": "03.03", "urgency": "normal"}
    answer = {"text": "供暖季以公告为准", "knowledge": "heating-season", "version": "1"}
    act(case=case, steps=[Step("register", named), Step("answer_directly", answer)], account=account("agent"))
    said = str(list(case.events.values_list("public", flat=True)))
    assert [word for word in PERSON if word in said] == []
