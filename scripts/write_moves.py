"""Write docs/moves.md out of the move table: the state diagram, the moves, who may make them.

`python scripts/write_moves.py` writes it; `--check` says whether it is the code's.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.moves import MOVES, NEW
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES

TARGET = Path(__file__).parent.parent / "docs" / "moves.md"


def page() -> str:
    return "\n".join([*_head(), *_diagram(), *_states(), *_moves(), *_matrix(), ""])


def _head() -> Iterator[str]:
    yield "# Moves 状态与动作"
    yield ""
    yield "Written by `scripts/write_moves.py` from `huiyin.kernel.moves`; the table in the code is the only source."
    yield ""


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in STATES.values():
        yield f"    {state.name}: {state.zh} {state.en}"
    for move in MOVES.values():
        if move.target in (SAME, BACK):
            continue
        for source in move.sources:
            yield f"    {'[*]' if source == NEW else source} --> {move.target}: {move.zh}"
    yield "```"
    yield ""


def _states() -> Iterator[str]:
    yield "## States 状态"
    yield ""
    yield "| state | 状态 | stage | who acts | timer |"
    yield "|---|---|---|---|---|"
    for state in STATES.values():
        yield f"| {state.en} `{state.name}` | {state.zh} | {state.stage} | {state.actor} | {state.timer or '–'} |"
    yield ""


def _moves() -> Iterator[str]:
    yield "## Moves 动作"
    yield ""
    yield "| move | 动作 | from | to | needs | guards |"
    yield "|---|---|---|---|---|---|"
    for move in MOVES.values():
        target = {SAME: "(stays)", BACK: "(back)"}.get(move.target, move.target)
        guards = " ".join(guard.en for guard in move.guards) or "–"
        needs = ", ".join(move.needs) or "–"
        yield f"| {move.en} `{move.kind}` | {move.zh} | {', '.join(move.sources)} | {target} | {needs} | {guards} |"
    yield ""


def _matrix() -> Iterator[str]:
    roles = [role for role in Role if any(role in move.by for move in MOVES.values())]
    yield "## Who may 谁可以"
    yield ""
    yield f"| move | {' | '.join(roles)} |"
    yield f"|---|{'---|' * len(roles)}"
    for move in MOVES.values():
        yield f"| `{move.kind}` | {' | '.join('●' if role in move.by else '' for role in roles)} |"


def main() -> int:
    written = page()
    if "--check" in sys.argv:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == written
        print("docs/moves.md is the table's." if same else "docs/moves.md is stale: python scripts/write_moves.py")
        return 0 if same else 1
    TARGET.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
