"""The echo ring: four arcs fill as a case moves, break where it is late, and close with a dot when it is solved."""

from functools import cache
from math import cos, radians, sin
from typing import Final

from django.utils.html import escape
from django.utils.translation import get_language, gettext, gettext_lazy

EMPTY, DONE, NOW, LATE = "0123"
STAGES: Final = {
    "collect": gettext_lazy("Collect"),
    "assign": gettext_lazy("Assign"),
    "answer": gettext_lazy("Answer"),
    "evaluate": gettext_lazy("Evaluate"),
}
CLOSED = DONE * len(STAGES)


def _arc(start: float, end: float, radius: float = 10) -> str:
    """An arc in degrees clockwise from the top, in the 26 x 26 box."""
    (x1, y1), (x2, y2) = (
        (13 + radius * sin(radians(angle)), 13 - radius * cos(radians(angle))) for angle in (start, end)
    )
    return f"M{x1:.2f} {y1:.2f}A{radius:g} {radius:g} 0 0 1 {x2:.2f} {y2:.2f}"


_WHOLE = tuple(_arc(90 * i + 13, 90 * i + 77) for i in range(4))
# A late arc is broken in two, and the second piece has slipped outwards.
_BROKEN = tuple(_arc(90 * i + 13, 90 * i + 33) + _arc(90 * i + 60, 90 * i + 75, 11.6) for i in range(4))


@cache
def ring_svg(state: str, size: int = 28, label: str = "") -> str:
    """State like "1120" (collect, assign, answer, evaluate; 0 empty, 1 done, 2 now, 3 late) → inline SVG.

    Without a label the ring is decoration, hidden from screen readers: say the state in words beside it.
    """
    if len(state) != len(STAGES) or not set(state) <= {EMPTY, DONE, NOW, LATE}:
        raise ValueError(f"A ring's state is four of 0, 1, 2, 3, not {state!r}.")
    arcs = "".join(
        f'<path class="arc-{step}" d="{(_BROKEN if step == LATE else _WHOLE)[i]}"/>' for i, step in enumerate(state)
    )
    dot = '<circle class="arc-dot" cx="13" cy="13" r="2.8"/>' if state == CLOSED else ""
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    title = f"<title>{escape(label)}</title>" if label else ""
    return (
        f'<svg class="echo-ring" width="{size}" height="{size}" viewBox="0 0 26 26" {spoken}>{title}{arcs}{dot}</svg>'
    )


def ring_label(state: str) -> str:
    """The ring in words: "Collect: done, Assign: done, Answer: now, Evaluate: to come"."""
    return _label(state, get_language() or "")


@cache
def _label(state: str, _language: str) -> str:
    if state == CLOSED:
        return gettext("Solved, says the resident")
    words = {EMPTY: gettext("to come"), DONE: gettext("done"), NOW: gettext("now"), LATE: gettext("late")}
    parts = (f"{name} {words[step]}" for name, step in zip(STAGES.values(), state, strict=True))
    return gettext(", ").join(parts)
