"""The unit's own words and pictures on the live page, and taken back from it: of the page, of the file, of memory.

What was taken back may still stand on a screen that is switched off or in somebody's photograph of it: no software ends
that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from huiyin.people.models import Account
from huiyin.townhall import domain
from huiyin.townhall.choices import Kind
from huiyin.townhall.models import Meeting, Picture, Post
from huiyin.townhall.punctuation import full_width, visible

LONGEST: Final = 1000
OWN: Final = (Kind.TEXT, Kind.PICTURE)


@transaction.atomic
def write(meeting: Meeting, *, text: str, press: str) -> Post:
    """A text on the live page; the same press again is the same post. Raises ValueError with an empty one."""
    said = full_width(visible(text).strip()[:LONGEST])
    if not said:
        raise ValueError("A text needs words.")
    _hold(meeting)
    if earlier := _pressed(meeting, press):
        return earlier
    return domain.post(meeting, Kind.TEXT, {"text": said, "press": press})


def show(meeting: Meeting, pictures: Sequence[bytes], *, caption: str = "", by: Account, press: str) -> list[Post]:
    """JPEGs, each a post of its own, all or none. The page has the newest first: the first one is posted last.

    The caption stands with the first. The same press again shows nothing new. Raises ValueError without a picture.
    """
    if not pictures:
        raise ValueError("There is no picture.")
    files = [ContentFile(picture, name=f"{uuid4().hex}.jpg") for picture in pictures]
    rows = [Picture(meeting=meeting, file=file, by=by, at=timezone.now()) for file in files]
    with _removed_unless_stored(rows), transaction.atomic():
        _hold(meeting)
        if earlier := _pressed(meeting, press):
            return [earlier]
        for row, picture in zip(rows, pictures, strict=True):
            row.width, row.height = _size(picture)
            row.save()
        words = [full_width(visible(caption).strip()[:LONGEST])] + [""] * (len(rows) - 1)
        return [_posted(row, text, press) for row, text in reversed(list(zip(rows, words, strict=True)))]


@transaction.atomic
def take_back(post: Post) -> None:
    """Its words and picture, for good; open pages are told. Taken back before: nothing. `Late` for any other post."""
    _hold(post.meeting)
    post.refresh_from_db()
    if post.kind not in OWN:
        raise domain.Late
    if post.body.get("gone"):
        return
    if address := post.body.get("picture"):
        _forget(post.meeting.pictures.get(pk=int(PurePosixPath(address).stem)))
    Post.objects.filter(pk=post.pk).update(body={"gone": True})
    domain.post(post.meeting, Kind.GONE, {"of": post.number})


def _posted(row: Picture, text: str, press: str) -> Post:
    body: dict[str, Any] = {
        "picture": reverse("townhall:picture", args=[row.meeting.code, row.pk]),
        "width": row.width, "height": row.height, "text": text, "press": press,
    }  # fmt: skip
    return domain.post(row.meeting, Kind.PICTURE, body)


def _forget(picture: Picture) -> None:
    """The row now, the file once that is committed."""
    storage, name = picture.file.storage, picture.file.name
    picture.delete()
    if name:
        transaction.on_commit(partial(storage.delete, name))


def _hold(meeting: Meeting) -> None:
    """Presses of one meeting follow one another."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)


def _pressed(meeting: Meeting, press: str) -> Post | None:
    return meeting.feed.filter(kind__in=OWN, body__press=press).order_by("number").first()


def _size(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as drawn:
        return drawn.size


@contextmanager
def _removed_unless_stored(rows: Sequence[Picture]) -> Iterator[None]:
    """A file is written before the commit, and gone when there is none."""
    try:
        yield
    except BaseException:
        for row in rows:
            # Written under a path of its own, no longer under the bare name it was given.
            if row.file.name and "/" in row.file.name:
                row.file.storage.delete(row.file.name)
        raise
