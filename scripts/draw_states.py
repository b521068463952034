"""Draw docs/states.svg: the states in the columns of their stages, an arrow for every way between two of them.

`python scripts/draw_states.py` writes it; `--check` says whether the drawing is the table's.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.moves import MOVES, NEW
from huiyin.kernel.states import STATES, Stage

# The resident may take it back at nearly any time: said once below the drawing, not drawn eleven times.
ANY_TIME = "withdraw"
TARGET = Path(__file__).parent.parent / "docs" / "states.svg"
COLUMN, ROW, TOP, WIDE, HIGH = 210, 92, 92, 132, 52
STAGES = {Stage.COLLECT: "诉 Collect", Stage.ASSIGN: "派 Assign", Stage.ANSWER: "办 Answer", Stage.EVALUATE: "评 Evaluate", Stage.DONE: "归档 Done"}  # fmt: skip
COLOURS = {Stage.COLLECT: "#c8371f", Stage.ASSIGN: "#b7791f", Stage.ANSWER: "#2f7d5b", Stage.EVALUATE: "#2b5f8a", Stage.DONE: "#6d675e"}  # fmt: skip


def places() -> dict[str, tuple[int, int]]:
    """State → the middle of its box: a column for a stage, in the order of the table."""
    found: dict[str, tuple[int, int]] = {}
    for column, stage in enumerate(STAGES):
        for row, name in enumerate(name for name, state in STATES.items() if state.stage is stage):
            found[name] = (COLUMN // 2 + column * COLUMN, TOP + HIGH // 2 + row * ROW)
    return found


def ways() -> dict[tuple[str, str], list[str]]:
    """(from, to) → the moves that lead there; what stays, and what goes back to where it came from, has no arrow."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in MOVES.values():
        if move.target not in (SAME, BACK) and move.kind != ANY_TIME:
            for source in move.sources:
                if source != NEW:
                    found.setdefault((source, move.target), []).append(f"{move.zh} {move.en}")
    return found


def svg() -> str:
    where = places()
    width, height = COLUMN * len(STAGES), max(y for _, y in where.values()) + HIGH + 24
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif">',
            "<title>The states of a case and the moves between them 状态与动作</title>",
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="#6d675e"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#faf8f4"/>',
            *_stages(height),
            *_arrows(where),
            *_boxes(where),
            _note(height),
            "</svg>",
            "",
        ]
    )


def _stages(height: int) -> Iterator[str]:
    for column, (stage, label) in enumerate(STAGES.items()):
        x = column * COLUMN
        yield f'<text x="{x + COLUMN // 2}" y="38" text-anchor="middle" font-size="19" font-weight="600" fill="{COLOURS[stage]}">{label}</text>'
        if column:
            yield f'<path d="M{x} 20V{height - 16}" stroke="#e6e0d5"/>'


def _arrows(where: dict[str, tuple[int, int]]) -> Iterator[str]:
    for (source, target), moves in ways().items():
        path = _path(where[source], where[target])
        words = f"{STATES[source].zh} → {STATES[target].zh}: {', '.join(moves)}"
        yield f'<path d="{path}" fill="none" stroke="#6d675e" stroke-opacity=".42" stroke-width="1.4" marker-end="url(#a)"><title>{words}</title></path>'


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    """To the right from side to side, to the left back below the box's middle, within a stage around the side."""
    (x1, y1), (x2, y2) = start, end
    half = WIDE // 2
    if x1 == x2:
        side = x1 - half if y2 > y1 else x1 + half
        bend = side + (-34 if y2 > y1 else 34)
        return f"M{side} {y1}C{bend} {y1} {bend} {y2} {side} {y2}"
    away = 1 if x2 > x1 else -1
    drop = -8 if away > 0 else 8
    out, into = x1 + away * half, x2 - away * half
    bend = (out + into) // 2
    return f"M{out} {y1 + drop}C{bend} {y1 + drop} {bend} {y2 + drop} {into} {y2 + drop}"


def _boxes(where: dict[str, tuple[int, int]]) -> Iterator[str]:
    for name, (x, y) in where.items():
        state = STATES[name]
        yield f'<rect x="{x - WIDE // 2}" y="{y - HIGH // 2}" width="{WIDE}" height="{HIGH}" rx="12" fill="#fffefb" stroke="{COLOURS[state.stage]}" stroke-width="1.6"/>'
        yield f'<text x="{x}" y="{y - 3}" text-anchor="middle" font-size="16" font-weight="600" fill="#1f1d1a">{state.zh}</text>'
        yield f'<text x="{x}" y="{y + 15}" text-anchor="middle" font-size="12" fill="#6d675e">{state.en}</text>'


def _note(height: int) -> str:
    sources = "、".join(STATES[name].zh for name in MOVES[ANY_TIME].sources)
    words = f"撤回 Withdraw → 已归档 Archived: {sources}"
    return f'<text x="16" y="{height - 14}" font-size="12" fill="#6d675e">{words}</text>'


def main() -> int:
    drawn = svg()
    if "--check" in sys.argv:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == drawn
        print("docs/states.svg is the table's." if same else "docs/states.svg is stale: python scripts/draw_states.py")
        return 0 if same else 1
    TARGET.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
