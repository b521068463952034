"""What a simulated year came to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from huiyin.cases.draft import Draft
from huiyin.cli.simulate.outbreaks import Outbreak

_TENTHS = {"satisfied": 10, "basic": 9}


@dataclass(slots=True)
class Summary:
    """Counts of cases; the rates are shares of 0 to 1 over valid callbacks (domain.md 11.1), None without any.

    `cases` 0 means that nothing was simulated: there were cases already.
    """

    cases: int = 0
    events: int = 0
    by_state: Counter[str] = field(default_factory=Counter)
    called_back: int = 0
    valid: int = 0
    contacted: int = 0
    solved: int = 0
    satisfied_tenths: int = 0
    closed: int = 0
    on_time: int = 0
    outbreaks: list[Outbreak] = field(default_factory=list)

    def add(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            self._add(draft)

    def _add(self, draft: Draft) -> None:
        row = draft.row
        self.cases += 1
        self.events += len(draft.entries)
        self.by_state[row["state"]] += 1
        if row["valid_callback"] is not None:
            self.called_back += 1
        if row["valid_callback"]:
            self.valid += 1
            self.contacted += bool(row["contacted"])
            self.solved += bool(row["solved"])
            self.satisfied_tenths += _TENTHS.get(row["satisfaction"], 0)
        if row["closed_at"] and row["due_at"]:
            self.closed += 1
            self.on_time += row["closed_at"] <= row["due_at"]

    @property
    def valid_rate(self) -> float | None:
        return _share(self.valid, self.called_back)

    @property
    def response_rate(self) -> float | None:
        return _share(self.contacted, self.valid)

    @property
    def resolution_rate(self) -> float | None:
        return _share(self.solved, self.valid)

    @property
    def satisfaction_rate(self) -> float | None:
        return _share(self.satisfied_tenths, 10 * self.valid)

    @property
    def on_time_rate(self) -> float | None:
        return _share(self.on_time, self.closed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
