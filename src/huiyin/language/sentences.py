"""Sentences of a text, and parts between marks; quotation marks and brackets hold together what they enclose."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)】]*)?|[。！？!?]+[”’」』）)】]*")
_ENCLOSED = re.compile(r"“[^“”]*”|‘[^‘’]*’|\"[^\"\n]*\"|（[^（）]*）|\([^()]*\)|《[^《》]*》|「[^「」]*」|『[^『』]*』")


def sentences(text: str) -> list[str]:
    """Sentences with their marks, without surrounding spaces; a new line ends one too."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence]


def split(text: str, marks: str) -> list[str]:
    """Parts between the marks that stand outside quotation marks and brackets, without spaces and empty parts."""
    shadow = _ENCLOSED.sub(lambda match: "_" * len(match.group()), text)
    cuts = [at for at, char in enumerate(shadow) if char in marks]
    parts = (text[start + 1 : end].strip() for start, end in zip([-1, *cuts], [*cuts, len(text)], strict=True))
    return [part for part in parts if part]
