"""The echo ring: four arcs, collect – assign – answer – evaluate (design.md 9)."""

from huiyin.kernel.states import STAGES, STATES, Stage

EMPTY, DONE, NOW, LATE = "0123"


def ring(state: str, *, late: bool = False, solved: bool | None = None) -> str:
    """Four digits, one an arc: 0 empty, 1 done, 2 now, 3 late.

    `1111` closes with a dot and means only one thing: the resident says it is solved. An archived case
    that nobody confirmed keeps its last arc open; one the resident says is unsolved keeps it broken.
    """
    stage = STATES[state].stage
    if stage is Stage.DONE:
        return DONE * 3 + (DONE if solved else LATE if solved is False else EMPTY)
    here = STAGES.index(stage)
    return DONE * here + (LATE if late else NOW) + EMPTY * (len(STAGES) - here - 1)
