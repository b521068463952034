"""All that a live process asks its database, one statement each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from huiyin.live.database import Database
from huiyin.townhall.choices import PUBLIC

FRESH_SECONDS, KEPT_SECONDS = 15, 60
_PUBLIC: Final = sorted(str(state) for state in PUBLIC)
_MEETING = "SELECT id FROM townhall_meeting WHERE code = %s"
_STAGE = "SELECT stage FROM townhall_meeting WHERE id = %s"
_POSTS = "SELECT number, kind, body, at FROM townhall_post WHERE meeting_id = %s AND number > %s ORDER BY number"
_LIKES = "SELECT id, likes FROM townhall_question WHERE meeting_id = %s AND state = ANY(%s) AND likes > 0"
_WATCHING = """
SELECT (SELECT coalesce(sum(streams), 0) FROM townhall_watching
        WHERE meeting_id = %(meeting)s AND at > now() - make_interval(secs => %(seconds)s)),
       (SELECT count(*) FROM townhall_viewer WHERE meeting_id = %(meeting)s)
"""
_SAY = """
WITH old AS (DELETE FROM townhall_watching WHERE at < now() - make_interval(secs => %(kept)s))
INSERT INTO townhall_watching (meeting_id, process, streams, at) VALUES (%(meeting)s, %(process)s, %(streams)s, now())
ON CONFLICT (meeting_id, process) DO UPDATE SET streams = excluded.streams, at = excluded.at
"""
_VIEWERS = """
INSERT INTO townhall_viewer (meeting_id, viewer) SELECT %s, unnest(%s::uuid[]) ON CONFLICT DO NOTHING
"""
# A question that somebody else is changing just now is left for the next round: whoever never waits while holding locks
# is in nobody's way and in no deadlock.
_LIKE = """
WITH wanted AS (
    SELECT id FROM townhall_question
    WHERE id = ANY(%(questions)s) AND meeting_id = %(meeting)s AND state = ANY(%(public)s)
), locked AS MATERIALIZED (
    SELECT id FROM townhall_question WHERE id IN (SELECT id FROM wanted) FOR NO KEY UPDATE SKIP LOCKED
), new AS (
    INSERT INTO townhall_like (question_id, viewer)
    SELECT question, viewer FROM unnest(%(questions)s::bigint[], %(viewers)s::uuid[]) AS given (question, viewer)
    WHERE question IN (SELECT id FROM locked) ON CONFLICT DO NOTHING RETURNING question_id
), counted AS (
    UPDATE townhall_question SET likes = likes + sum.n
    FROM (SELECT question_id, count(*) AS n FROM new GROUP BY question_id) AS sum
    WHERE townhall_question.id = sum.question_id
)
SELECT id, id IN (SELECT id FROM locked) FROM wanted
"""


async def meeting(database: Database, code: str) -> int | None:
    found = await database.rows(_MEETING, [code])
    return int(found[0][0]) if found else None


async def stage(database: Database, meeting: int) -> str:
    found = await database.rows(_STAGE, [meeting])
    return str(found[0][0]) if found else ""


async def posts(database: Database, meeting: int, after: int) -> list[tuple[int, str, dict[str, Any], datetime]]:
    return [(n, kind, body, at) for n, kind, body, at in await database.rows(_POSTS, [meeting, after])]


async def likes(database: Database, meeting: int) -> dict[int, int]:
    return {int(question): int(n) for question, n in await database.rows(_LIKES, [meeting, _PUBLIC])}


async def watching(database: Database, meeting: int) -> dict[str, int]:
    """Open streams of all processes that spoke lately, and browsers ever seen."""
    streams, viewers = (await database.rows(_WATCHING, {"meeting": meeting, "seconds": FRESH_SECONDS}))[0]
    return {"watching": int(streams), "viewers": int(viewers)}


async def say_watching(database: Database, meeting: int, process: UUID, streams: int) -> None:
    values = {"meeting": meeting, "process": process, "streams": streams, "kept": KEPT_SECONDS}
    await database.rows(_SAY, values)


async def count_viewers(database: Database, meeting: int, viewers: Collection[UUID]) -> None:
    await database.rows(_VIEWERS, [meeting, sorted(viewers)])


async def like(database: Database, meeting: int, likes: Collection[tuple[int, UUID]]) -> dict[int, bool]:
    """By question that may be liked: True once the likes are committed, False when it is to be tried again."""
    questions, viewers = [question for question, _ in likes], [viewer for _, viewer in likes]
    values = {"meeting": meeting, "questions": questions, "viewers": viewers, "public": _PUBLIC}
    return dict(await database.rows(_LIKE, values))
