"""Sixty cases counted by hand: the slow witness, DuckDB over Parquet and PostgreSQL give every figure of that count."""

from datetime import timedelta

import ibis
import pyarrow.parquet as pq
import pytest
from tests.review import golden, witness
from tests.review.golden import AS_OF, NOVEMBER, UNITS

from huiyin.cases.models import Case, Category, Event
from huiyin.kernel.facts import SCHEMA, aggregate
from huiyin.kernel.measures import MEASURES
from huiyin.people.models import Unit
from huiyin.review import counting, freezing
from huiyin.timers.models import Timer

BY_NUMBER = {number: unit for number, unit in enumerate(UNITS, start=1) if unit} | {None: ""}


def test_the_sheet_has_sixty_cases_and_every_measure():
    assert len(golden.sheet()) == 60
    assert all(list(of) == list(MEASURES) for of in golden.by_hand().values())


def test_the_slow_witness_gives_the_count_by_hand():
    rows = golden.facts().to_pylist()
    for (unit, variant), figures in golden.by_hand().items():
        own = [row for row in rows if BY_NUMBER[row["lead_id"]] == unit and not (variant == "net" and row["excluded"])]
        assert witness.count(own, NOVEMBER.start, NOVEMBER.end, AS_OF) == figures, (unit, variant)


def test_duckdb_over_parquet_gives_the_count_by_hand(tmp_path):
    pq.write_table(golden.facts(), tmp_path / "facts.parquet")
    engine = ibis.duckdb.connect()
    table = engine.read_parquet(tmp_path / "facts.parquet")
    rows = aggregate(table, by=["lead_id"], periods=[NOVEMBER], as_of=AS_OF).to_pyarrow().to_pylist()
    assert golden.counted(rows, BY_NUMBER) == golden.by_hand()


@pytest.fixture
def cases(db):
    """The sheet as projections with the clocks and events that its columns are read from: number → case."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    categories = {one.code: one for one in Category.objects.all()}
    return {int(row["n"]): _case(row, golden.fact(row), units, categories) for row in golden.sheet()}


def _case(row, fact, units, categories):
    same = ("number", "channel", "created_at", "closed_at", "due_at", "valid_callback", "contacted", "solved",
            "satisfaction", "excluded", "rounds", "objections", "redispatches", "mismatches")  # fmt: skip
    case = Case.objects.create(
        head="0" * 64, title=f"第{row['n']}件", kind="help", state="archived" if row["closed"] else "registered",
        lead=units.get(row["unit"]), category=categories.get(row["category"]), changed_at=fact["created_at"],
        dispatched_at=fact["created_at"] if fact["dispatched"] else None, parent="MH-2510-1" if fact["repeated"] else None,
        verified_at=fact["created_at"] if fact["checks"] else None,
        accepted_at=_done(fact["accepted_in_time"], fact),
        # Late and not done at all is the same figure: here the contact never was.
        first_contact_at=_done(fact["contacted_in_time"], fact) if fact["contacted_in_time"] else None,
        **{name: fact[name] for name in same},
    )  # fmt: skip
    for step, in_time in (("accept", fact["accepted_in_time"]), ("first_contact", fact["contacted_in_time"])):
        if in_time is not None:
            # An earlier unit's clock, long past, decides nothing.
            for seq, hours in ((2, -1), (3, 1)):
                due = fact["created_at"] + timedelta(hours=hours)
                Timer.objects.create(case=case, step=step, seq=seq, started_at=fact["created_at"], due_at=due)
    kinds = ["verify"] * fact["checks"] + ["apply_exclusion"] * bool(fact["exclusion_reason"])
    for seq, kind in enumerate(kinds, start=1):
        Event.objects.create(
            case=case, seq=seq, kind=kind, at=fact["created_at"], actor="system", role="system", prev="0" * 64,
            hash="0" * 64, public={"category_of_reason": row["reason"]},
        )  # fmt: skip
    return case


def _done(in_time, fact):
    """Half an hour after it came, or two hours after it: the clock gives one."""
    return None if in_time is None else fact["created_at"] + timedelta(minutes=30 if in_time else 120)


def test_postgresql_gives_the_count_by_hand(cases):
    from django.db import connection  # noqa: PLC0415 - needs django.setup()

    compiled = counting.sums_by("lead_id")
    with connection.cursor() as cursor:
        cursor.execute(compiled.sql, compiled.params(NOVEMBER, AS_OF))
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    units = dict(Unit.objects.values_list("pk", "code")) | {None: ""}
    assert golden.counted(rows, units) == golden.by_hand()


def test_the_facts_read_from_postgresql_are_the_sheet(cases):
    units = dict(Unit.objects.values_list("code", "pk"))
    categories = dict(Category.objects.values_list("code", "pk"))
    expected = {}
    for row in golden.sheet():
        known = {
            "id": cases[int(row["n"])].pk,
            "lead_id": units.get(row["unit"]),
            "category_id": categories.get(row["category"]),
        }
        expected[known["id"]] = {**golden.fact(row), **known}
    span = (min(fact["created_at"] for fact in expected.values()), AS_OF)
    read = {row["id"]: row for batch in freezing.batches(*span, AS_OF) for row in batch.to_pylist()}
    assert {pk: {name: row[name] for name in SCHEMA} for pk, row in read.items()} == expected
