"""Names and reasons that were not written for a paper: marks, markup, signs that no file of Word holds."""

from datetime import date

import pytest
from tests.bulletins.desk import drafted, lines, signed
from tests.indicators.numbers import dust, taken
from tests.standing import firms

from huiyin.bulletins import filling
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.numbers import Numbers, doubts, pieces
from huiyin.indicators.models import Indicator
from huiyin.standing.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    ["坏\x0b\x01名", "坏\uffff名", "{{ 7*7 }}{% for x in y %}", "<w:p>&amp;</w:p>", "指标[1]", "PM[2]", "积尘 10[3]"],
)
def test_a_paper_is_written_whatever_an_indicator_is_called(name):
    one = dust()
    Indicator.objects.update(name=name, caveat=name, measured_in=name[:9])
    taken(one, "qingyuan,2026-10,-25", "dongli,2026-10,70", cut_off=date(2026, 10, 31))
    made = drafted(Kind.ENVIRONMENT, "2026-10")
    assert lines(filling.document(made, None))
    signed(made)


@pytest.mark.parametrize("reasons", ["坏\x0b\x01", "见[1]、80[2]", "{{ x }}</w:t>", "甲\n乙\u2028丙"])
def test_a_paper_is_written_whatever_the_reasons_say(reasons):
    firms.published()
    Entry.objects.exclude(listed="none").update(reasons=reasons)
    made = drafted(Kind.PROPERTY, "last-month")
    assert lines(filling.document(made, None))
    signed(made)


@pytest.mark.parametrize(("state", "says"), [("removed", "（已销榜）"), ("expired", "（到期下榜）"), ("coaching", "")])
def test_whoever_is_off_the_list_when_it_is_drafted_is_said_to_be(state, says):
    firms.published()
    Entry.objects.filter(listed="black").update(state=state)
    black = next(one for one in drafted(Kind.PROPERTY, "last-month").sections if one["key"] == "black")
    assert black["text"].startswith(f"邻间物业{says}，综合得分59.38")


def test_the_thousandth_number_has_a_mark_that_is_looked_at_and_the_two_thousandth_is_refused():
    numbers = Numbers({})
    written = [numbers.add("7", name="x") for _ in range(1999)]
    assert (pieces(written[-1]), pieces("文号[2026]5号")) == (
        [("7", False), ("1999", True)],
        [("文号[2026]5号", False)],
    )
    assert [len(doubts([{"title": "一", "text": text}], numbers.rows)) for text in ("7[1200]", "8[1200]")] == [0, 1]
    with pytest.raises(ValueError, match="周期"):
        numbers.add("7", name="x")
