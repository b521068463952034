"""How fast the machine is just now: the yardstick for reading every other figure, since shared machines change by the hour."""

from time import perf_counter

from bench.table import Table

ADDITIONS = 10_000_000


def run(table: Table) -> None:
    table.add(
        "machine", "one core", "ten million additions in a Python loop", min(_spent() for _ in range(5)) * 1000, "ms"
    )


def _spent() -> float:
    start, total = perf_counter(), 0
    for number in range(ADDITIONS):
        total += number
    return perf_counter() - start
