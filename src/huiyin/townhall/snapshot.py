"""What a browser that follows a meeting without a stream asks for, again and again; the same for everybody."""

from typing import Any

from huiyin.townhall.choices import PUBLIC
from huiyin.townhall.models import Meeting

MOST = 200


def snapshot(meeting: Meeting, after: int | None = None) -> dict[str, Any]:
    """Stage, the number of the last post, likes, and 200 posts in order: the first after `after`, else the newest.

    What `huiyin live` answers with, but for the viewers: nobody is counted who holds no stream.
    """
    newest = reversed(meeting.feed.order_by("-number")[:MOST])
    posts = newest if after is None else meeting.feed.filter(number__gt=after).order_by("number")[:MOST]
    likes = meeting.questions.filter(likes__gt=0, state__in=PUBLIC).values_list("pk", "likes")
    return {
        "stage": meeting.stage,
        "last": meeting.posts,
        "likes": {str(pk): count for pk, count in likes},
        "posts": [
            {"number": post.number, "kind": post.kind, "data": {**post.body, "at": post.at.isoformat()}}
            for post in posts
        ],
    }
