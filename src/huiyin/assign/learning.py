"""Triage learns from what the district dispatched: all of it, or every night what came since.

Beside the model lies its card, as a page and as JSON; the JSON also says up to when cases were learned.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.assign.starting import start
from huiyin.assign.triage import model_file
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents

if TYPE_CHECKING:
    from huiyin.language.card import Card, Drift
    from huiyin.language.classify import TextClassifier

FEWEST = 200
MOST = 20_000  # the latest: older ones say little of today's categories, and a night has an end
_ANEW = 10  # a tenth more than was fitted: then calibration and card are due again
_SPLIT = "the latest fifth, kept aside from a trial fit"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a full fit was made of, and how it did on the cases kept aside (the latest fifth)."""

    cases: int
    categories: int
    held_out: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    card: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Dispatched cases, the earliest first."""

    texts: list[str]
    labels: list[str]
    until: datetime | None


def learn() -> Lesson:
    """Fit on the latest dispatched cases, score a trial fit on their latest fifth, save model and card.

    Raises ValueError with fewer than 200 cases or one category.
    """
    from huiyin.language.classify import TextClassifier  # noqa: PLC0415 scikit-learn stays out of the web process

    rows = _dispatched()
    cut = len(rows.texts) * 4 // 5
    if len(rows.texts) < FEWEST or len(set(rows.labels[:cut])) < 2:  # noqa: PLR2004 two to tell apart
        raise ValueError(
            f"Learning needs at least {FEWEST} dispatched cases in two categories; there are {len(rows.texts)}."
        )
    trial = TextClassifier().fit(rows.texts[:cut], rows.labels[:cut])
    card = _card(trial, rows.texts[cut:], rows.labels[cut:])
    model = TextClassifier().fit(rows.texts, rows.labels)
    _keep(model, card, {"until": rows.until, "fitted": len(rows.texts), "added": 0})
    return Lesson(
        cases=len(rows.texts),
        categories=len(model.classes_),
        held_out=card.held,
        accuracy=card.accuracy,
        macro_f1=card.macro_f1,
        calibration_error=card.calibration_error,
        card=str(card_file()),
    )


def learn_more() -> int:
    """What came since the last lesson, learned on top of it; how many cases.

    Everything is fitted anew where there is no model of this version, or a tenth has come since the last full fit. If
    too few were dispatched, the texts alone are learned from (`starting`).
    """
    from huiyin.language.classify import TextClassifier  # noqa: PLC0415 scikit-learn stays out of the web process

    try:
        model, told = TextClassifier.load(model_file()), json.loads(_told_file().read_text(encoding="utf-8"))
        rows = _dispatched(after=datetime.fromisoformat(told["until"]))
    except (OSError, ValueError):
        return _learned_anew()
    if not rows.texts:
        return 0
    if _ANEW * (told["added"] + len(rows.texts)) >= told["fitted"]:
        return _learned_anew()
    drift = _drift(model, rows)
    model.partial_fit(rows.texts, rows.labels)
    card = _read(told["card"]).since(drift)
    added = told["added"] + len(rows.texts)
    _keep(model, card, {"until": rows.until, "fitted": told["fitted"], "added": added})
    return len(rows.texts)


def card() -> "Card | None":
    """The card of the model in use; None while the taxonomy's own words answer."""
    if not model_file().exists():
        return None
    try:
        told = json.loads(_told_file().read_text(encoding="utf-8"))
        return _read(told["card"])
    except (OSError, ValueError, KeyError, TypeError):  # of another version: the next night learns anew
        return None


def card_file() -> Path:
    """The card of the model in use, as Markdown."""
    return model_file().with_suffix(".md")


def _told_file() -> Path:
    return model_file().with_suffix(".json")


def _learned_anew() -> int:
    try:
        return learn().cases
    except ValueError:
        return start()


def _dispatched(after: datetime | None = None) -> _Rows:
    cases = of_residents(Case.objects.filter(category__isnull=False, dispatched_at__isnull=False))
    if after:
        cases = cases.filter(dispatched_at__gt=after)
    columns = ("title", "body__text", "category__code", "dispatched_at")
    rows = list(cases.order_by("-dispatched_at", "-pk").values_list(*columns)[:MOST])[::-1]
    return _Rows(
        [f"{title}\n{text}" for title, text, _, _ in rows],
        [category for _, _, category, _ in rows],
        rows[-1][-1] if rows else None,
    )


def _card(model: "TextClassifier", texts: Sequence[str], labels: Sequence[str]) -> "Card":
    """On cases it has not learned from; a category it does not know counts as missed."""
    from huiyin.language.card import Card  # noqa: PLC0415 with the classifier

    known = model.classes_.tolist()
    names = [*known, *sorted(set(labels) - set(known))]
    shares = np.pad(model.predict_proba(texts), ((0, 0), (0, len(names) - len(known))))
    learned = [*model.past_.cases.tolist(), *[0] * (len(names) - len(known))]
    truth = np.asarray([names.index(label) for label in labels], dtype=np.intp)
    return Card.of(names, truth, shares, learned=learned, split=_SPLIT)


def _drift(model: "TextClassifier", rows: _Rows) -> "Drift":
    """How the new cases differ from those the model knows, before it learns them."""
    from huiyin.language.card import Drift, shift  # noqa: PLC0415 with the classifier

    names = [*model.classes_.tolist(), *sorted(set(rows.labels) - set(model.classes_.tolist()))]
    known = model.past_.cases.tolist()
    return Drift(
        cases=len(rows.texts),
        unseen=model.model_.unseen(rows.texts),
        shift=shift([*known, *[0] * (len(names) - len(known))], [rows.labels.count(name) for name in names]),
        accuracy=float(np.mean(model.predict(rows.texts) == np.asarray(rows.labels))),
    )


def _keep(model: "TextClassifier", card: "Card", told: dict[str, Any]) -> None:
    """The model last: it is what other processes watch."""
    model_file().parent.mkdir(parents=True, exist_ok=True)
    content = {**told, "until": told["until"].isoformat(), "card": card.as_dict()}
    _replace(_told_file(), json.dumps(content, ensure_ascii=False))
    _replace(card_file(), card.markdown())
    model.save(model_file())


def _read(told: dict[str, Any]) -> "Card":
    from huiyin.language.card import Card, Label  # noqa: PLC0415 with the classifier

    labels = tuple(Label(**label) for label in told["labels"])
    lists = {name: tuple(tuple(row) for row in told[name]) for name in ("calibration", "abstention", "confusion")}
    return Card(**{**told, **lists, "labels": labels, "drift": None})


def _replace(path: Path, content: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(content, encoding="utf-8")
    part.replace(path)
