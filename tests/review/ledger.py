"""Lives at random, what anybody gets of them as Parquet, and the fact table folded from those files alone."""

import json
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq

from huiyin.cases.domain import new_drafts
from huiyin.cases.draft import Actor
from huiyin.cases.models import Category, Event
from huiyin.cases.store import insert
from huiyin.kernel.chain import Event as Told
from huiyin.kernel.fact import Clock, fact
from huiyin.kernel.moves import MOVES, Refused, moves_from
from huiyin.people.models import Area, Unit
from huiyin.review import freezing
from huiyin.timers.models import Timer

START = datetime(2026, 1, 1, tzinfo=UTC)
AS_OF = START + timedelta(days=120)
CASES, STEPS = 40, 30
SAID = {
    "channel": "web", "kind": "help", "urgency": "normal", "parent": "MH-1", "contacted": True,
    "attachments": ["0" * 64], "helpers": ["heat-co"], "called": ["heat-co"], "assignee": None,
    "next_report_on": "2026-03-01", "told_resident": True, "light": "yellow",
}  # fmt: skip
CHOICES = {
    "lead": ("qingyuan", "heyan", "citymgmt"), "category": ("02.01", "03.01"), "solved": (True, False),
    "satisfaction": ("satisfied", "basic", "dissatisfied"), "agrees": (True, False), "contacted": (True, False),
    "category_of_reason": ("policy", "double"),
}  # fmt: skip


def lives(dice):
    """Cases that walk by any move the table allows, hours apart, and clocks of every kind."""
    born = sorted(START + timedelta(minutes=dice.randrange(90 * 1440)) for _ in range(CASES))
    drafts = new_drafts(born)
    for draft, at in zip(drafts, born, strict=True):
        _walk(draft, at, dice)
    insert(drafts)
    Timer.objects.bulk_create([_timer(draft.id, at, dice, seq) for draft, at in zip(drafts, born, strict=True)
                               for seq in range(1, dice.randint(1, 7))])  # fmt: skip


def _walk(draft, at, dice):
    draft.add(
        "receive",
        at=at,
        actor=Actor("system", MOVES["receive"].by[-1]),
        public={**_record("receive", at, dice), "title": "暖气不热", "text": "冷"},
    )
    for _ in range(dice.randrange(STEPS)):
        at += timedelta(hours=dice.randrange(30))
        move = dice.choice(moves_from(draft.row["state"]))
        actor = Actor(f"account:{dice.randint(1, 9)}", dice.choice(move.by), "hotline")
        try:
            draft.add(move.kind, at=at, actor=actor, public=_record(move.kind, at, dice))
        except Refused:
            continue


def _record(kind, at, dice):
    named = {
        "due_at": (at + timedelta(hours=dice.randint(1, 200))).isoformat(),
        "until": (at + timedelta(days=9)).isoformat(),
    }
    drawn = {name: dice.choice(values) for name, values in CHOICES.items()}
    return {
        name: named.get(name) or (drawn[name] if name in drawn else SAID.get(name) or f"{name} 1")
        for name in MOVES[kind].needs
        if name != "assignee"
    }


def _timer(case, at, dice, seq):
    step = dice.choice(("accept", "first_contact", "handle"))
    return Timer(case_id=case, step=step, seq=seq, started_at=at, due_at=at + timedelta(hours=dice.randint(1, 300)))


def export(folder):
    """What anybody gets: the public side of each event, the clocks, and what the codes are called."""
    events = Event.objects.order_by("case_id", "seq").values_list(
        "case_id", "case__number", "seq", "kind", "at", "public"
    )
    clocks = Timer.objects.order_by("pk").values_list("case_id", "step", "seq", "due_at")
    _write(
        folder / "events.parquet",
        ("id", "number", "seq", "kind", "at", "public"),
        [(*row[:-1], json.dumps(row[-1])) for row in events],
    )
    _write(folder / "clocks.parquet", ("id", "step", "seq", "due_at"), list(clocks))


def _write(path, names, rows):
    pq.write_table(
        pa.table({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}), path
    )


def codes():
    """What stands for a unit, a category, an area in the fact table: the only thing that is not in the files."""
    named = (("lead", Unit), ("category", Category), ("area", Area))
    return {name: dict(model.objects.values_list("code", "pk")) for name, model in named}


def retold(folder, ids, as_of=AS_OF):
    """The fact table again, from the two files."""
    told, clocks = {}, {}
    for row in pq.read_table(folder / "events.parquet").to_pylist():
        event = Told(
            row["number"], row["seq"], row["kind"], row["at"], "", "", None, json.loads(row["public"]), None, ""
        )
        told.setdefault(row["id"], []).append(event)
    for row in pq.read_table(folder / "clocks.parquet").to_pylist():
        clocks.setdefault(row["id"], []).append(Clock(row["step"], row["seq"], row["due_at"]))
    rows = [fact(events, clocks=clocks.get(pk, ()), as_of=as_of, pk=pk, ids=ids) for pk, events in told.items()]
    return pa.Table.from_pylist(rows, freezing.ARROW)
