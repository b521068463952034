"""Versions of the rule as the page shows them: numbers, weights, sentences, each with its name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.kernel.measures import MEASURES
from huiyin.monthly import labels_rules
from huiyin.monthly.models import RuleBook
from huiyin.monthly.rules import OWN_VALUES, Values
from huiyin.review import cells

Lines = list[tuple[Any, Any]]  # name, what the rule says


@dataclass(frozen=True, slots=True)
class Version:
    """`book` None: the house's own, which holds until the first version, on `until`."""

    book: RuleBook | None
    until: date | None
    numbers: Lines
    words: Lines


def versions() -> list[Version]:
    """The newest first, the house's own last."""
    books = list(RuleBook.objects.select_related("by"))
    first = books[-1].valid_from if books else None
    return [*(_version(book, book.valid_to, book.values) for book in books), _version(None, first, OWN_VALUES)]


def _version(book: RuleBook | None, until: date | None, values: Values) -> Version:
    return Version(book, until, list(_numbers(values)), list(_words(values)))


def _numbers(values: Values) -> Iterator[tuple[Any, Any]]:
    drafting, speaking = values["drafting"], values["speaking"]
    yield from _labelled(labels_rules.NUMBERS["drafting"], drafting)
    yield from _labelled(labels_rules.NUMBERS["speaking"], speaking)
    for label, weight in _labelled(labels_rules.WEIGHTS, speaking["weights"]):
        yield labels_rules.WEIGHT % {"reason": label}, weight


def _words(values: Values) -> Iterator[tuple[Any, Any]]:
    yield labels_rules.COMPARED, _measures(values["drafting"]["measures"])
    yield labels_rules.HEAD, _measures(values["drafting"]["head"])
    yield from _labelled(labels_rules.SENTENCES, values["sentences"])
    for name, text in values["demands"].items():
        yield labels_rules.DEMAND % {"what": labels_rules.of_demand(name)}, text


def _labelled(labels: labels_rules.Labels, told: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    return ((label, told[name]) for name, label in labels.items())


def _measures(names: Iterable[str]) -> str:
    return _(", ").join(cells.label(MEASURES[name]) for name in names)
