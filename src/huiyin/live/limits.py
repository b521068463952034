"""How often one sender may do a thing: a token bucket each, in this process's memory."""

import time
from dataclasses import dataclass, field

from huiyin.townhall.limits import ASKED, ASKED_FROM, LIKED_FROM

_KEPT = 50_000


@dataclass(slots=True)
class Buckets:
    """`most` at once, refilled evenly within `seconds`."""

    most: int
    seconds: float
    spent: dict[object, tuple[float, float]] = field(default_factory=dict)  # key → (tokens used, when that was so)

    def take(self, key: object) -> float:
        """0 when it may; else the seconds until it may again."""
        now = time.monotonic()
        used, at = self.spent.get(key, (0.0, now))
        used = max(0.0, used - (now - at) * self.most / self.seconds)
        if used > self.most - 1:
            return (used - self.most + 1) * self.seconds / self.most
        if len(self.spent) >= _KEPT:
            self._forget(now)
        self.spent[key] = (used + 1, now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Those full again; all of them when that does not help: memory is not for a flood to take."""
        kept = {k: (used, at) for k, (used, at) in self.spent.items() if now - at < used * self.seconds / self.most}
        self.spent = kept if len(kept) < _KEPT else {}


@dataclass(slots=True)
class Limits:
    """Of one process; keys begin with the meeting."""

    asked: Buckets = field(default_factory=lambda: Buckets(*ASKED))
    asked_from: Buckets = field(default_factory=lambda: Buckets(*ASKED_FROM))
    liked_from: Buckets = field(default_factory=lambda: Buckets(*LIKED_FROM))
