"""Which measures are columns: the usual seven, and those that a reader adds, in their groups."""

from collections.abc import Collection, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.measures import MEASURES
from huiyin.review import cells

MAIN: Final = ("received", "closed", "overdue", "response", "resolution", "satisfaction", "score")
GROUPS: Final[Mapping[Promise | str, tuple[str, ...]]] = {
    _("In time"): ("accept_in_time", "contact_in_time", "close_in_time"),
    _("Solved at which time"): ("solved_first", "solved_second", "solved_third"),
    _("Repeats and hand-overs"): ("repeats", "handovers", "objections_upheld", "dispatch_accuracy"),
    _("Checks"): ("mismatch",),
    _("Exclusions"): ("excluded",),
    _("By residents"): ("per_10k",),
}
MORE: Final = tuple(name for names in GROUPS.values() for name in names)


def menu(chosen: Collection[str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Group → name, label and whether it is a column now."""
    return [
        (str(group), [(name, cells.label(MEASURES[name]), name in chosen) for name in names])
        for group, names in GROUPS.items()
    ]
