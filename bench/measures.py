"""All measures × units × months of a city's year, by every engine: the same expression, the same sums, to the last case.

24,000,000 cases of 343 units as Parquet, and ten such cities (240,000,000). Each engine counts in a process of its own:
DuckDB once to warm and then `TIMES` (the figure is the median), the others, and the ten cities, once to warm and once.
pandas counts what `bench.measures_pandas` says, and PostgreSQL the same rows in a table of its own.
`HUIYIN_ENGINES="duckdb spark"` for some.
"""

import os
from collections.abc import Callable
from typing import Any, Final

from bench import measures_engines, year
from bench.apart import apart
from bench.table import Table, percentile

TIMES: Final = 5
CITY: Final = f"{year.CASES:,}"
TEN: Final = f"{10 * year.CASES:,}"
ALL_SECONDS, RATES_SECONDS = 3.0, 0.6
_ELSEWHERE: Final = ("postgres", "spark")  # their memory is not that of the process that asks
_ENGINES: Final[dict[str, tuple[str, Callable[..., Any]]]] = {
    "duckdb": ("DuckDB over Parquet", measures_engines.duckdb),
    "pandas": ("pandas", measures_engines.pandas),
    "postgres": ("PostgreSQL", measures_engines.postgres),
    "spark": ("Spark, local-cluster of two executors", measures_engines.spark),
}


def run(table: Table) -> None:
    asked = os.environ.get("HUIYIN_ENGINES", " ".join(_ENGINES)).split()
    files = [str(path) for path in year.parts(1)]
    spent: dict[str, float] = {}
    sums: dict[str, measures_engines.Sums] = {}
    for name in asked:
        label, count = _ENGINES[name]
        found = apart(count, files, TIMES if name == "duckdb" else 1)
        if isinstance(found, str):
            print(f"  … {label}: not measured, {found}", flush=True)
            continue
        seconds, sums[name], peak = found
        spent[name] = percentile(seconds["all"], 0.5)
        bounds = (ALL_SECONDS, RATES_SECONDS) if name == "duckdb" else (None, None)
        ratio = f"{spent[name] / spent['duckdb']:.1f} × DuckDB" if "duckdb" in spent and name != "duckdb" else ""
        table.add("measures", CITY, f"{label}: all measures", spent[name], "s", at_most=bounds[0], note=ratio)
        table.add("measures", CITY, f"{label}: three rates", percentile(seconds["rates"], 0.5), "s", at_most=bounds[1])
        if name not in _ELSEWHERE:
            table.add("measures", CITY, f"{label}: memory", peak, "MB", note="resident, at its peak")
        other = sum(sums[name][key] != sums["duckdb"].get(key) for key in sums[name]) if "duckdb" in sums else 0
        note = f"of {len(sums[name]):,}, units × months"
        table.add("measures", CITY, f"{label}: rows unlike DuckDB's", other, "", at_most=0, note=note)
    if "duckdb" in asked:
        _ten(table)


def _ten(table: Table) -> None:
    seconds, _, peak = apart(measures_engines.duckdb, [str(path) for path in year.parts(10)], 1)
    table.add("measures", TEN, "DuckDB over Parquet: all measures", percentile(seconds["all"], 0.5), "s")
    table.add("measures", TEN, "DuckDB over Parquet: three rates", percentile(seconds["rates"], 0.5), "s")
    table.add("measures", TEN, "DuckDB over Parquet: memory", peak, "MB", note="resident, at its peak")
