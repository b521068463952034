"""What a browser that follows a meeting without a stream asks for, again and again; the same for everybody."""

from typing import Any

from huiyin.townhall.choices import PUBLIC
from huiyin.townhall.models import Meeting

MOST = 200


def snapshot(meeting: Meeting, after: int = 0) -> dict[str, Any]:
    """Stage, the number of the last post, and posts: those after number `after`, else the newest 200, in order."""
    posts = meeting.feed.filter(number__gt=after).order_by("-number").values("number", "kind", "body", "at")[:MOST]
    likes = meeting.questions.filter(likes__gt=0, state__in=PUBLIC).values_list("pk", "likes")
    return {
        "stage": meeting.stage,
        "last": meeting.posts,
        "posts": [told(**row) for row in reversed(posts)],
        "likes": {str(pk): count for pk, count in likes},
    }


def told(*, number: int, kind: str, body: dict[str, Any], at: Any) -> dict[str, Any]:
    return {"number": number, "kind": kind, **body, "at": at.isoformat()}
