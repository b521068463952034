"""Write docs/permissions.md out of the move table: in each state, who may do what, what it needs, what stops it.

`python scripts/write_permissions.py` writes it; `--check` says whether it is the code's.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.moves import MOVES, NEW, Move, moves_from
from huiyin.kernel.roles import DISTRICT_WIDE, UNIT_BOUND, Role
from huiyin.kernel.states import STATES

TARGET = Path(__file__).parent.parent / "docs" / "permissions.md"
ROLES = {
    Role.RESIDENT: "居民", Role.AGENT: "坐席", Role.DISPATCHER: "派单员", Role.HANDLER: "承办人", Role.LEADER: "单位领导",
    Role.CALLER: "回访员", Role.REVIEWER: "审核员", Role.SUPERVISOR: "督办", Role.CHECKER: "核查员", Role.ANALYST: "分析员",
    Role.ADMIN: "管理员", Role.SYSTEM: "系统",
}  # fmt: skip


def page() -> str:
    return "\n".join([*_head(), *_reach(), *_states(), *_matrix(), ""])


def _head() -> Iterator[str]:
    yield "# Permissions 权限"
    yield ""
    yield "Written by `scripts/write_permissions.py` from `huiyin.kernel.moves`; the table in the code is the only source."
    yield "由代码里的动作表生成。页面和接口逐一的权限见 every page and API operation: [matrix.csv](../tests/permissions/matrix.csv)；测试逐格核对 each cell is tested."
    yield ""
    yield "![states](states.svg)"
    yield ""


def _reach() -> Iterator[str]:
    yield "## Reach 看得到什么"
    yield ""
    yield "| role | 角色 | sees 看得到 |"
    yield "|---|---|---|"
    for role, zh in ROLES.items():
        yield f"| `{role}` | {zh} | {_sees(role)} |"
    yield ""


def _sees(role: Role) -> str:
    if role in DISTRICT_WIDE:
        return "the district's cases, masked 全区，已遮名"
    if role in UNIT_BOUND:
        return "cases its units lead or help with, masked 本单位主办或协办的，已遮名"
    if role == Role.RESIDENT:
        return "the own case, with number and secret 自己的一件，凭编号和查询码"
    return "no case 不看诉求" if role == Role.ADMIN else "–"


def _states() -> Iterator[str]:
    yield "## State by state 逐个状态"
    for name, zh, en in ((NEW, "尚未提交", "Not received yet"), *((s.name, s.zh, s.en) for s in STATES.values())):
        yield ""
        yield f"### {zh} {en} `{name}`"
        yield ""
        yield "| move 动作 | to 到 | who 谁 | needs 必填 | only if 条件 |"
        yield "|---|---|---|---|---|"
        for move in moves_from(name):
            yield f"| {move.zh} {move.en} | {_target(move)} | {_who(move)} | {_needs(move)} | {_guards(move)} |"
    yield ""


def _target(move: Move) -> str:
    if move.target in (SAME, BACK):
        return {SAME: "不变 stays", BACK: "原处 back"}[move.target]
    return f"{STATES[move.target].zh} {STATES[move.target].en}"


def _who(move: Move) -> str:
    return "、".join(f"{ROLES[role]} {role}" for role in move.by)


def _needs(move: Move) -> str:
    return "、".join(f"{FIELDS[name].zh} {FIELDS[name].en}" for name in move.needs) or "–"


def _guards(move: Move) -> str:
    return "<br>".join(f"{guard.zh} {guard.en}" for guard in move.guards) or "–"


def _matrix() -> Iterator[str]:
    """State × role: which moves. The same facts, read the other way."""
    roles = [role for role in ROLES if any(role in move.by for move in MOVES.values())]
    yield "## Role by state 各角色在各状态能做的"
    yield ""
    yield f"| state 状态 | {' | '.join(ROLES[role] for role in roles)} |"
    yield f"|---|{'---|' * len(roles)}"
    for state in STATES.values():
        cells = ("、".join(move.zh for move in moves_from(state.name) if role in move.by) or " " for role in roles)
        yield f"| {state.zh} | {' | '.join(cells)} |"


def main() -> int:
    written = page()
    if "--check" in sys.argv:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == written
        print(
            "docs/permissions.md is the table's."
            if same
            else "docs/permissions.md is stale: python scripts/write_permissions.py"
        )
        return 0 if same else 1
    TARGET.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
