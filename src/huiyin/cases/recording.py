"""From what a person filled in to the step that is stored: texts masked in public, their originals sealed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from huiyin.cases.domain import Step
from huiyin.kernel.chain import stamp
from huiyin.kernel.fields import FIELDS
from huiyin.language.mask import mask

_TEXTS = ("text", "long")


def step(kind: str, values: Mapping[str, Any]) -> Step:
    """A move that records `values` (field name → value; empty ones are left out).

    A text that names somebody is masked; its original goes to the private payload as `original_<field>`.
    """
    public: dict[str, Any] = {}
    private: dict[str, Any] = {}
    for name, value in values.items():
        if value in (None, "", [], ()):
            continue
        public[name] = _plain(value)
        if isinstance(value, str) and FIELDS[name].widget in _TEXTS:
            public[name] = mask(value).text
            if public[name] != value:
                private[f"original_{name}"] = value
    return Step(kind, public, private or None)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value
