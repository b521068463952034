"""What pages call the parts of a rule: its numbers, weights, sentences, and the words in braces."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.measures import MEASURES
from huiyin.review import cells

Labels = Mapping[str, Promise]

NUMBERS: Final[Mapping[str, Labels]] = {
    "drafting": {
        "least": _("Fewest cases behind a rate"),
        "apart": _("Points from the middle of all units that are worth a sentence"),
        "moved": _("Points since the month before that are worth a sentence"),
        "edge": _("The best and the worst: one part of the units in …"),
        "achievements": _("Achievements on a card, at most"),
        "shortfalls": _("Shortfalls on a card, at most"),
        "demands": _("Demands on a card, at most"),
        "days": _("Days from the meeting until a demand is due"),
    },
    "speaking": {
        "seats": _("Units that speak, at most"),
        "last": _("Ranks from the bottom that speak"),
        "moved": _("Ranks gained or lost that are a reason"),
        "recurring": _("Months running of one shortfall that are a reason"),
        "silent": _("Meetings without speaking that are a reason"),
    },
}
WEIGHTS: Final[Labels] = {
    "last": _("among the last"),
    "fallen": _("fell"),
    "recurring": _("the same shortfall again"),
    "first": _("the first"),
    "risen": _("rose"),
    "silent": _("long silent"),
}
SENTENCES: Final[Labels] = {
    "better": _("Among the best, where more is better"),
    "less": _("Among the best, where less is better"),
    "risen": _("Better than the month before"),
    "worse": _("Among the worst"),
    "fallen": _("Worse than the month before"),
    "late": _("More late cases than the middle"),
    "refused": _("Exclusions refused"),
    "undone": _("Demands of the last meeting not done"),
    "kept": _("Demands of the last meeting all done"),
    "again": _("Added where a shortfall stands again"),
}
DEMANDS: Final[Labels] = {
    "usual": _("Where a rate has no words of its own"),
    "overdue": _("Late cases"),
    "undone": _("Demands of the last meeting not done"),
}
COMPARED: Final = _("Units are compared by")
HEAD: Final = _("Figures at the top")
WEIGHT: Final = _("Weight: %(reason)s")
DEMAND: Final = _("Demand: %(what)s")
WORDS: Final[Labels] = {
    "label": _("the measure"),
    "text": _("its value"),
    "numerator": _("the cases it counts"),
    "denominator": _("out of how many"),
    "before": _("the month before"),
    "moved": _("points since then"),
    "median": _("the middle of all units"),
    "place": _("the unit's place"),
    "of": _("among how many units"),
    "months": _("months running"),
}


def of_demand(name: str) -> Promise | str:
    """A rate's demand is named by the rate."""
    return DEMANDS[name] if name in DEMANDS else cells.label(MEASURES[name])
