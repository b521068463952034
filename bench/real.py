"""Real messages walked through the loop: imported by a map, triaged, dispatched, answered, judged, counted.

The messages are real (TipDM 2020 C), what the units do is not: every eighth case is judged unsolved once and comes back. Needs
`../shared/data/tipdm_c`; without it this bench says so. Nothing of a message is printed.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from bench import data
from bench.apart import apart
from bench.server import HUIYIN
from bench.table import Table, clock

FOLDER = Path(os.environ.get("HUIYIN_SHARED") or Path(__file__).parent.parent.parent / "shared") / "data" / "tipdm_c"
WALKED = 1_000
FALLBACK = (
    "citymgmt"  # most real messages name no place of the invented district: a person would choose, the bench takes one
)


def run(table: Table) -> None:
    if not FOLDER.is_dir():
        print(f"  no real messages at {FOLDER}: this bench is left out", flush=True)
        return
    facts = apart(walk)
    for figure, value, unit in facts["rows"]:
        table.add("real messages", f"{facts['cases']:,}", figure, value, unit)
    said = subprocess.run(
        [HUIYIN, "rates", "--period", facts["month"], "--by", "category", "--json"],
        env={**os.environ, "DATABASE_URL": facts["url"]},
        capture_output=True,
        text=True,
    )
    for name, figure in json.loads(said.stdout)["pooled"]["all"].items():
        print(f"  {name}: {figure}", flush=True)


def walk() -> dict[str, Any]:
    url = data.ensure(0, name="bench_real", fresh=True)
    from django.utils import timezone

    from huiyin.cases.models import Case
    from huiyin.collect.importing import find_map
    from huiyin.collect.importing import run as run_import

    rows: list[tuple[str, float, str]] = []
    for file, name in (("messages_train.parquet", "tipdm_c"), ("replies_train.parquet", "tipdm_c_replies")):
        with clock() as spent:
            result = run_import(FOLDER / file, find_map(name))
        rows += [
            (f"{name}: created", result.created, "cases"),
            (f"{name}: refused", result.refused, "rows"),
            (f"{name}: end to end", result.created / spent[0], "rows/s"),
        ]
    suggested = Case.objects.filter(suggestion__category__isnull=False).count()
    rows.append(("with a suggested category", 100 * suggested / Case.objects.count(), "%"))
    rows.append(
        (
            "with an area found in the text",
            100 * Case.objects.filter(suggestion__area__isnull=False).count() / Case.objects.count(),
            "%",
        )
    )
    waiting = Case.objects.filter(state="received", suggestion__category__isnull=False).select_related(
        "suggestion__category", "suggestion__lead"
    )
    with clock() as spent:
        walked = sum(one(case, number) for number, case in enumerate(waiting.order_by("pk")[:WALKED]))
    rows += [
        ("walked through the whole loop", walked, "cases"),
        ("moves, one transaction each", 8 * walked / spent[0], "moves/s"),
    ]
    return {"url": url, "rows": rows, "cases": Case.objects.count(), "month": f"{timezone.localtime():%Y-%m}"}


def one(case: Any, number: int) -> int:
    """Dispatch as a person would, answer as a unit would, judge as the resident would. 0 where no rule fits."""
    from huiyin.assign.domain import dispatch
    from huiyin.cases.domain import Step, act_as
    from huiyin.cases.draft import RESIDENT, SYSTEM
    from huiyin.evaluate.domain import record
    from huiyin.kernel.moves import Refused
    from huiyin.people.models import Account

    suggestion = case.suggestion
    lead = suggestion.lead.code if suggestion.lead else FALLBACK
    try:
        case = dispatch(
            case=case,
            account=Account.objects.get(username="dispatcher"),
            lead=lead,
            reason="地点不明，先派到局",
            category=suggestion.category.code,
        )
    except Refused:
        return 0
    for solved in (True,) if number % 8 else (False, True):
        if case.state == "to_accept":
            case = act_as(case=case, steps=[Step("accept")], actor=SYSTEM)
        case = act_as(case=case, steps=[Step("first_contact", {"result": "已电话联系"})], actor=SYSTEM)
        case = act_as(
            case=case,
            steps=[Step("submit", {"text": "已到现场处理，结果已电话告知。", "action": "现场处理"})],
            actor=SYSTEM,
        )
        case = act_as(case=case, steps=[Step("approve")], actor=SYSTEM)
        case = record(
            case=case,
            actor=RESIDENT,
            contacted=True,
            solved=solved,
            satisfaction="satisfied" if solved else "dissatisfied",
        )
    return 1
