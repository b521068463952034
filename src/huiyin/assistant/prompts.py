"""The words to the model (`prompts.toml`), with every piece of the house's text masked on its way into them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from huiyin.assistant.choices import Purpose
from huiyin.assistant.endpoint import Message
from huiyin.language.mask import mask

_FILE: Final = Path(__file__).with_name("prompts.toml")
_MOST: Final = 8000  # characters of text that are sent; the rest is left out
_CUT: Final = "\n（原文更长，以下略去）"


@cache
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _material(text: str) -> str:
    """Masked, then cut: a number cut in half is no number that a mask would know. It cannot close its own fence."""
    masked = mask(text).text.replace("【原文", "〔原文")
    return masked if len(masked) <= _MOST else masked[:_MOST] + _CUT


def messages(purpose: Purpose, *, text: str, choices: str = "") -> list[Message]:
    told = _templates()[purpose]
    user = told["user"].replace("{choices}", mask(choices).text).replace("{text}", _material(text))
    return [Message("system", told["system"].strip()), Message("user", user.strip())]
