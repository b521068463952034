"""What a rule may say: numbers within bounds, rates of the table, the words that each sentence may name in braces."""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, Final

from django.utils.translation import gettext as _

from huiyin.kernel.measures import MEASURES
from huiyin.monthly.rules import Values

# Better or worse by percentage points: what units can be compared by.
RATES: Final = tuple(name for name, one in MEASURES.items() if one.unit == "percent" and one.better)
NUMBERS: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "drafting": {
        "least": (1, 1000), "apart": (0, 100), "moved": (1, 100), "edge": (2, 10),
        "achievements": (0, 15), "shortfalls": (1, 15), "demands": (0, 15), "days": (1, 180),
    },
    "speaking": {"seats": (1, 60), "last": (0, 60), "moved": (1, 60), "recurring": (2, 24), "silent": (1, 36)},
}  # fmt: skip
WEIGHTS: Final = ("last", "fallen", "recurring", "first", "risen", "silent")
HEAVIEST: Final = 100
MOST_FIGURES: Final = 8  # at the top of a card
# A point of a card has room for 500: words in braces grow when they are filled in.
LONGEST: Final = 200
LONGEST_AGAIN: Final = 40

_COUNTED: Final = ("text", "numerator", "denominator")
_RATE: Final = ("label", *_COUNTED, "before", "median", "place", "of")
_LATE: Final = ("text", "numerator", "median")
WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "sentences": {
        **dict.fromkeys(("better", "less", "risen", "worse", "fallen"), (*_RATE, "moved")),
        "late": _LATE, **dict.fromkeys(("refused", "undone", "kept"), _COUNTED), "again": ("months",),
    },
    "demands": {
        "usual": (*_RATE, "months"), "overdue": ("label", *_LATE, "months"), "undone": (*_COUNTED, "months"),
        **dict.fromkeys(RATES, (*_RATE, "months")),
    },
}  # fmt: skip


def wrong(text: str, words: Iterable[str]) -> str:
    """What is wrong with a sentence, in one; empty where nothing is. Braces hold a known word, nothing else."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return _("A brace stands without its partner. A word is written like this: {%(word)s}.") % {"word": _any(words)}
    return next(_wrong_words(parts, tuple(words)), "")


def _wrong_words(parts: Iterable[tuple[Any, ...]], words: tuple[str, ...]) -> Iterator[str]:
    for _text, word, form, turned in parts:
        if word is None or (word in words and not form and not turned):
            continue
        written = f"{{{word}{f'!{turned}' if turned else ''}{f':{form}' if form else ''}}}"
        if word.isidentifier() and word not in words:
            said = _("%(written)s is not known here. These are: %(words)s.")
        else:
            said = _("%(written)s cannot be filled in: between braces stands one of these words alone: %(words)s.")
        yield said % {"written": written, "words": braced(words)}


def braced(words: Iterable[str]) -> str:
    return " ".join(f"{{{word}}}" for word in words)


def _any(words: Iterable[str]) -> str:
    return next(iter(words))


def nothing_weighs() -> str:
    return _("With every weight at 0 nobody would be proposed: give one reason a weight.")


def require(values: Values) -> None:
    """Raises ValueError with the first thing that no rule may say. The form says the same beside each field."""
    for problem in _problems(values):
        raise ValueError(problem)


def _problems(values: Values) -> Iterator[str]:
    yield from _wrong_numbers(values)
    yield from _wrong_choices(values["drafting"])
    yield from _wrong_weights(values["speaking"]["weights"])
    yield from _wrong_sentences(values)


def _wrong_numbers(values: Values) -> Iterator[str]:
    for part, bounds in NUMBERS.items():
        for name, (least, most) in bounds.items():
            if not least <= values[part][name] <= most:
                yield f"{part}.{name} lies between {least} and {most}."


def _wrong_choices(drafting: Values) -> Iterator[str]:
    if not drafting["measures"] or not set(drafting["measures"]) <= set(RATES):
        yield "Units are compared by rates, by one at least."
    if not set(drafting["head"]) <= set(MEASURES) or not 0 < len(drafting["head"]) <= MOST_FIGURES:
        yield f"At the top of a card stand figures of measures, {MOST_FIGURES} at most."


def _wrong_weights(weights: Mapping[str, int]) -> Iterator[str]:
    if set(weights) != set(WEIGHTS) or not all(0 <= weight <= HEAVIEST for weight in weights.values()):
        yield f"Every reason has a weight from 0 to {HEAVIEST}."
    elif not any(weights.values()):
        yield nothing_weighs()


def _wrong_sentences(values: Values) -> Iterator[str]:
    for part, sentences in WORDS.items():
        for name, words in sentences.items():
            text = values[part].get(name, "")
            if not text and name not in RATES:
                yield f"{part}.{name} has no words."
            elif problem := wrong(text, words):
                yield problem
