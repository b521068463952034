"""Cases that single tests spend, as far along as each needs them; printed as JSON. Runs in the product's environment."""

import json
import sys
from pathlib import Path

from huiyin.cli.environment import setup

COPIES = 6


def main() -> None:
    setup()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import district  # noqa: PLC0415 - needs Django

    made = {"received": district.received, "dispatched": district.dispatched, "in_progress": district.in_progress,
            "submitted": district.submitted, "to_call_back": district.to_call_back}  # fmt: skip
    print(json.dumps({name: [{"number": make().number} for _ in range(COPIES)] for name, make in made.items()}))


main()
