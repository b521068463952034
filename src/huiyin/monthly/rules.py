"""The numbers and sentences of `rules.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("rules.toml")


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def sentence(name: str, **said: object) -> str:
    words: str = rules()["sentences"][name]
    return words.format(**said)


def demand(name: str, **said: object) -> str:
    words: dict[str, str] = rules()["demands"]
    return words.get(name, words["usual"]).format(**said)
