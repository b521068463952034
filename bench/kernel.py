"""The kernel alone: events folded and hashed on one core, and where the time goes.

Baseline in the same run: the same events written as JSON by the standard library and hashed by the pure-Python
RFC 8785 reference.
"""

import cProfile
import hashlib
import pstats
from datetime import UTC, datetime, timedelta
from inspect import unwrap
from typing import Any

import rfc8785

from bench.table import Table, clock, peak_mb
from huiyin.kernel.chain import GENESIS, Event, canonical, event_hash, stamp
from huiyin.kernel.fold import apply, blank

START = datetime(2026, 1, 1, tzinfo=UTC)
LIFE: tuple[tuple[str, dict[str, object]], ...] = (
    ("receive", {"channel": "web", "title": "暖气不热", "text": "东里小区三号楼家里只有十五度，老人怕冷，麻烦尽快处理。" * 3, "place": "东里小区"}),
    ("register", {"kind": "help", "category": "03.01", "urgency": "urgent", "area": "dongli"}),
    ("dispatch", {"lead": "dongli", "due_at": "2026-01-02T00:00:00.000000Z", "basis": "《派单目录》3.1", "reason": "按目录",
                  "helpers": ["heat"], "trace": ["24 小时"]}),
    ("accept", {}),
    ("first_contact", {"result": "已联系"}),
    ("submit", {"text": "师傅今天下午上门排气测温，室温已到二十度。", "action": "排气"}),
    ("approve", {}),
    ("evaluate", {"contacted": True, "solved": True, "satisfaction": "satisfied"}),
    ("archive", {}),
)  # fmt: skip


def lives(cases: int) -> int:
    """Write, hash and fold whole lives; returns the number of events."""
    count = 0
    for number in range(cases):
        row = blank()
        for seq, (kind, public) in enumerate(LIFE, 1):
            at = START + timedelta(seconds=count)
            event = Event(f"MH-{number}", seq, kind, at, "system", "system", "hotline", public, None, row["head"])
            apply(row, event, None, event_hash(event))
            count += 1
    return count


def reference(cases: int) -> int:
    count = 0
    for number in range(cases):
        prev = GENESIS
        for seq, (kind, public) in enumerate(LIFE, 1):
            at = stamp(START + timedelta(seconds=count))
            body: dict[str, Any] = {"v": 1, "case": f"MH-{number}", "seq": seq, "kind": kind, "at": at, "actor": "system", "role": "system",
                    "unit": "hotline", "public": public, "private": None, "prev": prev}  # fmt: skip
            prev = hashlib.sha256(rfc8785.dumps(body)).hexdigest()
            count += 1
    return count


def run(table: Table) -> None:
    lives(200)
    for cases in (1_000, 10_000, 100_000):
        with clock() as spent:
            events = lives(cases)
        rate = events / spent[0]
        table.add("kernel", f"{events:,}", "events folded and hashed, one core", rate, "events/s", at_least=50_000)
    with clock() as spent:
        events = reference(2_000)
    slow = events / spent[0]
    table.add(
        "kernel",
        f"{events:,}",
        "baseline: RFC 8785 reference, hash alone",
        slow,
        "events/s",
        note=f"ours ×{rate / slow:.1f}",
    )
    table.add("kernel", "", "peak memory", peak_mb(), "MB")
    where(table)


def where(table: Table) -> None:
    """Share of the time in hashing (canonical JSON, SHA-256) and folding, by the profiler."""
    profile = cProfile.Profile()
    profile.runcall(lives, 3_000)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in stats.values())
    for name, function in (
        ("event_hash", event_hash),
        ("canonical", canonical),
        ("apply (fold)", apply),
        ("stamp", stamp),
    ):
        code = unwrap(function).__code__
        spent = stats[(code.co_filename, code.co_firstlineno, code.co_name)][3]
        table.add("kernel", "profile", f"share of time in {name}, with what it calls", 100 * spent / total, "%")
