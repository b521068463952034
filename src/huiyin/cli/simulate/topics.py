"""What people write about: the district's categories, with the share, season and sentences of `requests/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from huiyin.cases.models import Category

_FOLDER = Path(__file__).parent / "requests"
# The long tail: categories that no file describes are rare, and speak through the taxonomy's own words.
_RARE = 1.3


@dataclass(frozen=True, slots=True)
class Topic:
    """`special` sentences are said in a burst: a planted outbreak, the days of a festival."""

    code: str
    name: str
    parent_name: str
    urgency: str
    confidential: bool
    words: tuple[str, ...]
    weight: float = _RARE
    season: str = "flat"
    where: str = "any"
    kind: str = ""
    said: tuple[str, ...] = ()
    special: tuple[str, ...] = ()

    @property
    def parent(self) -> str:
        return self.code.partition(".")[0]


@cache
def _described() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        found.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def load_topics() -> list[Topic]:
    """One for each category of the second level, by code."""
    rows = Category.objects.filter(parent__isnull=False).select_related("parent").order_by("code")
    return [_topic(row, _described().get(row.code, {})) for row in rows]


def _topic(row: Category, described: Mapping[str, Any]) -> Topic:
    lists = {name: tuple(described[name]) for name in ("said", "special") if name in described}
    return Topic(
        code=row.code,
        name=row.name,
        parent_name=row.parent.name if row.parent else "",
        urgency=row.urgency_default,
        confidential=row.confidential_default,
        words=tuple(row.words.split()),
        **{**described, **lists},
    )
