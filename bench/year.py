"""A city's year of facts as Parquet, made by DuckDB from hashes: the same rows every time, in seconds.

Each part is a city of its own: 24,000,000 cases of 343 units, in the order in which they came. Of 100 cases 72 have a
valid callback, 5 are open, 3 are excluded; hotlines' cases take days, not minutes.
"""

import os
from pathlib import Path
from typing import Final

import duckdb

from bench.data import HOME

CASES: Final = int(os.environ.get("HUIYIN_YEAR_CASES", "24000000"))
UNITS: Final = 343
YEAR: Final = 2025
_FORMAT: Final = "FORMAT parquet, COMPRESSION lz4_raw, PARQUET_VERSION v2, ROW_GROUP_SIZE 500_000"
_CHANCE: Final = "(hash(i * 64 + {nth}) % {of})::INTEGER"  # nth: each column has dice of its own
_SELECT: Final = """
SELECT {first} + i AS id, 'BJ' || ({first} + i)::VARCHAR AS number,
    ['hotline', 'web', 'grid', 'media'][1 + least(3, {d20} // 6)] AS channel,
    ({unit} + {d343})::BIGINT AS lead_id, {d1200}::BIGINT AS category_id,
    CASE WHEN {d10} > 0 THEN {unit} * 20 + {d6860} END::BIGINT AS area_id,
    moment AT TIME ZONE 'UTC' AS created_at, CASE WHEN {open} > 4 THEN moment + days END AT TIME ZONE 'UTC' AS closed_at,
    CASE WHEN {d50} > 0 THEN moment + to_days([1, 3, 5, 15][1 + {d4}]) END AT TIME ZONE 'UTC' AS due_at,
    {d40} > 0 AS dispatched, CASE WHEN {d25} > 0 THEN {d12} > 0 END AS accepted_in_time,
    CASE WHEN {d26} > 0 THEN {d9} > 0 END AS contacted_in_time,
    CASE WHEN {open} < 5 THEN 0 WHEN {r} < 78 THEN 1 WHEN {r} < 93 THEN 2 ELSE 3 END::INTEGER AS rounds,
    CASE WHEN {o} < 5 THEN 1 + {o} // 4 ELSE 0 END::INTEGER AS objections,
    CASE WHEN {o} < 3 THEN 1 ELSE 0 END::INTEGER AS redispatches,
    CASE WHEN {k} < 8 THEN 1 ELSE 0 END::INTEGER AS checks, CASE WHEN {k} < 1 THEN 1 ELSE 0 END::INTEGER AS mismatches,
    {d11} = 0 AS repeated, valid AS valid_callback, CASE WHEN valid THEN {d30} > 0 END AS contacted,
    CASE WHEN valid THEN {s} < 88 END AS solved,
    CASE WHEN valid THEN CASE WHEN {s} < 70 THEN 'satisfied' WHEN {s} < 85 THEN 'basic' ELSE 'dissatisfied' END END
        AS satisfaction,
    {e} < 3 AS excluded, CASE WHEN {e} < 3 THEN ['事实不符', '超出职责', '重复', '不可抗力'][1 + {e}] END AS exclusion_reason
FROM (SELECT i, to_timestamp({start} + i * {seconds} / {cases})::TIMESTAMP AS moment, to_seconds({h} * 3600 + 900) AS days,
    {open} > 9 AND {v} < 76 AS valid FROM range({cases}) AS r(i))
"""
_DICE: Final = {
    "d20": 20, "d343": UNITS, "d1200": 1200, "d10": 10, "d6860": UNITS * 20, "d50": 50, "d4": 4, "d40": 40, "d25": 25,
    "d12": 12, "d26": 26, "d9": 9, "d11": 11, "d30": 30, "open": 100, "r": 100, "o": 100, "k": 100, "s": 100, "e": 100,
    "h": 400, "v": 100,
}  # fmt: skip


def parts(count: int) -> list[Path]:
    """That many cities' files, made where they are not there yet."""
    return [_part(nth) for nth in range(count)]


def _part(nth: int) -> Path:
    path = HOME / f"facts-{CASES}-{nth}.parquet"
    if path.exists():
        return path
    print(f"  … writing {CASES:,} cases of city {nth + 1} into {path.name}", flush=True)
    fresh = path.with_suffix(".part")
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        database.execute(f"COPY ({select(nth)}) TO '{fresh}' ({_FORMAT})")
    fresh.rename(path)
    return path


def select(nth: int) -> str:
    """The rows as DuckDB's SQL."""
    dice = {name: _CHANCE.format(nth=place + 40 * nth, of=of) for place, (name, of) in enumerate(_DICE.items())}
    start = f"epoch(TIMESTAMP '{YEAR}-01-01')"
    return _SELECT.format(
        **dice, first=nth * CASES, unit=nth * UNITS, start=start, seconds=365 * 86_400 - 1, cases=CASES
    )
