"""`python -m bench [NAME ...]`: run the named benches, or all of them; each time first how fast the machine is."""

import importlib
import sys

from bench import data
from bench.table import Table

ALL = (
    "machine",
    "kernel",
    "importing",
    "real",
    "pages",
    "measures",
    "cockpit",
    "monthly",
    "peer",
    "rehearsal",
    "memory",
    "language_classify",
    "language_similar",
    "triage",
    "language_topics",
    "language_mask",
    "language_reply",
    "language_minutes",
    "language_fuzz",
    "live",
    "live_memory",
)


def main() -> None:
    data.hold()
    table = Table()
    for name in dict.fromkeys(["machine", *(sys.argv[1:] or ALL)]):
        print(f"— {name} —", flush=True)
        importlib.import_module(f"bench.{name}").run(table)
        table.save()


if __name__ == "__main__":
    main()
