"""The fields of a rule, out of the tables of `checking`: numbers, rates, sentences, weights."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.measures import MEASURES
from huiyin.monthly import checking, labels_rules
from huiyin.monthly.rules import Values
from huiyin.review import cells

Fields = dict[str, forms.Field]


class SentenceField(forms.CharField):
    """One line with words in braces that are filled in."""

    def __init__(self, words: Iterable[str], **known: Any) -> None:
        self.words = tuple(words)
        known["help_text"] = _("Words: %(words)s") % {"words": checking.braced(self.words)}
        super().__init__(widget=forms.Textarea({"rows": 2}), **known)

    def clean(self, value: Any) -> str:
        text = " ".join(super().clean(value).split())
        if problem := checking.wrong(text, self.words):
            raise forms.ValidationError(problem)
        return text


def of_rule(values: Values) -> Fields:
    """`values`: of the version before."""
    return {
        **numbers("drafting"), **choices(values["drafting"]), **sentences(), **demands(), **numbers("speaking"),
        **weights(),
    }  # fmt: skip


def numbers(part: str) -> Fields:
    labels = labels_rules.NUMBERS[part]
    return {f"{part}_{name}": _whole(labels[name], *ends) for name, ends in checking.NUMBERS[part].items()}


def weights() -> Fields:
    return {f"weight_{name}": _whole(labels_rules.WEIGHTS[name], 0, checking.HEAVIEST) for name in checking.WEIGHTS}


def _whole(label: Any, least: int, most: int) -> forms.Field:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


def choices(last: Values) -> Fields:
    return {
        "measures": _several(labels_rules.COMPARED, in_order(checking.RATES, last["measures"])),
        "head": _several(labels_rules.HEAD, in_order(MEASURES, last["head"])),
    }


def _several(label: Any, names: Iterable[str]) -> forms.Field:
    offered = [(name, cells.label(MEASURES[name])) for name in names]
    return forms.MultipleChoiceField(label=label, choices=offered, widget=forms.CheckboxSelectMultiple)


def sentences() -> Fields:
    return {
        f"sentence_{name}": SentenceField(words, label=labels_rules.SENTENCES[name], max_length=_most(name))
        for name, words in checking.WORDS["sentences"].items()
    }


def demands() -> Fields:
    return {
        f"demand_{name}": SentenceField(
            words, label=labels_rules.of_demand(name), max_length=checking.LONGEST, required=name not in checking.RATES
        )
        for name, words in checking.WORDS["demands"].items()
    }


def in_order(chosen: Iterable[str], last: Iterable[str]) -> list[str]:
    """Those of the version before as they stood there, then the new ones: ties are told in this order."""
    wanted = list(chosen)
    first = [name for name in last if name in wanted]
    return [*first, *(name for name in wanted if name not in first)]


def _most(name: str) -> int:
    return checking.LONGEST_AGAIN if name == "again" else checking.LONGEST
