"""The part of the examination that asks the database. Django is ready when these run."""

import datetime as dt
from typing import Any

from huiyin.config.doctor_finding import Finding

POSTGRESQL = 150_000
DRIFT_SECONDS = 5


def _row(query: str) -> tuple[Any, ...]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _version(*, serving: bool) -> Finding:  # noqa: ARG001
    number, version, encoding = _row(
        "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
        "pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    )
    detail = f"PostgreSQL {version}, {encoding}"
    if number < POSTGRESQL:
        return Finding("database", detail, "use PostgreSQL 15 or newer", ok=False)
    return Finding("database", detail, "make the database again with ENCODING 'UTF8'", ok=encoding == "UTF8")


def _clock(*, serving: bool) -> Finding:  # noqa: ARG001
    (theirs,) = _row("SELECT clock_timestamp()")
    drift = abs((dt.datetime.now(dt.UTC) - theirs).total_seconds())
    detail = "agrees with the database's" if drift < DRIFT_SECONDS else f"{drift:.0f} s away from the database's"
    return Finding("clock", detail, "let both machines follow a time server (NTP)", ok=drift < DRIFT_SECONDS)


def _migrations(*, serving: bool) -> Finding:  # noqa: ARG001
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding("migrations", f"{len(waiting)} waiting" if waiting else "applied", "huiyin migrate", ok=not waiting)


def _append_only(*, serving: bool) -> Finding:  # noqa: ARG001
    (found,) = _row(
        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relname = 'cases_event' AND t.tgname IN ('cases_event_append_only', 'cases_event_no_truncate') "
        "AND t.tgenabled IN ('O', 'A')"
    )
    whole = found == 2  # noqa: PLR2004 - the two of cases/migrations/0002
    detail = "cannot be changed or deleted" if whole else "nothing keeps events from being changed"
    return Finding("events", detail, "huiyin migrate; if it was removed by hand, find out by whom", ok=whole)


def _worker(*, serving: bool) -> Finding:
    """Wanted where the web is served or jobs are due; a stopped installation is not ill."""
    (exists,) = _row("SELECT to_regclass('procrastinate_workers') IS NOT NULL")
    if not exists:
        return Finding("worker", "its tables are missing", "huiyin migrate", ok=False)
    alive, due = _row(
        "SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s'), "
        "(SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
    )
    detail = f"{alive} alive, {due} jobs due"
    return Finding("worker", detail, "start it: huiyin worker", ok=bool(alive) or not (serving or due))


def _live_posts(*, serving: bool) -> Finding:  # noqa: ARG001
    (found,) = _row(
        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relname = 'townhall_post' AND t.tgname = 'townhall_posted' AND t.tgenabled IN ('O', 'A')"
    )
    detail = "wake the live processes" if found else "wake nobody: they are seen up to ten seconds late"
    return Finding("posts", detail, "huiyin migrate; if its trigger was removed by hand, make it again", ok=bool(found))


def a_meeting_is_near() -> bool:
    """Under way, or due within a day."""
    (near,) = _row(
        "SELECT count(*) FROM townhall_meeting WHERE stage = 'live' "
        "OR (stage = 'planned' AND begins_at BETWEEN now() - interval '1 day' AND now() + interval '1 day')"
    )
    return bool(near)


DATABASE_CHECKS = {
    "database": _version,
    "clock": _clock,
    "migrations": _migrations,
    "events": _append_only,
    "worker": _worker,
    "posts": _live_posts,
}
