"""What the year's checkers photograph: a few drawn street scenes, each kept once however many cases show it."""

import hashlib
from functools import cache
from io import BytesIO
from random import Random
from typing import Final, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from huiyin.cases.draft import Draft
from huiyin.cases.models import Attachment

_WIDTH, _HEIGHT, _GROUND = 640, 480, 360
_SKIES: Final = ("#b9cbd6", "#d8cfc0", "#9fb4c4", "#c9d3cf", "#8fa3b5", "#dbd5cb")
_WALLS: Final = ("#b06a4f", "#cdbb9b", "#8d8f92", "#a98467", "#c7a59a")


class Photograph(NamedTuple):
    name: str
    sha256: str
    size: int


def attach(draft: Draft, by: str, rng: Random) -> Attachment:
    """The row of one photograph on a case, another one each time; its file is there already."""
    known = {row.sha256 for row in draft.extras if isinstance(row, Attachment)}
    taken = rng.choice([photograph for photograph in _taken() if photograph.sha256 not in known])
    return Attachment(
        case_id=draft.id, file=taken.name, sha256=taken.sha256, width=_WIDTH, height=_HEIGHT, size=taken.size, by=by
    )  # fmt: skip


def scene(number: int) -> bytes:
    """The same street scene for the same number, as a JPEG."""
    return _drawn(_SKIES[number % len(_SKIES)], Random(number))


@cache
def _taken() -> tuple[Photograph, ...]:
    return tuple(_kept(scene(number)) for number in range(len(_SKIES)))


def _kept(picture: bytes) -> Photograph:
    digest = hashlib.sha256(picture).hexdigest()
    name = f"attachments/demo/{digest[:32]}.jpg"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture))
    return Photograph(name, digest, len(picture))


def _drawn(sky: str, rng: Random) -> bytes:
    """Houses along a road."""
    scene = Image.new("RGB", (_WIDTH, _HEIGHT), sky)
    brush = ImageDraw.Draw(scene)
    left = -20
    while left < _WIDTH:
        right, top = left + rng.randint(90, 180), rng.randint(60, 220)
        brush.rectangle((left, top, right, _GROUND), fill=rng.choice(_WALLS))
        for x in range(left + 14, right - 20, 30):
            for y in range(top + 16, _GROUND - 40, 42):
                brush.rectangle((x, y, x + 15, y + 24), fill="#5d6a72")
        left = right + rng.randint(0, 30)
    brush.rectangle((0, _GROUND, _WIDTH, _HEIGHT), fill="#6f6c67")
    for x in range(10, _WIDTH, 90):
        brush.rectangle((x, 418, x + 46, 424), fill="#e9e4d8")
    out = BytesIO()
    scene.save(out, "JPEG", quality=70)
    return out.getvalue()
