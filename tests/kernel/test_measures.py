"""Twenty cases counted by hand; the comments and the golden figures below are that count."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import ibis
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.counted import COUNTED_AS
from huiyin.kernel.facts import COUNTERS, SCHEMA, aggregate, counters_of, members
from huiyin.kernel.figures import Figure, figures, mean_of_units, pooled, rounded
from huiyin.kernel.measures import COUNTED, MEASURES, VARIANTS
from huiyin.kernel.periods import parse_period

TZ = ZoneInfo("Asia/Shanghai")
TYPES = {
    "int64": pl.Int64,
    "int32": pl.Int32,
    "string": pl.String,
    "boolean": pl.Boolean,
    "timestamp('UTC')": pl.Datetime("us", "UTC"),
}
NAMES = (
    "id", "lead_id", "created_at", "closed_at", "due_at", "valid_callback", "contacted", "solved", "satisfaction",
    "excluded",
)  # fmt: skip


def nov(day, *clock):
    return datetime(2026, 11, day, *clock, tzinfo=TZ).astimezone(UTC)


def october(day, *clock):
    return datetime(2026, 10, day, *clock, tzinfo=TZ).astimezone(UTC)


DEC = datetime(2026, 12, 1, tzinfo=TZ).astimezone(UTC)
AS_OF = nov(23, 12)
NOVEMBER = parse_period("2026-11", now=AS_OF, tz=TZ)
GOOD, BASIC, BAD = "satisfied", "basic", "dissatisfied"
ROWS = [
    # id, lead, created, closed, due, valid, contacted, solved, satisfaction, excluded
    (1, 1, nov(2), nov(5), nov(7), True, True, True, GOOD, False),
    (2, 1, nov(3), nov(6), nov(9), True, True, True, BASIC, False),
    (3, 1, nov(4), nov(10), nov(8), True, True, False, BAD, False),  # closed late
    (4, 1, nov(5), nov(12), nov(15), True, False, None, None, False),  # not contacted
    (5, 1, nov(6), nov(13), nov(14), False, True, True, GOOD, False),  # callback not valid
    (6, 1, nov(7), None, nov(20), None, False, None, None, False),  # open and late
    (7, 1, nov(3), nov(9), nov(8), True, True, False, BAD, True),  # excluded, closed late
    (8, 1, nov(1), nov(3), nov(5), True, True, True, GOOD, False),  # the period's first moment
    (9, 2, nov(10), nov(12), nov(15), True, True, True, GOOD, False),
    (10, 2, nov(11), nov(20), nov(15), True, True, True, GOOD, False),  # closed late
    (11, 2, nov(12), nov(14), nov(20), True, True, False, BASIC, False),
    (12, 2, october(31, 23, 59), nov(2), nov(5), True, True, True, GOOD, False),  # closed in the period only
    (13, 2, DEC, None, None, None, False, None, None, False),  # after the period
    (14, 2, nov(30, 23, 59, 59, 999999), None, None, None, None, None, None, False),  # its last moment; never due
    (15, 3, nov(15), None, nov(30), None, False, None, None, False),
    (16, 3, nov(16), nov(17), nov(18), False, False, None, None, False),
    (17, 3, nov(17), nov(18), nov(20), True, True, True, GOOD, True),  # the unit's only valid callback is excluded
    (18, None, nov(20), None, nov(23, 12), None, False, None, None, False),  # due this very moment: not yet late
    (19, None, nov(21), None, nov(23, 11, 59), None, False, None, None, False),  # a minute late
    (20, 1, october(20), october(25), october(22), True, True, True, GOOD, False),  # before the period
]


def fact_table(rows):
    """What the rows leave out is null."""
    whole = [{**dict.fromkeys(SCHEMA), **row} for row in rows]
    return ibis.memtable(pl.DataFrame(whole, schema={name: TYPES[kind] for name, kind in SCHEMA.items()}))


TABLE = fact_table(dict(zip(NAMES, row, strict=True)) for row in ROWS)


@pytest.fixture(scope="module")
def engine():
    return ibis.duckdb.connect()


def count(engine, by=None, table=TABLE, period=NOVEMBER, as_of=AS_OF):
    counted = aggregate(table, by=[by] if by else [], periods=[period], as_of=as_of)
    return {row.get(by): row for row in engine.to_pyarrow(counted).to_pylist()}


BASIC_ONES = ("response", "resolution", "satisfaction", "score", "received", "closed", "overdue")


def sums(figures_of):
    return {name: (figures_of[name].numerator, figures_of[name].denominator) for name in BASIC_ONES}


def texts(figures_of):
    return {name: figures_of[name].text for name in BASIC_ONES if name in figures_of}


GOLDEN_SUMS = {
    1: {
        "all": {
            "response": (5, 6),
            "resolution": (3, 6),
            "satisfaction": (29, 60),
            "score": (3160, 60),
            "received": (8, None),
            "closed": (7, None),
            "overdue": (3, None),
        },
        "net": {
            "response": (4, 5),
            "resolution": (3, 5),
            "satisfaction": (29, 50),
            "score": (3060, 50),
            "received": (7, None),
            "closed": (6, None),
            "overdue": (2, None),
        },
    },
    2: {
        variant: {
            "response": (3, 3),
            "resolution": (2, 3),
            "satisfaction": (29, 30),
            "score": (2460, 30),
            "received": (4, None),
            "closed": (4, None),
            "overdue": (1, None),
        }
        for variant in VARIANTS
    },
    3: {
        "all": {
            "response": (1, 1),
            "resolution": (1, 1),
            "satisfaction": (10, 10),
            "score": (1000, 10),
            "received": (3, None),
            "closed": (2, None),
            "overdue": (0, None),
        },
        "net": {
            "response": (0, 0),
            "resolution": (0, 0),
            "satisfaction": (0, 0),
            "score": (0, 0),
            "received": (2, None),
            "closed": (1, None),
            "overdue": (0, None),
        },
    },
    None: {
        variant: {
            "response": (0, 0),
            "resolution": (0, 0),
            "satisfaction": (0, 0),
            "score": (0, 0),
            "received": (2, None),
            "closed": (0, None),
            "overdue": (1, None),
        }
        for variant in VARIANTS
    },
}


def test_sums_per_unit(engine):
    counted = {lead: figures(row) for lead, row in count(engine, "lead_id").items()}
    assert {lead: {v: sums(of[v]) for v in VARIANTS} for lead, of in counted.items()} == GOLDEN_SUMS


def test_texts_of_a_unit(engine):
    of_unit = figures(count(engine, "lead_id")[1])
    assert texts(of_unit["all"]) == {
        "response": "83.3%",
        "resolution": "50.0%",
        "satisfaction": "48.3%",
        "score": "52.7",
        "received": "8",
        "closed": "7",
        "overdue": "3",
    }
    assert texts(of_unit["net"]) == {
        "response": "80.0%",
        "resolution": "60.0%",
        "satisfaction": "58.0%",
        "score": "61.2",
        "received": "7",
        "closed": "6",
        "overdue": "2",
    }


def test_no_valid_callback_is_a_dash_and_never_zero(engine):
    of_unit = figures(count(engine, "lead_id")[3])["net"]
    rates = ("response", "resolution", "satisfaction", "score")
    assert [of_unit[name].value for name in rates] == [None] * 4
    assert [of_unit[name].text for name in rates] == ["—"] * 4


POOLED = {
    "all": {
        "response": "90.0%",
        "resolution": "60.0%",
        "satisfaction": "68.0%",
        "score": "66.2",
        "received": "17",
        "closed": "13",
        "overdue": "5",
    },
    "net": {
        "response": "87.5%",
        "resolution": "62.5%",
        "satisfaction": "72.5%",
        "score": "69.0",
        "received": "15",
        "closed": "11",
        "overdue": "4",
    },
}


def test_pooled_is_the_same_from_the_units_and_from_the_table(engine):
    of_units = pooled(count(engine, "lead_id").values())
    assert {variant: texts(of_units[variant]) for variant in VARIANTS} == POOLED
    assert figures(count(engine)[None]) == of_units


def test_mean_of_units_leaves_out_those_without_a_callback(engine):
    means = mean_of_units(count(engine, "lead_id").values())
    assert {variant: texts(means[variant]) for variant in VARIANTS} == {
        "all": {"response": "94.4%", "resolution": "72.2%", "satisfaction": "81.7%", "score": "78.2"},
        "net": {"response": "90.0%", "resolution": "63.3%", "satisfaction": "77.3%", "score": "71.6"},
    }
    assert {variant: means[variant]["score"].units for variant in VARIANTS} == {"all": 3, "net": 2}


def test_mean_without_any_callback_is_a_dash():
    assert texts(mean_of_units([])["all"]) == dict.fromkeys(("response", "resolution", "satisfaction", "score"), "—")


def opened(engine, name, part, **kwargs):
    table = kwargs.pop("table", TABLE)
    found = members(table, MEASURES[name], part, period=NOVEMBER, as_of=AS_OF, **kwargs)
    return sorted(row["id"] for row in engine.to_pyarrow(found).to_pylist())


@pytest.mark.parametrize(
    ("name", "part", "variant", "ids"),
    [
        ("response", "denominator", "all", [1, 2, 3, 4, 7, 8, 9, 10, 11, 17]),
        ("response", "denominator", "net", [1, 2, 3, 4, 8, 9, 10, 11]),
        ("response", "numerator", "all", [1, 2, 3, 7, 8, 9, 10, 11, 17]),
        ("resolution", "numerator", "net", [1, 2, 8, 9, 10]),
        ("satisfaction", "numerator", "all", [1, 2, 8, 9, 10, 11, 17]),
        ("satisfaction", "denominator", "net", [1, 2, 3, 4, 8, 9, 10, 11]),
        ("received", "numerator", "net", [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 14, 15, 16, 18, 19]),
        ("closed", "numerator", "all", [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 16, 17]),
        ("overdue", "numerator", "all", [3, 6, 7, 10, 19]),
        ("overdue", "numerator", "net", [3, 6, 10, 19]),
    ],
)
def test_members_are_the_counted_cases(engine, name, part, variant, ids):
    assert opened(engine, name, part, variant=variant) == ids


def test_members_of_one_unit_keep_the_columns(engine):
    assert opened(engine, "overdue", "numerator", table=TABLE.filter(TABLE.lead_id == 1)) == [3, 6, 7]
    found = members(TABLE, MEASURES["overdue"], "numerator", period=NOVEMBER, as_of=AS_OF)
    assert found.columns == TABLE.columns


def test_every_plain_figure_opens_into_as_many_cases(engine):
    row = count(engine)[None]
    for name, weight in {"response": 1, "resolution": 1, "received": 1, "closed": 1, "overdue": 1}.items():
        for variant in VARIANTS:
            cases = opened(engine, name, "numerator", variant=variant)
            assert weight * len(cases) == figures(row)[variant][name].numerator


def test_as_of_decides_which_open_cases_are_late(engine):
    early = figures(count(engine, as_of=nov(19))[None])["all"]["overdue"]
    assert early.numerator == 3  # cases 6 and 19 were still in time


def test_an_empty_period_counts_nothing(engine):
    assert count(engine, period=parse_period("2020", now=AS_OF, tz=TZ)) == {}
    empty = pooled([])["all"]
    assert texts(empty) == {
        "response": "—",
        "resolution": "—",
        "satisfaction": "—",
        "score": "—",
        "received": "0",
        "closed": "0",
        "overdue": "0",
    }
    assert count(engine, "lead_id", period=parse_period("2020", now=AS_OF, tz=TZ)) == {}


def test_plain_count_has_no_denominator_to_open():
    with pytest.raises(ValueError, match="'received' is a plain count"):
        members(TABLE, MEASURES["received"], "denominator", period=NOVEMBER, as_of=AS_OF)


def test_unknown_group_is_refused():
    with pytest.raises(ValueError, match="cannot be grouped by 'colour'"):
        aggregate(TABLE, by=["colour"], periods=[NOVEMBER], as_of=AS_OF)


def test_bare_as_of_is_refused():
    with pytest.raises(ValueError, match="`as_of` with a time zone"):
        aggregate(TABLE, periods=[NOVEMBER], as_of=datetime(2026, 11, 23))  # noqa: DTZ001


@pytest.mark.parametrize("dialect", ["postgres", "duckdb", "pyspark"])
def test_the_definitions_compile_for_the_three_engines(dialect):
    sql = ibis.to_sql(aggregate(TABLE, by=["lead_id"], periods=[NOVEMBER], as_of=AS_OF), dialect=dialect)
    assert sums_in(sql) == len(COUNTERS) * (len(VARIANTS) + 1)  # each once in its half, then once a variant


def test_every_measure_says_what_it_is():
    assert tuple(MEASURES)[:7] == BASIC_ONES
    for measure in MEASURES.values():
        assert "" not in {
            measure.label_zh,
            measure.label_en,
            measure.exclusions_zh,
            measure.exclusions_en,
            measure.source,
        }
    assert {m.name for m in MEASURES.values() if m.period_column == "closed_at"} == {"closed"}


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(9725, 100), 1, Decimal("97.3")),  # half up, where floats say 97.2
        (Fraction(1, 3), 2, Decimal("0.33")),
        (Fraction(100), 1, Decimal("100.0")),
        (Fraction(7), 0, Decimal(7)),
        (None, 1, None),
    ],
)
def test_rounded(value, digits, expected):
    assert rounded(value, digits) == expected


@given(st.integers(1, 10**6).flatmap(lambda v: st.tuples(st.just(v), *[st.integers(0, v)] * 3, st.integers(0, 10))))
def test_score_is_the_weighted_sum_of_the_three_rates(counts):
    valid, contacted, solved, satisfied, tenths = counts
    tenths_of_satisfied = 10 * satisfied - min(tenths, 10 * satisfied)
    rates = {"response": contacted, "resolution": solved, "satisfaction": tenths_of_satisfied}
    value = {
        name: Figure(MEASURES[name], rate, 10 * valid if name == "satisfaction" else valid).value
        for name, rate in rates.items()
    }
    thousandths = 100 * contacted + 40 * tenths_of_satisfied + 500 * solved
    score = Figure(MEASURES["score"], thousandths, 10 * valid).value
    expected = value["response"] / 10 + value["satisfaction"] * 4 / 10 + value["resolution"] / 2
    assert score == expected


def sums_in(sql):
    return sql.count("SUM(") + sql.count("COUNT(")


def test_only_what_is_asked_is_counted(engine):
    rates = [MEASURES[name] for name in ("response", "resolution", "satisfaction")]
    counters = counters_of(rates)
    asked = aggregate(TABLE, by=["lead_id"], periods=[NOVEMBER], as_of=AS_OF, counters=counters)
    rows = {row["lead_id"]: row for row in engine.to_pyarrow(asked).to_pylist()}
    whole = count(engine, "lead_id")
    assert counters == {"valid", "contacted", "solved", "satisfied", "basic"}
    assert rows == {lead: {name: whole[lead][name] for name in row} for lead, row in rows.items()}
    assert sums_in(ibis.to_sql(asked, dialect="duckdb")) == len(counters) * (len(VARIANTS) + 1)


def test_every_counter_is_said_in_words():
    assert set(COUNTED_AS) == set(COUNTED)
