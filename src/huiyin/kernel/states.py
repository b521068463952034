"""The states of a case (domain.md 3.8), as data: label, stage of the echo ring, who acts next, timer."""

from dataclasses import dataclass
from enum import StrEnum

from huiyin.kernel.roles import Role


class Stage(StrEnum):
    COLLECT = "collect"
    ASSIGN = "assign"
    ANSWER = "answer"
    EVALUATE = "evaluate"
    DONE = "done"


STAGES = (Stage.COLLECT, Stage.ASSIGN, Stage.ANSWER, Stage.EVALUATE)


@dataclass(frozen=True, slots=True)
class State:
    name: str
    zh: str
    en: str
    stage: Stage
    actor: Role
    # The deadline rule that runs while a case rests here; the value is a district's data, never code.
    timer: str | None = None


_ALL = (
    State("received", "待受理", "Received", Stage.COLLECT, Role.AGENT, "register"),
    State("registered", "已登记", "Registered", Stage.COLLECT, Role.AGENT, "dispatch"),
    State("answered", "直接答复", "Answered at once", Stage.EVALUATE, Role.SYSTEM),
    State("redirected", "六类告知", "Told where to go", Stage.EVALUATE, Role.SYSTEM),
    State("to_dispatch", "待派单", "To dispatch", Stage.ASSIGN, Role.DISPATCHER, "dispatch"),
    State("to_accept", "待签收", "To accept", Stage.ASSIGN, Role.HANDLER, "accept"),
    State("objected", "异议", "Objection", Stage.ASSIGN, Role.REVIEWER, "objection"),
    State("merged", "并案办理", "Merged", Stage.ANSWER, Role.SYSTEM),
    State("in_progress", "办理中", "In progress", Stage.ANSWER, Role.HANDLER, "first_contact"),
    State("whistled", "吹哨", "Whistle", Stage.ANSWER, Role.HANDLER, "report_in"),
    State("extension", "延期", "Extension asked", Stage.ANSWER, Role.LEADER, "extension"),
    State("deferred", "挂账", "Deferred", Stage.ANSWER, Role.REVIEWER, "deferral"),
    State("to_review", "待审核", "To approve", Stage.ANSWER, Role.LEADER, "review"),
    State("to_call_back", "待回访", "To call back", Stage.EVALUATE, Role.CALLER, "callback"),
    State("evaluated", "已评价", "Evaluated", Stage.EVALUATE, Role.SYSTEM),
    State("exclusion", "剔除认定", "Exclusion asked", Stage.EVALUATE, Role.REVIEWER, "exclusion"),
    State("appeal", "考核申诉", "Appeal", Stage.EVALUATE, Role.REVIEWER, "appeal"),
    State("archived", "已归档", "Archived", Stage.DONE, Role.SYSTEM),
)
STATES: dict[str, State] = {state.name: state for state in _ALL}
# A case on somebody's desk: not archived.
OPEN = tuple(name for name, state in STATES.items() if state.stage is not Stage.DONE)
# The unit's clock runs here.
WITH_UNIT = ("to_accept", "objected", "in_progress", "whistled", "extension", "deferred", "to_review")
BEING_JUDGED = ("to_call_back", "evaluated")
BEFORE_DISPATCH = ("received", "registered", "to_dispatch")
