"""Cases that single tests spend, as far along as each needs them; printed as JSON. Runs in the product's environment."""

import json
import sys
from pathlib import Path

from huiyin.cli.environment import setup

COPIES = 6
SAID = "东里小区5号楼暖气不热，家里只有16度。我叫李思源，电话13900000517。"


def main() -> None:
    setup()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import district  # noqa: PLC0415 - needs Django

    makers = {name: getattr(district, name) for name in ("dispatched", "in_progress", "submitted", "to_call_back")}
    made = {name: [{"number": make().number} for _ in range(COPIES)] for name, make in makers.items()}
    made["drawn"] = [drawn() for _ in range(COPIES)]
    json.dump(made | {"received": [received() for _ in range(COPIES)]}, sys.stdout)


def drawn() -> dict[str, str]:
    """Closed by Qingyuan and on the list of the district's own checker."""
    from django.utils import timezone  # noqa: PLC0415

    import district  # noqa: PLC0415 - needs Django
    from huiyin.rounds.models import Check  # noqa: PLC0415

    case, now = district.to_call_back(), timezone.localtime()
    known = {"unit": case.lead, "day": now.date(), "taken_at": now, "why": "random", "order": case.pk % 30_000}
    Check.objects.create(case=case, checker=district.account("checker"), **known)
    return {"number": case.number}


def received() -> dict[str, str]:
    from huiyin.collect.domain import Message, receive  # noqa: PLC0415 - needs Django

    opened = receive(Message(text=SAID, channel="web", place="东里小区", person="李思源", phone="13900000517"))
    return {"number": opened.number, "secret": opened.secret}


main()
