"""Databases for the benches: a simulated year, multiplied by SQL to ×1, ×10, ×100.

Multiplied cases keep the shape of the simulated ones (states, texts, events, lengths) with numbers, ids and times of their own;
their hashes are copies, which no page reads. Everything lives under var/bench and is made once.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

SIZES = {"×1": 5_000, "×10": 50_000, "×100": 500_000}
BASE = 5_000
HOME = Path(__file__).parent.parent / "var" / "bench"
_COPIES = """
INSERT INTO cases_case ({case}) SELECT {case_values} FROM cases_case c, generate_series(1, %(times)s) AS k WHERE c.id <= %(top)s;
INSERT INTO cases_casetext (case_id, text, reply, terms)
    SELECT t.case_id + k * %(top)s, t.text, t.reply, t.terms FROM cases_casetext t, generate_series(1, %(times)s) AS k WHERE t.case_id <= %(top)s;
INSERT INTO cases_event ({event}) SELECT {event_values} FROM cases_event e, generate_series(1, %(times)s) AS k WHERE e.case_id <= %(top)s;
INSERT INTO cases_casepart (case_id, unit_id, part, due_at)
    SELECT p.case_id + k * %(top)s, p.unit_id, p.part, p.due_at FROM cases_casepart p, generate_series(1, %(times)s) AS k WHERE p.case_id <= %(top)s;
INSERT INTO assign_suggestion (case_id, category_id, area_id, lead_id, confidence, words, model)
    SELECT s.case_id + k * %(top)s, s.category_id, s.area_id, s.lead_id, s.confidence, s.words, s.model
    FROM assign_suggestion s, generate_series(1, %(times)s) AS k WHERE s.case_id <= %(top)s;
SELECT setval('cases_case_id_seq', (SELECT max(id) FROM cases_case));
"""


def hold() -> None:
    """Keep the embedded server up while this process lives: whoever leaves last stops it."""
    os.environ["HUIYIN_HOME"] = str(HOME)
    from huiyin.cli.environment import prepare

    prepare()


def ensure(size: int, *, name: str = "", fresh: bool = False) -> str:
    """A database with about `size` cases; returns its URL. Django is set up on it: one size a process.

    `fresh` drops what an earlier run left under this name.
    """
    from huiyin.config.database import database_url

    os.environ.pop("DATABASE_URL", None)
    hold()
    url = database(database_url(), name or f"bench_{size}", fresh=fresh)
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill(size)
    return url


def database(url: str, name: str, *, fresh: bool) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if fresh:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    own = urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(own) as connection:
        assert connection.info.dbname == name, "a bench must never measure another database than its rows name"
    return own


def _fill(size: int) -> None:
    from django.utils import timezone

    from huiyin.cases.models import Case
    from huiyin.cli.packs import load_pack
    from huiyin.cli.simulate import simulate
    from huiyin.people.models import Unit
    from huiyin.timers.domain import set_clocks

    if not Unit.objects.exists():
        load_pack("muhe", password="huiyin-demo")
    if not size or Case.objects.exists():
        return
    print(f"  making a database of {size:,} cases …", file=sys.stderr, flush=True)
    simulate(cases=min(size, BASE))
    if size > BASE:
        multiply(size // BASE - 1)
    set_clocks(timezone.now())  # else the worker sets those of every copied case while something else is measured


def multiply(times: int, *, rows_alone: bool = False) -> None:
    """So many copies of every case; with `rows_alone` of its row only, for what asks nothing else of a case."""
    from django.db import connection

    from huiyin.cases.models import Case, Event

    top = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    case = [str(field.column) for field in Case._meta.concrete_fields]
    own = {
        "id": f"c.id + k * {top}",
        "number": f"left(c.number, 8) || lpad((c.id + k * {top})::text, 7, '0')",
        "source_id": "c.source_id || '-' || k",
    }
    event = [str(field.column) for field in Event._meta.concrete_fields if field.column != "id"]
    sql = _COPIES.format(
        case=", ".join(case),
        case_values=", ".join(own.get(name, f"c.{name}") for name in case),
        event=", ".join(event),
        event_values=", ".join(f"e.case_id + k * {top}" if name == "case_id" else f"e.{name}" for name in event),
    )
    with connection.cursor() as cursor:
        for statement in filter(str.strip, sql.split(";")[: 1 if rows_alone else None]):
            cursor.execute(statement, {"times": times, "top": top} if "%(" in statement else None)
        cursor.execute("VACUUM ANALYZE")
