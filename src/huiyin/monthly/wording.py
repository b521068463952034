"""What pages say of data that a review keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.kernel.measures import MEASURES
from huiyin.monthly.drafting import REFUSED, UNDONE
from huiyin.review import cells

_OTHER = {
    f"measure:{UNDONE}": gettext_lazy("Demands of the last meeting"),
    f"measure:{REFUSED}": gettext_lazy("Exclusions refused"),
}


def topic(key: str, catalogue: Mapping[str, str]) -> str:
    """The name of a topic: a measure's label, or the catalogue's; the key where both have forgotten it."""
    if key in _OTHER:
        return str(_OTHER[key])
    name = key.removeprefix("measure:")
    return cells.label(MEASURES[name]) if name != key and name in MEASURES else catalogue.get(key, key)


def choices(catalogue: Mapping[str, str], measures: Iterable[str]) -> list[tuple[str, str]]:
    """What a point may be about: the catalogue first, then the measures that the cards were drafted from."""
    measured = [f"measure:{name}" for name in (*measures, "overdue")]
    return [*catalogue.items(), *((key, topic(key, catalogue)) for key in (*measured, *_OTHER))]


def reason(one: Mapping[str, Any], catalogue: Mapping[str, str]) -> str:
    """Why a unit is proposed to speak."""
    said = {
        "last": _("rank %(rank)s of %(of)s"),
        "first": _("first of %(of)s: to tell how"),
        "risen": _("rose %(places)s ranks, from %(before)s to %(rank)s"),
        "fallen": _("fell %(places)s ranks, from %(before)s to %(rank)s"),
        "recurring": _("“%(topic)s” for %(months)s months running"),
        "silent": _("has not spoken for %(meetings)s meetings"),
    }
    told = dict(one) | ({"topic": topic(one["topic"], catalogue)} if "topic" in one else {})
    return said[one["why"]] % told
