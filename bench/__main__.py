"""`python -m bench [NAME ...]`: run the named benches, or all of them."""

import importlib
import sys

from bench import data
from bench.table import Table

ALL = ("kernel", "importing", "real", "pages", "peer", "memory")


def main() -> None:
    data.hold()
    table = Table()
    for name in sys.argv[1:] or ALL:
        print(f"— {name} —", flush=True)
        importlib.import_module(f"bench.{name}").run(table)
        table.save()


if __name__ == "__main__":
    main()
