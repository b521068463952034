from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.indicators.numbers import dust, taken

from huiyin.indicators import domain, queries
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


def told(sheet):
    return [(row.unit.code, row.value, row.gap, row.score, row.light, row.rank, row.change) for row in sheet.rows]


def test_value_target_gap_score_light_rank_and_change():
    one = dust()
    taken(one, "qingyuan,2026-09,30", cut_off=date(2026, 9, 30))
    taken(one, "qingyuan,2026-10,25", "heyan,2026-10,10", "dongli,2026-10,70", "beiwang,2026-10,25")
    assert told(queries.sheet(one, OCTOBER)) == [
        ("heyan", Decimal(10), Decimal(10), Decimal(100), "green", 1, None),
        ("beiwang", Decimal(25), Decimal(-5), Decimal(75), "yellow", 2, None),
        ("qingyuan", Decimal(25), Decimal(-5), Decimal(75), "yellow", 2, Decimal(-5)),
        ("dongli", Decimal(70), Decimal(-50), Decimal(0), "red", 4, None),
    ]


def test_a_correction_supersedes_and_stays_visible():
    one = dust()
    taken(one, "qingyuan,2026-10,25", "heyan,2026-10,10")
    load = taken(one, "qingyuan,2026-10,22", "heyan,2026-10,10")
    assert queries.sheet(one, OCTOBER).of == 2
    row = next(row for row in queries.sheet(one, OCTOBER).rows if row.unit.code == "qingyuan")
    assert (load.rows, load.corrected, row.value, row.was) == (1, 1, Decimal(22), Decimal(25))
    assert [(old.shown, old.superseded_by.shown) for old in queries.corrections(one)] == [(Decimal(25), Decimal(22))]


def test_the_same_file_again_changes_nothing():
    one = dust()
    taken(one, "qingyuan,2026-10,25")
    with pytest.raises(ValueError, match="都已在案"):
        taken(one, "qingyuan,2026-10,25")
    assert one.loads.count() == 1


def test_a_cut_off_ahead_is_refused_and_nothing_is_stored():
    one = dust()
    with pytest.raises(ValueError, match="截止日期"):
        taken(one, "qingyuan,2026-10,25", cut_off=timezone.localdate() + timedelta(days=1))
    assert (one.values.count(), one.loads.count()) == (0, 0)


def test_a_units_own_target_goes_before_everybodys():
    one = dust()
    domain.set_target(indicator=one, unit=Unit.objects.get(code="heyan"), value=Decimal(12), valid_from=OCTOBER)
    taken(one, "qingyuan,2026-10,25", "heyan,2026-10,10")
    assert {row.unit.code: row.target for row in queries.sheet(one, OCTOBER).rows} == {"heyan": 12, "qingyuan": 20}


def test_a_new_rule_does_not_reach_back():
    one, today = dust(), timezone.localdate()
    taken(one, "qingyuan,2026-10,25")
    rule = {
        "points": [["0", "100"], ["25", "0"]],
        "basis": "value",
        "green": Decimal(80),
        "yellow": Decimal(60),
        "ground": "改",
    }
    with pytest.raises(ValueError, match="今天或以后"):
        domain.set_rule(indicator=one, by=None, valid_from=today - timedelta(days=1), **rule)
    assert domain.set_rule(indicator=one, by=None, valid_from=today, **rule).version == 2
    assert queries.sheet(one, OCTOBER).rows[0].score == Decimal(75)


def test_a_rule_on_the_target_needs_one():
    one = dust()
    domain.set_rule(
        indicator=one, by=None, points=[["0", "100"], ["200", "0"]], basis="target", green=Decimal(80), yellow=Decimal(60),
        valid_from=timezone.localdate(), ground="按目标",
    )  # fmt: skip
    rule = one.rules.first().reckoned
    assert (rule.score(Decimal(25), None), rule.score(Decimal(20), Decimal(20))) == (None, 50)
