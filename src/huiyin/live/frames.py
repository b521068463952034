"""What goes over the wire: every event is encoded once, for the stream and for the snapshot."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

HEARTBEAT = b"event: beat\ndata: 1\n\n"  # no comment: a page that hears none for long knows that it is cut off
RETRY_MILLISECONDS = (1_000, 5_000)  # spread, so that those of a process that fell do not come back in one moment


class Post(NamedTuple):
    """A post as bytes: `event` for streams, `item` for the snapshot's list. Both carry the same `data`."""

    event: bytes
    item: bytes


def encode(number: int, kind: str, body: Mapping[str, Any], at: datetime | str) -> Post:
    data = orjson.dumps({**body, "at": at})
    event = b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), data)
    return Post(event, b'{"number":%d,"kind":"%s","data":%s}' % (number, kind.encode(), data))


def unnumbered(name: str, value: Any) -> bytes:
    """An event that a browser need not catch up with: no id."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS))


def retry() -> bytes:
    return b"retry: %d\n\n" % random.randint(*RETRY_MILLISECONDS)  # noqa: S311 no secret
