"""Pictures: read with suspicion, drawn anew. Nothing hidden in the file (EXIF, place, scripts) survives."""

import hashlib
import io
import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.cases.models import Attachment
from huiyin.kernel.moves import Refused

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_UNPACKED_PIXELS = 20_000_000
MOST_PICTURES = 9  # at a time
MOST_ON_A_CASE = 60  # the resident's, and the evidence of every round
_LONGEST_SIDE = 2048
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 82
_DAMAGED_NOTE = (
    struct.error,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    LookupError,
)
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError)


class NotAPicture(ValueError):  # noqa: N818 an answer to whoever sent it
    """The sentence says what to send instead."""


def read_pictures(files: Iterable[IO[bytes]]) -> list[bytes]:
    """JPEG bytes of each picture, without repeats. Raises `NotAPicture`."""
    files = list(files)
    if len(files) > MOST_PICTURES:
        raise NotAPicture(_("At most %(count)d pictures at a time.") % {"count": MOST_PICTURES})
    return list(dict.fromkeys(map(redraw, files)))


def redraw(file: IO[bytes]) -> bytes:
    """The picture as a fresh JPEG, upright, at most 2048 pixels a side. Raises `NotAPicture`."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotAPicture(_("This picture is larger than 12 MB. Send a smaller one."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        MemoryError,
        Image.DecompressionBombWarning,
    ) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture(_("This file cannot be read as a picture. Send a JPEG, PNG or WebP.")) from error
    except Image.DecompressionBombError as error:
        raise NotAPicture(_("This picture has too many pixels. Send a smaller one.")) from error


def _drawn(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        # A JPEG is drawn small from the start; the others unpack to four bytes a pixel first.
        if picture.width * picture.height > (
            MOST_PIXELS if picture.format == "JPEG" else min(MOST_PIXELS, MOST_UNPACKED_PIXELS)
        ):
            raise NotAPicture(_("This picture has too many pixels. Send a smaller one."))
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        upright = _upright(picture)
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        clean = Image.new("RGB", upright.size, "white")
        clean.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera says; a damaged note of the camera is left unread, the picture itself is what counts."""
    try:
        return ImageOps.exif_transpose(picture)
    except (
        struct.error,
        OSError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        ZeroDivisionError,
        ValueError,
        SyntaxError,
    ):
        picture.load()
        return picture.copy()


def attachments(case_id: int, pictures: Iterable[bytes], *, by: str) -> list[Attachment]:
    """Rows to store with the move that brings the pictures; those the case has already are left out.

    Raises `Refused` when the case would have too many.
    """
    rows = [_attachment(case_id, picture, by) for picture in pictures]
    there = set(Attachment.objects.filter(case_id=case_id).values_list("sha256", flat=True)) if rows else set()
    fresh = [row for row in rows if row.sha256 not in there]
    if fresh and len(there) + len(fresh) > MOST_ON_A_CASE:
        raise Refused(
            "pictures",
            f"一件事最多 {MOST_ON_A_CASE} 张图片，已经有 {len(there)} 张。",
            f"A case takes {MOST_ON_A_CASE} pictures at most; this one has {len(there)}.",
        )
    return fresh


@contextmanager
def removed_unless_stored(rows: Iterable[Model]) -> Iterator[None]:
    """Around the transaction that stores `rows`: a file is written before the commit, and gone when there is none."""
    try:
        yield
    except BaseException:
        for row in rows:
            # Written under a path of its own, no longer under the bare name it was given.
            if isinstance(row, Attachment) and row.file.name and "/" in row.file.name:
                row.file.storage.delete(row.file.name)
        raise


def _attachment(case_id: int, picture: bytes, by: str) -> Attachment:
    digest = hashlib.sha256(picture).hexdigest()
    with Image.open(io.BytesIO(picture)) as drawn:
        width, height = drawn.size
    file = ContentFile(picture, name=f"{digest[:32]}.jpg")
    return Attachment(
        case_id=case_id, file=file, sha256=digest, width=width, height=height, size=len(picture), by=by
    )  # fmt: skip
