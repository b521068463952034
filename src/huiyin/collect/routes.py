"""The six routes (domain.md 3.2): what no unit is sent out for, with law, where to go and what to say, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.cases.labels import english
from huiyin.cases.values import choices
from huiyin.packs.words import read_words
from huiyin.people.queries import current_district


@dataclass(frozen=True, slots=True)
class Route:
    """One way out of the ordinary dispatch. `words` is what the agent reads to the caller."""

    key: str
    label: str
    law: str
    where: str
    words: str


def routes() -> list[Route]:
    """All six, in the kernel's order, in the reader's language; law and where as they are recorded."""
    district = current_district()
    texts: Mapping[str, Mapping[str, str]] = read_words(district.code if district else "", "routes")
    words = "words_en" if english() else "words"
    return [
        Route(key, label, text["law"], text["where"], text[words].format(where=text["where"]))
        for key, label in choices("route")
        for text in [texts[key]]
    ]
