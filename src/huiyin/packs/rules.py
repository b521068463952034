"""A district's rules of one kind: its own table, or the common one where the folder has none."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from huiyin.packs.table import PackError, Row, read_rows

T = TypeVar("T")
_COMMON: Final = Path(__file__).parent / "common"


def read_rules(folder: Path, name: str, needed: str, optional: str, build: Callable[[Row], T]) -> list[T]:
    """The rules in `name` as `build` reads them; each row says from when it holds. Raises `PackError`."""
    file = folder / name if (folder / name).exists() else _COMMON / name
    problems: list[str] = []
    columns = (f"{needed} valid_from".split(), f"{optional} valid_to".split())
    found = [build(row) for row in read_rows(file, *columns, problems) or ()]
    if problems:
        raise PackError(problems)
    return found


def held(row: Row) -> dict[str, Any]:
    """From when until when the row holds."""
    row.needed("valid_from")
    return {"valid_from": row.day("valid_from") or date.min, "valid_to": row.day("valid_to")}
