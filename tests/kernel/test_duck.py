import ibis
import pyarrow as pa

from huiyin.kernel import duck


def test_conditions_are_counted_and_nothing_else_is_changed():
    said = pa.table({"unit": [1, 1, 2, 3], "solved": pa.array([True, None, False, None]), "rounds": [1, 2, 3, 4]})
    engine, table = duck.of_memory(said)
    sums = table.group_by("unit").aggregate(
        solved=table.solved.ifelse(1, 0).sum(),
        open=table.solved.ifelse(0, 1).sum(),
        rounds=table.solved.ifelse(table.rounds, 0).sum(),
        twos=ibis.cases((table.rounds == 2, 1), (table.solved, 0), else_=0).sum(),
    )
    assert sorted(duck.rows(engine, sums), key=lambda row: row["unit"]) == [
        {"unit": 1, "solved": 1, "open": 1, "rounds": 1, "twos": 1},
        {"unit": 2, "solved": 0, "open": 1, "rounds": 0, "twos": 0},
        {"unit": 3, "solved": 0, "open": 1, "rounds": 0, "twos": 0},
    ]


def test_the_count_of_none_is_nought():
    engine, table = duck.of_memory(pa.table({"solved": pa.array([], pa.bool_())}))
    assert duck.rows(engine, table.aggregate(solved=table.solved.ifelse(1, 0).sum())) == [{"solved": 0}]
