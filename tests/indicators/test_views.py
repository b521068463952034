import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.indicators.numbers import dust, file, taken

from huiyin.indicators import domain
from huiyin.indicators.models import Indicator, Value

pytestmark = pytest.mark.django_db
PLACE = "/indicators/dust/"


def sent(*rows):
    return {
        "indicator": "dust", "source": "检查", "cut_off": "2026-10-31",
        "file": SimpleUploadedFile("a.csv", file(*rows).read()),
    }  # fmt: skip


def test_looked_over_first_then_taken_in(enter):
    dust()
    analyst = enter("analyst")
    page = analyst.post("/indicators/import/", sent("清源街道,2026-10,25")).content.decode()
    assert Value.objects.count() == 0
    looked = re.search(r'name="looked" value="([^"]+)"', page)[1]
    assert analyst.post("/indicators/import/take/", {"looked": looked}).url == PLACE
    analyst.post("/indicators/import/take/", {"looked": looked})
    assert list(Value.objects.values_list("unit__code", "value")) == [("qingyuan", Decimal(25))]


def test_what_was_looked_over_cannot_be_changed_on_the_way(enter):
    dust()
    assert enter("analyst").post("/indicators/import/take/", {"looked": "forged"}).url == "/indicators/import/"
    assert Value.objects.count() == 0


def test_a_file_with_a_mistake_keeps_what_was_typed(enter):
    dust()
    answer = enter("analyst").post("/indicators/import/", sent("清源街道,2026-10,25", "清源街道,2026-10,26"))
    page = answer.content.decode()
    assert (answer.status_code, 'value="2026-10-31"' in page, "第 2 行和第 3 行" in page) == (422, True, True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b"a,b\n1,2"])
def test_no_file_is_an_error_of_ours(enter, content):
    dust()
    told = sent() | {"file": SimpleUploadedFile("a.xlsx", content)}
    assert enter("analyst").post("/indicators/import/", told).status_code == 422


def test_board_and_indicator_say_source_and_cut_off(enter):
    taken(dust(), "qingyuan,2026-10,25", "heyan,2026-10,10")
    leader = enter("leader.qingyuan")
    pages = [
        leader.get(path).content.decode() for path in ("/indicators/", PLACE, f"{PLACE}?unit=heyan&period=2026-10-01")
    ]
    assert [("检查" in page, "2026-10-31" in page) for page in pages] == [(True, True)] * 3
    assert leader.get(f"{PLACE}export.csv").content.decode("utf-8-sig").count("2026-10-31") == 2


def test_a_rule_is_seen_before_it_is_set(enter):
    one = dust()
    taken(one, "qingyuan,2026-10,25")
    rule = {
        "basis": "value",
        "points": "0 100\n50 0",
        "green": "80",
        "yellow": "60",
        "valid_from": timezone.localdate(),
        "ground": "改",
    }
    analyst = enter("analyst")
    page = analyst.post(f"{PLACE}rule/", rule | {"look": "1"}).content.decode()
    assert (one.rules.count(), ">50<" in page) == (1, True)
    assert analyst.post(f"{PLACE}rule/", rule | {"points": "1 2"}).status_code == 422
    assert analyst.post(f"{PLACE}rule/", rule).status_code == 302
    assert one.rules.count() == 2


@pytest.mark.parametrize(("who", "reads", "brings"), [
    ("leader.qingyuan", 200, 403), ("handler.qingyuan", 403, 403), ("analyst", 200, 200), ("caller", 403, 403),
])  # fmt: skip
def test_who_reads_and_who_brings(enter, who, reads, brings):
    browser = enter(who)
    assert (browser.get("/indicators/").status_code, browser.get("/indicators/import/").status_code) == (reads, brings)


@pytest.mark.parametrize(("row", "cut_off", "said"), [
    ("清源街道,2026-10,25", "2026-09-30", "第 2 行：周期从 2026-10-01 开始，晚于截止日期，请改其中一个。"),
    ("清源街道,2099-12,25", "2026-10-31", "第 2 行：周期从 2099-12-01 开始，晚于截止日期，请改其中一个。"),
    ("清源街道,2026-10,25", "2099-10-31", "截止日期在今天之后"),
])  # fmt: skip
def test_days_that_nobody_can_have_counted_are_refused_before_they_are_looked_over(enter, row, cut_off, said):
    dust()
    answer = enter("analyst").post("/indicators/import/", sent(row) | {"cut_off": cut_off})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_correction_saved_meanwhile_is_looked_over_before_it_is_overwritten(enter):
    one, analyst = dust(), enter("analyst")
    taken(one, "qingyuan,2026-10,20")
    page = analyst.post("/indicators/import/", sent("清源街道,2026-10,25")).content.decode()
    taken(one, "qingyuan,2026-10,22")
    answer = analyst.post("/indicators/import/take/", {"looked": looked_over(page)})
    again = answer.content.decode()
    assert (answer.status_code, one.loads.count(), '<td class="num">22</td>' in again) == (409, 2, True)
    assert analyst.post("/indicators/import/take/", {"looked": looked_over(again)}).url == PLACE
    assert one.values.get(superseded_at=None).value == Decimal(25)


def looked_over(page):
    return re.search(r'name="looked" value="([^"]+)"', page)[1]


def test_the_page_names_the_rule_that_scored_the_period(enter):
    """Not the one that is set already and begins tomorrow."""
    one = dust()
    taken(one, "qingyuan,2026-10,20")
    ahead = timezone.localdate() + timedelta(days=1)
    told = {"points": [["0", "100"], ["9", "0"]], "basis": "value", "green": Decimal(80), "yellow": Decimal(60)}
    domain.set_rule(indicator=one, by=None, valid_from=ahead, ground="明年办法", **told)
    page = enter("analyst").get(PLACE).content.decode()
    assert ("考评办法" in page, "明年办法" in page) == (True, False)


@pytest.mark.parametrize("name", ["PM2.5/TSP [日均]", "'引号'", "甲" * 40])
@pytest.mark.parametrize("file", ["export.xlsx", "template.xlsx"])
def test_an_indicator_of_any_name_can_be_saved(enter, name, file):
    one = dust()
    taken(one, "qingyuan,2026-10,20")
    Indicator.objects.filter(pk=one.pk).update(name=name)
    assert enter("analyst").get(f"{PLACE}{file}").status_code == 200
