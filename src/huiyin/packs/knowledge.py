"""Answers a district gives at once and its bound for frequent callers: common ones, and its own beside them."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from huiyin.packs.table import PackError

_HERE: Final = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class KnowledgeRow:
    """One version of one item. `owner` is a unit's code, empty for whoever the catalogue names."""

    code: str
    version: int
    valid_from: date
    title: str
    text: str
    source: str
    category: str = ""
    title_en: str = ""
    words: str = ""
    law: str = ""
    owner: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """So many requests in so many days."""

    valid_from: date
    days: int
    requests: int
    basis: str = ""


def read_knowledge(path_or_code: str | Path) -> tuple[KnowledgeRow, ...]:
    """The common items, with the pack's own in place of those of the same code. Raises PackError."""
    common, own = (_rows(folder / "knowledge.toml", "item", KnowledgeRow) for folder in _folders(path_or_code))
    mine = {row.code for row in own}
    return (*(row for row in common if row.code not in mine), *own)


def read_limits(path_or_code: str | Path) -> tuple[LimitRow, ...]:
    """The pack's own bounds, else the common ones. Raises PackError."""
    common, own = (_rows(folder / "frequent.toml", "limit", LimitRow) for folder in _folders(path_or_code))
    return own or common


def _folders(path_or_code: str | Path) -> tuple[Path, Path]:
    built_in = _HERE / path_or_code
    return _HERE / "common", built_in if built_in.is_dir() else Path(path_or_code)


def _rows(path: Path, name: str, shape: type[T]) -> tuple[T, ...]:
    if not path.is_file():
        return ()
    try:
        found = tomllib.loads(path.read_text("utf-8")).get(name, [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError([f"{path.name}: {error}; correct it there."]) from error
    problems = [
        f"{path.name} {name} {place}: {told}" for place, row in enumerate(found, 1) for told in _wrong(row, shape)
    ]
    if problems:
        raise PackError(problems)
    return tuple(shape(**row) for row in found)


def _wrong(row: dict[str, Any], shape: Any) -> list[str]:
    """Sentences: what is missing, and what nobody knows."""
    known = {field.name: field.default is MISSING for field in fields(shape)}
    missing = [f"no {name}; add it." for name, needed in known.items() if needed and row.get(name) in (None, "")]
    return [*missing, *(f"unknown key {name}; remove or rename it." for name in row.keys() - known)]
