"""Papers on what others measured: from indicators to sentences, and what happens to them afterwards."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from tests.bulletins.desk import drafted, issued, lines, read, saved, signed
from tests.indicators.numbers import dust, taken
from tests.review import november

from huiyin.bulletins import drafting, filling
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.models import Bulletin
from huiyin.cases.models import Category
from huiyin.indicators.models import Indicator
from huiyin.review.models import Freeze

pytestmark = pytest.mark.django_db
READER = "leader.qingyuan"


@pytest.fixture
def one(db):
    indicator = dust()
    taken(indicator, "qingyuan,2026-09,30", "dongli,2026-09,40", cut_off=date(2026, 9, 30))
    taken(indicator, "qingyuan,2026-10,25", "heyan,2026-10,10", "dongli,2026-10,70", "beiwang,2026-10,25")
    return indicator


def texts(made):
    return {section["key"]: section["text"] for section in made.sections}


def test_all_stand_in_the_summary_and_each_indicator_has_its_section(one):
    made = drafted(Kind.ENVIRONMENT, "2026-10")
    assert [(section["key"], section["title"]) for section in made.sections] == [
        ("summary", "总体情况"), ("measured-dust-2026-10-01", "道路积尘（g/m²，2026年10月）"), ("next", "下一步工作"),
    ]  # fmt: skip
    assert texts(made)["summary"] == (
        "道路积尘（g/m²，2026年10月）：4[1]个单位有数，平均32.5[2]，比上一期下降2.5；有目标的4个单位中，1[3]个达到目标。\n"
        "亮红灯的单位：东里街道（道路积尘）。"
    )
    assert texts(made)["measured-dust-2026-10-01"] == (
        "居前的是河沿街道（10[4]）、北望街道（25[5]）、清源街道（25[6]）。居后的是东里街道（70[7]）。各单位情况见附件1。\n"
        "按计分规则，绿灯1[8]个、黄灯2[9]个、红灯1[10]个。\n"
        "与上一期相比，好转最多的是清源街道（下降5[11]）；退步最多的是东里街道（上升30[12]）。\n"
        "数据来源：检查，截至2026-10-31。"
    )
    assert (made.title, made.said_number) == (
        "关于2026年10月城市环境工作情况的通报", "城市环境通报（未编号，草稿）",
    )  # fmt: skip


def test_what_is_corrected_later_changes_neither_the_draft_nor_the_paper(one):
    made = drafted(Kind.ENVIRONMENT, "2026-10")
    before = (made.counted, made.sections, made.numbers)
    taken(one, "dongli,2026-10,12")
    fresh = Bulletin.objects.get(pk=made.pk)
    assert (fresh.counted, *drafting.sections(made.kind, fresh.counted)) == before
    again = drafted(Kind.ENVIRONMENT, "2026-10")
    assert (again.counted["sheets"][0]["corrected"], "更正过" in texts(again)["measured-dust-2026-10-01"]) == (
        "1",
        True,
    )


@pytest.mark.parametrize(
    ("period", "spans"),
    [
        ("2026-10", ["2026-10-01"]),
        ("assess:2026-11", ["2026-10-01"]),  # 19 October to 18 November: October ended in it
        ("2026-09-01..2026-10-31", ["2026-09-01", "2026-10-01"]),
    ],
)
def test_it_tells_every_period_of_an_indicator_that_ended_in_these_days(one, period, spans):
    assert [sheet["start"] for sheet in drafted(Kind.ENVIRONMENT, period).counted["sheets"]] == spans


@pytest.mark.parametrize(
    ("kind", "period"), [(Kind.ENVIRONMENT, "2026-08"), (Kind.AIR, "2026-10"), (Kind.ENVIRONMENT, "day:2026-10-30")]
)
def test_without_values_it_is_refused_and_nothing_is_frozen(one, kind, period):
    with pytest.raises(ValueError, match="请先导入"):
        drafted(kind, period)
    assert Freeze.objects.count() == 0


def test_what_residents_asked_about_it_stands_beside_where_a_topic_is_named(one):
    november.load()
    topic = Category.objects.get(code="03")
    made = drafted(Kind.ENVIRONMENT, "2026-10", topic=topic)
    assert [section["key"] for section in made.sections] == ["summary", "measured-dust-2026-10-01", "requests", "next"]
    assert texts(made)["requests"].startswith("2026年10月，共受理群众诉求0件")


def test_a_value_that_was_changed_by_hand_keeps_it_from_being_signed(one):
    made = drafted(Kind.ENVIRONMENT, "2026-10")
    saved(made, summary="平均31.5[2]。")
    with pytest.raises(ValueError, match=r"32\.5"):
        signed(made)
    signed(saved(made, summary="平均32.5[2]。"))


def test_its_word_file_has_the_units_and_where_each_number_comes_from(one):
    made = issued(drafted(Kind.ENVIRONMENT, "2026-10"))
    body = filling.document(made, None)
    units, numbers = read(body).tables
    assert [cell.text for cell in units.rows[-1].cells] == [
        "道路积尘", "2026年10月", "4", "东里街道", "70", "20", "-50", "红", "+30",
    ]  # fmt: skip
    assert [cell.text for cell in numbers.rows[2].cells][:5] == [
        "2", "32.5", "道路积尘：各单位平均", "全区", "4个单位之和 ÷ 4",
    ]  # fmt: skip
    assert lines(body)[0] == "沐河区城市环境通报"


def test_a_name_with_signs_that_no_word_file_may_hold_makes_one_all_the_same(one):
    Indicator.objects.update(name="道路\x0b积尘<b>&", caveat="{{ title }}\x07")
    made = issued(drafted(Kind.ENVIRONMENT, "2026-10"))
    assert made.sections[1]["title"] == "道路积尘<b>&（g/m²，2026年10月）"
    assert "二、道路积尘<b>&（g/m²，2026年10月）" in lines(filling.document(made, None))


def test_every_number_of_the_page_opens_into_where_it_comes_from(one, enter):
    made = issued(drafted(Kind.ENVIRONMENT, "2026-10"))
    reader = enter(READER)
    page = reader.get(reverse("bulletins:paper", args=[made.pk])).content.decode()
    address = f"{reverse('indicators:indicator', args=['dust'])}?period=2026-10-01"
    assert page.count(f'href="{address}"') == len(made.numbers)
    assert (urlsplit(address).path, reader.get(address).status_code) == ("/indicators/dust/", 200)
