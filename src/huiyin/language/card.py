"""The card of a model: what it learned from, how it did on cases kept aside, and how the cases have changed since."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from huiyin.language import calibrate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_MIXED_UP = 20


@dataclass(frozen=True, slots=True)
class Label:
    """One label: cases learned from, cases kept aside, and of those precision, recall and F1 (0..1)."""

    label: str
    learned: int
    held: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Drift:
    """Recent cases against those learned from.

    `unseen`: share of n-grams the model knows nothing of. `shift`: half the sum of the differences of the labels'
    shares, 0 the same and 1 nothing in common. `accuracy`: right on the recent cases before learning from them.
    """

    cases: int
    unseen: float
    shift: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Card:
    """Figures of one fit on cases kept aside.

    `calibration`: (mean confidence, accuracy, cases) by tenths of confidence. `abstention`: (coverage, accuracy,
    confidence of the last answer). `confusion`: (truth, said, cases), the most frequent first.
    """

    split: str
    learned: int
    held: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    labels: tuple[Label, ...]
    calibration: tuple[tuple[float, float, int], ...]
    abstention: tuple[tuple[float, float, float], ...]
    confusion: tuple[tuple[str, str, int], ...]
    drift: Drift | None = None

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        truth: NDArray[np.intp],
        shares: NDArray[np.float64],
        *,
        learned: Sequence[int],
        split: str,
    ) -> Self:
        """`truth` (cases,) holds columns of `shares` (cases, labels); `learned` counts cases by label."""
        said = shares.argmax(axis=1)
        table = np.zeros((len(names), len(names)), dtype=np.intp)
        np.add.at(table, (truth, said), 1)
        labels = tuple(_label(name, table, place, learned[place]) for place, name in enumerate(names))
        tried = [label.f1 for label in labels if label.held]
        return cls(
            split=split,
            learned=sum(learned),
            held=len(truth),
            accuracy=float((said == truth).mean()) if len(truth) else 0.0,
            macro_f1=float(np.mean(tried)) if tried else 0.0,
            calibration_error=calibrate.expected_error(shares, truth),
            labels=labels,
            calibration=tuple(calibrate.curve(shares, truth)),
            abstention=tuple((part, *calibrate.abstaining(shares, truth, part)) for part in _COVERAGES if len(truth)),
            confusion=_confusion(names, table),
        )

    def since(self, drift: Drift) -> Self:
        """The same card with what has changed since."""
        return replace(self, drift=drift)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    def markdown(self) -> str:
        """The card as a page of tables."""
        figures = (self.accuracy, self.macro_f1, self.calibration_error)
        parts = [
            "# Model card: category of a message",
            f"Learned from {self.learned:,} cases; measured on {self.held:,}: {self.split}.",
            "Accuracy {:.3f}, macro-F1 {:.3f}, expected calibration error {:.3f}.".format(*figures),
            "## Labels",
            _table(
                ("label", "learned", "kept aside", "precision", "recall", "F1"),
                [(one.label, one.learned, one.held, one.precision, one.recall, one.f1) for one in self.labels],
            ),
            "## Calibration",
            _table(("confidence", "right", "cases"), self.calibration),
            "## Abstention",
            _table(("answered", "right", "from confidence"), self.abstention),
            "## Mixed up most often",
            _table(("truth", "said", "cases"), self.confusion[:_MIXED_UP]),
        ]
        return "\n\n".join([*parts, *_drift(self.drift)]) + "\n"


def shift(learned: Sequence[int], recent: Sequence[int]) -> float:
    """Total variation distance between two counts of the same labels, 0..1."""
    first, second = (np.asarray(counts, dtype=np.float64) for counts in (learned, recent))
    return float(np.abs(first / max(1, first.sum()) - second / max(1, second.sum())).sum() / 2)


def _label(name: str, table: NDArray[np.intp], place: int, learned: int) -> Label:
    right, held, said = int(table[place, place]), int(table[place].sum()), int(table[:, place].sum())
    return Label(name, learned, held, right / max(1, said), right / max(1, held), 2 * right / max(1, held + said))


def _confusion(names: Sequence[str], table: NDArray[np.intp]) -> tuple[tuple[str, str, int], ...]:
    pairs = [(int(truth), int(said)) for truth, said in zip(*np.nonzero(table), strict=True) if truth != said]
    found = [(names[truth], names[said], int(table[truth, said])) for truth, said in pairs]
    return tuple(sorted(found, key=lambda row: -row[2]))


def _drift(drift: Drift | None) -> list[str]:
    if drift is None:
        return []
    told = (
        f"{drift.cases:,} cases came since; {drift.accuracy:.3f} of them were named rightly before they were learned. "
        f"Unknown n-grams: {drift.unseen:.3f}. Labels shifted by {drift.shift:.3f}."
    )
    return ["## Since", told]


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *([_shown(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell).replace("|", "\\|")
