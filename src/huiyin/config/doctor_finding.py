"""One line of what `huiyin doctor` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    name: str
    detail: str
    advice: str = ""  # what to do when it is not well
    ok: bool = True
