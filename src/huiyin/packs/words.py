"""Texts and word lists that are read while the product runs: a district's own file, else the common one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent


@cache
def read_words(code: str, name: str) -> dict[str, Any]:
    """`name`.toml of the built-in pack `code`, or of the common ones. Raises tomllib.TOMLDecodeError."""
    own = _HERE / code / f"{name}.toml"
    chosen = own if code and own.is_file() else _HERE / "common" / f"{name}.toml"
    return tomllib.loads(chosen.read_text("utf-8"))
