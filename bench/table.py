"""One table for all benches: a row is a figure with its target, its baseline and the ratio between them."""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).parent.parent / "var" / "bench.json"


@dataclass(slots=True)
class Row:
    bench: str
    size: str
    figure: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)

    def add(self, bench: str, size: str, figure: str, value: float, unit: str, *, at_least: float | None = None,
            at_most: float | None = None, note: str = "") -> None:  # fmt: skip
        bound = f"≥ {at_least:g}" if at_least is not None else f"≤ {at_most:g}" if at_most is not None else ""
        met = None
        if at_least is not None:
            met = value >= at_least
        elif at_most is not None:
            met = value <= at_most
        row = Row(bench, size, figure, value, unit, bound, met, note)
        self.rows.append(row)
        mark = {None: " ", True: "✓", False: "✗"}[met]
        print(f"{mark} {bench:<22} {size:>10}  {figure:<44} {value:>12,.2f} {unit:<10} {bound:<10} {note}", flush=True)

    def save(self) -> None:
        RESULTS.parent.mkdir(exist_ok=True)
        known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
        fresh = {(row.bench, row.size, row.figure) for row in self.rows}
        kept = [row for row in known if (row["bench"], row["size"], row["figure"]) not in fresh]
        RESULTS.write_text(json.dumps(kept + [asdict(row) for row in self.rows], ensure_ascii=False, indent=1))


@contextmanager
def clock() -> Iterator[list[float]]:
    """Seconds of wall time in the list's only place, once the block is left."""
    spent = [0.0]
    start = perf_counter()
    yield spent
    spent[0] = perf_counter() - start


def peak_mb() -> float:
    """Largest resident memory of this process so far, MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
