"""The paper on property companies: only what was made public, and nothing before."""

import pytest
from django.urls import reverse
from tests.bulletins.desk import drafted, lines, read
from tests.district import account
from tests.standing import firms

from huiyin.bulletins import drafting, filling
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.models import Bulletin
from huiyin.standing import domain_entries
from huiyin.standing.models import Entry

pytestmark = pytest.mark.django_db
MONTH = "last-month"


def texts(made):
    return {section["key"]: section["text"] for section in made.sections}


def test_it_tells_the_list_with_its_reasons_and_who_explained_itself():
    firms.published()
    made = drafted(Kind.PROPERTY, MONTH)
    told = texts(made)
    reasons = {entry.listed: entry.reasons for entry in Entry.objects.exclude(listed="none")}
    assert told["red"] == f"如禾物业，综合得分95.94[7]。公布的理由：{reasons['red']}"
    assert told["black"] == f"邻间物业，综合得分59.38[8]。公布的理由：{reasons['black']}"
    assert "对4[1]家物业企业计分，0[2]家未计分；公布红榜1[3]家，黑榜1[4]家。" in told["summary"]
    assert told["mending"] == "约谈帮扶0[9]家，复核通过0[10]家，销榜0[11]家。"


@pytest.mark.parametrize("stage", [firms.cycle, firms.proposed, firms.notified])
def test_a_list_that_is_not_public_yet_is_told_to_nobody(stage):
    stage()
    with pytest.raises(ValueError, match="还没有公布"):
        drafted(Kind.PROPERTY, MONTH)


def test_a_company_that_explained_itself_well_is_not_named():
    begun = firms.notified()
    entry = firms.entry(begun, "pm-linjian")
    domain_entries.explain(entry, by=None, words="已整改")
    domain_entries.decide(entry, by=account("reviewer"), accepted=True, reasons="属实")
    firms.time_is_over(begun)
    domain_entries.publish(begun, by=account("supervisor"))
    made = drafted(Kind.PROPERTY, MONTH)
    assert (texts(made)["black"], "邻间" in str(made.counted)) == ("本期没有企业列入。", False)
    assert "1[5]家陈述申辩，1[6]家申辩成立" in texts(made)["summary"]


def test_taken_off_the_list_later_the_paper_still_says_what_it_said():
    firms.published()
    made = drafted(Kind.PROPERTY, MONTH)
    Entry.objects.update(state="removed", reasons="改了", score=1)
    fresh = Bulletin.objects.get(pk=made.pk)
    assert (fresh.counted, drafting.sections(made.kind, fresh.counted)) == (made.counted, (made.sections, made.numbers))


def test_its_word_file_lists_the_companies_and_its_page_opens_the_public_list(enter):
    firms.published()
    made = drafted(Kind.PROPERTY, MONTH)
    body = filling.document(made, None)
    companies, _numbers = read(body).tables
    assert [[cell.text for cell in row.cells][:4] for row in companies.rows[1:]] == [
        ["红榜", "1", "如禾物业", "95.94"], ["黑榜", "4", "邻间物业", "59.38"],
    ]  # fmt: skip
    assert lines(body)[0] == "沐河区物业管理通报"
    page = enter("analyst").get(reverse("bulletins:paper", args=[made.pk])).content.decode()
    assert page.count('href="/standing/"') == len(made.numbers)
