"""Which indicators there are: defined on a page, and settled once they have values."""

import pytest
from tests.indicators.numbers import dust, taken

from huiyin.indicators import domain
from huiyin.indicators.models import Indicator

pytestmark = pytest.mark.django_db
BRINGS, SEES, OUTSIDER = "analyst", "leader.qingyuan", "handler.qingyuan"
NOISE = {
    "name": "工地夜间噪声", "name_en": "", "code": "Noise", "kind": "environment", "measured_in": "dB", "better": "down",
    "cycle": "month", "source": "区城管执法局", "caveat": "", "position": "3",
}  # fmt: skip


def test_who_brings_values_defines_an_indicator_and_goes_on_to_its_rule(enter):
    answers = [enter(who).post("/indicators/new/", NOISE).status_code for who in (SEES, OUTSIDER, BRINGS)]
    one = Indicator.objects.get()
    assert (answers, one.code, one.measured_in, one.position) == ([403, 403, 302], "noise", "dB", 3)
    assert enter(BRINGS).get("/indicators/noise/rule/").status_code == 200


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "import"}, "别的页面的网址"),
        ({"code": "dust"}, "已被别的指标使用"),
        ({"code": "道路"}, "代码"),
        ({"kind": "moon"}, "moon"),
        ({"position": "-1"}, "0"),
        ({"position": "70000"}, "999"),
        ({"name": ""}, "必填"),
        ({"source": "长" * 121}, "120"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(changed, says, enter):
    dust()
    page = enter(BRINGS).post("/indicators/new/", NOISE | {"caveat": "逐月不同"} | changed)
    body = page.content.decode()
    assert (page.status_code, says in body, "逐月不同" in body, Indicator.objects.count()) == (422, True, True, 1)


def test_once_it_has_values_its_meaning_stands_and_its_words_may_change(enter):
    one = dust()
    taken(one, "qingyuan,2026-10,25")
    told = NOISE | {"code": "dust", "name": "道路尘负荷", "kind": "environment", "measured_in": "mg", "better": "up"}
    assert enter(BRINGS).post("/indicators/dust/edit/", told).status_code == 302
    one.refresh_from_db()
    assert (one.code, one.name, one.measured_in, one.better, one.cycle) == (
        "dust",
        "道路尘负荷",
        "g/m²",
        "down",
        "month",
    )


def test_the_verb_refuses_it_too():
    one = dust()
    taken(one, "qingyuan,2026-10,25")
    with pytest.raises(ValueError, match="不能再改"):
        domain.define(indicator=one, name="道路积尘", better="up")
    one.refresh_from_db()
    assert one.better == "down"


def test_without_values_all_but_its_code_may_change():
    one = domain.define(indicator=dust(), code="other", better="up", cycle="quarter")
    assert (one.code, one.better, one.cycle) == ("dust", "up", "quarter")
