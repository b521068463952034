"""Sixty invented cases with every exclusion, edge and null, and their figures as counted by hand (`golden/*.csv`).

Times are those of Muhe. `figures.csv`: numerator/denominator as `kernel.measures` weighs a case, a column a unit and variant.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from huiyin.kernel.facts import SCHEMA
from huiyin.kernel.figures import figures
from huiyin.kernel.measures import VARIANTS
from huiyin.kernel.periods import parse_period

FOLDER = Path(__file__).parent / "golden"
TZ = ZoneInfo("Asia/Shanghai")
AS_OF = datetime(2025, 12, 2, 12, tzinfo=TZ)
NOVEMBER = parse_period("2025-11", now=AS_OF, tz=TZ)
UNITS = ("qingyuan", "heyan", "citymgmt", "beizhuang", "")
CATEGORIES = ("", "02.01", "03.01")
# As `review.freezing` writes them.
TYPES = {
    "int64": pa.int64(), "int32": pa.int32(), "string": pa.string(), "boolean": pa.bool_(),
    "timestamp('UTC')": pa.timestamp("us", "UTC"),
}  # fmt: skip
ARROW = pa.schema([(name, TYPES[kind]) for name, kind in SCHEMA.items()])
_SAID = {"yes": True, "no": False, "": None}
FLAGS = ("dispatched", "accepted_in_time", "contacted_in_time", "valid_callback", "contacted", "solved", "excluded")
COUNTS = ("rounds", "objections", "redispatches", "checks", "mismatches")


def sheet():
    """The rows as they are written: column → text."""
    with (FOLDER / "cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=TZ).astimezone(UTC) if text else None


def fact(row):
    """A row of the sheet as a row of the fact table."""
    return {
        "id": int(row["n"]), "number": f"MH-2511-{int(row['n']):05d}", "channel": "phone", "area_id": None,
        "lead_id": UNITS.index(row["unit"]) + 1 if row["unit"] else None,
        "category_id": CATEGORIES.index(row["category"]) or None,
        "created_at": moment(row["received"]), "closed_at": moment(row["closed"]), "due_at": moment(row["due"]),
        "repeated": _SAID[row["merged"]], "satisfaction": row["satisfaction"] or None,
        "exclusion_reason": row["reason"] or None,
        **{name: _SAID[row[name]] for name in FLAGS}, **{name: int(row[name]) for name in COUNTS},
    }  # fmt: skip


def facts():
    return pa.Table.from_pylist([fact(row) for row in sheet()], ARROW)


def by_hand():
    """(unit, variant) → measure → (numerator, denominator or None)."""
    with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    columns = [("" if unit == "nobody" else unit, variant) for unit in lines[0][1::2] for variant in VARIANTS]
    return {
        column: {line[0]: _parts(line[place]) for line in lines[1:]} for place, column in enumerate(columns, start=1)
    }


def _parts(text):
    numerator, _, denominator = text.partition("/")
    return int(numerator), int(denominator) if denominator else None


def counted(rows, units):
    """Rows of `kernel.facts.aggregate` in the form of `by_hand`; `units`: id → code."""
    return {
        (units[row["lead_id"]], variant): {n: (f.numerator, f.denominator) for n, f in of.items()}
        for row in rows
        for variant, of in figures(row).items()
    }
