"""Entries as pages draw them: parts as bars, the time line, the buttons of a cycle."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from huiyin.standing.choices import COUNTED, Part, Verb
from huiyin.standing.models import Cycle, Entry, ScoreSheet

BUTTONS: Final = {
    "score": _("Score"),
    "propose": _("Propose the list"),
    "notify": _("Tell the companies"),
    "publish": _("Publish the list"),
}
_LATE: Final = (Verb.REFUSED, Verb.FAILED)
_OK: Final = (Verb.ACCEPTED, Verb.PASSED, Verb.REMOVED)


@dataclass(frozen=True, slots=True)
class Row:
    """One part: what was counted, what it scores, and whether it opens into cases."""

    code: str
    label: Any
    weight: int
    numerator: str | None
    denominator: str | None
    value: str | None
    score: str | None

    @property
    def counted(self) -> bool:
        return self.code in COUNTED

    @property
    def opens(self) -> bool:
        return self.counted and self.numerator not in (None, "0")


def rows(entry: Entry) -> list[Row]:
    return [Row(label=Part(part["code"]).label, **part) for part in entry.parts]


def lines(cycle: Cycle) -> list[tuple[Entry, list[Row]]]:
    return [(entry, rows(entry)) for entry in cycle.entries.select_related("company__unit")]


def parts_of(sheet: ScoreSheet) -> list[tuple[Any, int, list[list[str]]]]:
    """Label, weight, points."""
    return [(part.label, sheet.parts[part]["weight"], sheet.parts[part].get("points") or []) for part in Part]


def timeline(entry: Entry) -> list[dict[str, Any]]:
    return list(_told(entry))


def _told(entry: Entry) -> Iterator[dict[str, Any]]:
    for act in entry.log.select_related("by"):
        tone = "late" if act.verb in _LATE else "ok" if act.verb in _OK else ""
        actor = str(act.by) if act.by else str(entry) if act.verb == Verb.EXPLAINED else ""
        yield {"at": act.at, "label": act.get_verb_display(), "actor_label": actor, "text": act.note, "tone": tone}
