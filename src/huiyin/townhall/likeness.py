"""Which question before everybody asks the same: compared once, however often the host's console looks again."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Final

from huiyin.language.fingerprints import Fingerprint, fingerprint
from huiyin.language.similar import SimilarIndex

ALIKE: Final = 0.5


class Standing:
    """Questions before everybody at one place. Threads may share it: the worst is that two of them compare the same."""

    def __init__(self, texts: Sequence[tuple[int, str]], venue: str) -> None:
        self._venue, self._index = venue, SimilarIndex()
        ids: list[Hashable] = [pk for pk, _ in texts]
        self._index.add_fingerprints(ids, [printed(text, venue) for _, text in texts], [None] * len(ids))
        self._found: dict[str, int | None] = {}

    def like(self, text: str) -> int | None:
        """The likest one, if it is like enough."""
        if text not in self._found:
            best = self._index.likest(printed(text, self._venue))
            self._found[text] = int(str(best.id)) if best and best.score >= ALIKE else None
        return self._found[text]


@lru_cache(maxsize=16)
def standing(texts: tuple[tuple[int, str], ...], venue: str) -> Standing:
    """Give them in the order of their ids: likes change it not."""
    return Standing(texts, venue)


@lru_cache(maxsize=4096)
def printed(text: str, venue: str) -> Fingerprint:
    """All ask at one place: what tells their questions apart is the matter."""
    return fingerprint(text, venue)
