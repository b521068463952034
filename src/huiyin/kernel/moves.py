"""The move table (domain.md 3.8): every way a case can change, as data.

Buttons, API, permission checks, the documents' diagram and the property tests are all derived from it.
A move's `sets` says how it changes the projection (`kernel.fold`); its `needs` what must be recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from huiyin.kernel.effects import BACK, SAME, Effect, also, clear, const, first, given, now, plus, plus_if
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH, OPEN, STATES, WITH_UNIT

R = Role
NEW = "new"
DIRECTIVE = "directive"  # the kind of a case that leaders opened: no resident asked
# What the moves of such a case neither ask nor record: it is about the resident.
LEFT_OUT: Mapping[str | None, frozenset[str]] = {DIRECTIVE: frozenset({"told_resident"})}


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards may look at: the projection, who acts, what is being recorded."""

    case: Mapping[str, Any]
    actor: str
    unit: str | None
    public: Mapping[str, Any]
    at_stamp: str


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a move, with the sentence shown when it does not hold."""

    holds: Callable[[Facts], bool]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Move:
    kind: str
    zh: str
    en: str
    sources: tuple[str, ...]
    target: str
    by: tuple[Role, ...]
    needs: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    sets: Mapping[str, Effect] = field(default_factory=dict)
    # Shown on the resident's timeline (its public text), or only inside.
    public: bool = True
    # All that its event may carry.
    fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozenset((*self.needs, *self.records)))


def _other_than(fact: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.case.get(fact) != facts.actor


def _kind_stands(facts: Facts) -> bool:
    before = facts.case.get("kind")
    after = facts.public.get("kind", before)
    return before == after or DIRECTIVE not in (before, after) or facts.actor == "system"


NOT_APPLICANT = Guard(
    _other_than("asked_by"), "申请人不能自己批准，请换一位。", "Whoever asked cannot decide; ask a colleague."
)
NOT_OWN_UNIT = Guard(
    lambda facts: facts.unit is None or facts.unit != facts.case.get("lead"),
    "承办单位不能核查、回访自己办的事。",
    "The handling unit cannot check or call back its own case.",
)
NOT_WHISTLER = Guard(
    lambda facts: facts.unit is None or facts.unit != facts.case.get("lead"),
    "应哨、报到由被呼叫的单位来做。",
    "A whistle is answered by the units it called, not by the one that blew it.",
)
SECOND_OBJECTION = Guard(
    lambda facts: facts.case.get("objections", 0) >= 2,  # noqa: PLR2004 domain.md 3.8: n≥2
    "第二次异议才进入会商裁定。",
    "A ruling needs a second objection.",
)
DECIDER_APART = Guard(
    lambda facts: facts.unit is None or facts.unit != facts.case.get("lead"),
    "申请单位的人不能认定自己的申请，请由别的单位的审核人认定。",
    "Nobody of the unit that asked may decide; let a reviewer of another unit do it.",
)
# Guards that hold for every unit an account belongs to, not only for the one it acts in.
APART = (NOT_OWN_UNIT, DECIDER_APART)
THREE_ATTEMPTS = Guard(
    # domain.md 3.8: 3 attempts. The verdict of another system is taken as it stands.
    lambda facts: facts.case.get("attempts", 0) >= 3 or facts.actor == "import",  # noqa: PLR2004
    "至少三次、不同时段联系不上，才能记为无效回访。",
    "Only after three attempts at different hours may a callback be recorded as invalid.",
)
UNSOLVED = Guard(
    lambda facts: facts.case.get("solved") is False, "居民没有说未解决。", "The resident has not said it is unsolved."
)
NOT_UNSOLVED = Guard(
    lambda facts: facts.case.get("solved") is not False,
    "居民说没解决，请退回重办，或由审核人说明理由归档。",
    "The resident says it is not solved: send it back, or let a reviewer archive it with reasons.",
)
CONTACTED = Guard(
    lambda facts: facts.case.get("first_contact_at") is not None or facts.case.get("kind") == DIRECTIVE,
    "还没有联系过当事人，请先记录首次联系。",
    "Nobody has contacted the person yet: record the first contact before replying.",
)
PAST_DUE = Guard(
    lambda facts: str(facts.case.get("due_at") or "9") < facts.at_stamp,
    "还没到期限：到期后才回访还在办的诉求。",
    "It is not due yet: a case that is still worked on is called about once its date has passed.",
)
FUTURE_DUE = Guard(
    lambda facts: str(facts.public.get("due_at", "")) > facts.at_stamp,
    "新的期限必须晚于现在。",
    "The new date must lie ahead.",
)
TOLD = Guard(
    lambda facts: facts.public.get("told_resident") is not False,
    "请先告知居民，再申请延期。",
    "Tell the resident first, then ask for the extension.",
)
FIRST_OBJECTION = Guard(
    lambda facts: facts.case.get("objections", 0) < 2,  # noqa: PLR2004 domain.md 3.8: n≥2
    "第二次异议须会商裁定，不能再直接改派或驳回。",
    "A second objection needs a joint ruling; it cannot be decided at the desk.",
)
NOT_RULED = Guard(
    lambda facts: facts.case.get("objections", 0) < 2,  # noqa: PLR2004
    "已经会商裁定，必须办理，不能再提异议。",
    "A joint ruling has been made: the case must be handled, a third objection is not possible.",
)
AFTER_A_WHISTLE = Guard(
    lambda facts: facts.case.get("whistles", 0) > 0,
    "没有吹过哨，不需要双评。",
    "Nobody whistled: there is nothing to rate.",
)
NOT_A_DIRECTIVE = Guard(
    # The next meeting's own word comes from the system (`monthly.domain_demands.check_off`).
    lambda facts: facts.case.get("kind") != DIRECTIVE or facts.actor == "system",
    "这是领导的要求，不是居民诉求：不回访、不核查、不剔除，由下次点评会对账销号。",
    "This is a directive, no resident's request: it is checked off at the next review, not called back or excluded.",
)
SOMEBODY_ASKED = Guard(
    lambda facts: facts.case.get("kind") != DIRECTIVE,
    "这是领导的要求，没有居民可以联系：办完直接反馈送审。",
    "This is a directive, no resident asked: there is nobody to contact. Do it and reply for approval.",
)
KIND_STANDS = Guard(
    _kind_stands,
    "居民诉求和领导要求不能互改：只有点评会能提出要求。",
    "A request never becomes a directive, nor a directive a request: only a review meeting makes directives.",
)
OTHER_CALLER = Guard(
    _other_than("evaluated_by"),
    "二次回访要换一个人打。",
    "A second call is made by somebody other than the first caller.",
)
NOT_FINISHED = ("answered", "redirected")
LIVE = tuple(name for name in OPEN if name not in NOT_FINISHED)
# What was heard, by whom and when: the three rates count it.
_HEARD = {
    "contacted": given("contacted"),
    "solved": given("solved"),
    "satisfaction": given("satisfaction"),
    "valid_callback": const(value=True),
    "evaluated_at": now(),
    "evaluated_by": const("@actor"),
}
_CLOSED_FACTS = {
    "closed_at": clear(),
    "evaluated_at": clear(),
    "valid_callback": clear(),
    "contacted": clear(),
    "solved": clear(),
    "satisfaction": clear(),
    "attempts": const(0),
}
_DISPATCHED = {
    "lead": given("lead"),
    "helpers": given("helpers"),
    "parts": given("parts"),
    "called": const(value=()),
    "due_at": given("due_at"),
    "dispatched_at": first(now()),
    "lead_at": now(),
    "accepted_at": clear(),
    "assignee": clear(),
}

_ALL = (
    # — collect —
    Move("receive", "提交", "Receive", (NEW,), "received",
         (R.RESIDENT, R.AGENT, R.HANDLER, R.CHECKER, R.SYSTEM), ("channel",),
         ("title", "text", "kind", "category", "urgency", "confidential", "place", "area", "source", "source_id", "lat_e3",
          "lon_e3", "attachments"), (KIND_STANDS,),
         sets={name: given(name) for name in ("channel", "title", "text", "kind", "place", "area", "source", "source_id",
                                              "confidential", "lat_e3", "lon_e3", "person", "phone", "category", "urgency")}
         | {"created_at": now()}),
    Move("register", "登记", "Register", ("received",), "registered", (R.AGENT, R.DISPATCHER, R.SYSTEM),
         ("kind", "category", "urgency"), ("title", "place", "area", "confidential"),
         guards=(KIND_STANDS,),
         sets={name: given(name) for name in ("kind", "category", "urgency", "title", "place", "area", "confidential")}
         | {"registered_at": now()}),
    Move("correct", "更正", "Correct", BEFORE_DISPATCH + WITH_UNIT, SAME, (R.AGENT, R.DISPATCHER, R.SYSTEM),
         ("reason",), ("kind", "category", "urgency", "place", "area", "confidential"), (KIND_STANDS,),
         sets={name: given(name) for name in ("kind", "category", "urgency", "place", "area", "confidential")}, public=False),
    Move("supplement", "补充", "Add to it", LIVE, SAME, (R.RESIDENT, R.AGENT), ("text",)),
    Move("urge", "催办", "Urge", WITH_UNIT, SAME, (R.RESIDENT, R.AGENT), (), ("text",), sets={"urged": plus(1)}),
    Move("withdraw", "撤回", "Withdraw", (*BEFORE_DISPATCH, *WITH_UNIT, "merged"), "archived", (R.RESIDENT, R.AGENT), ("reason",),
         guards=(NOT_A_DIRECTIVE,), sets={"withdrawn": const(value=True), "archived_at": now()}),
    Move("hand_off", "紧急转交", "Hand off at once", BEFORE_DISPATCH, SAME, (R.AGENT, R.SYSTEM), ("where", "reason"),
         sets={"emergency": const(value=True), "urgency": const("emergency")}),
    Move("merge", "并案", "Merge", BEFORE_DISPATCH, "merged", (R.AGENT, R.DISPATCHER), ("parent", "lead", "due_at", "reason"),
         sets={"parent": given("parent"), "lead": given("lead"), "due_at": given("due_at"), "dispatched_at": first(now()),
               "lead_at": now()}),
    Move("unmerge", "撤销并案", "Take apart again", ("merged",), "to_dispatch",
         (R.AGENT, R.DISPATCHER, R.REVIEWER, R.SYSTEM), ("reason",),
         sets={"parent": clear(), "lead": clear(), "due_at": clear()}),
    Move("inform", "一并告知", "Inform together", ("merged",), "to_call_back", (R.SYSTEM,), ("text", "number"),
         # The parent's unit and date may have changed since the merge.
         ("lead", "due_at"),
         sets={"replied_at": now(), "reply": given("text"), "lead": given("lead"), "due_at": given("due_at"),
               "closed_at": now(), "attempts": const(0)}),
    Move("answer_directly", "直接答复", "Answer at once", ("registered",), "answered", (R.AGENT,),
         ("text", "knowledge", "version"), sets={"closed_at": now()}),
    Move("redirect", "六类告知", "Tell where to go", ("registered",), "redirected", (R.AGENT,),
         ("route", "law", "where"), sets={"closed_at": now()}),
    # — assign —
    Move("queue", "转派单", "Queue for dispatch", ("registered",), "to_dispatch", (R.AGENT, R.SYSTEM)),
    Move("dispatch", "派单", "Dispatch", ("registered", "to_dispatch"), "to_accept", (R.DISPATCHER, R.SYSTEM),
         ("lead", "due_at", "basis", "reason"), ("helpers", "parts", "copies", "catalogue", "trace"), sets=_DISPATCHED),
    Move("accept", "签收", "Accept", ("to_accept",), "in_progress", (R.HANDLER, R.LEADER, R.SYSTEM), (), ("assignee",),
         sets={"accepted_at": first(now()), "assignee": given("assignee")}),
    Move("object", "提出异议", "Object", ("to_accept",), "objected", (R.HANDLER, R.LEADER), ("reason", "basis"), (),
         (NOT_RULED,), {"objections": plus(1), "asked_by": const("@actor")}, public=False),
    Move("redispatch", "异议成立，改派", "Uphold: dispatch anew", ("objected",), "to_accept", (R.REVIEWER, R.DISPATCHER),
         ("lead", "reason"), ("helpers", "parts", "copies", "basis"), (NOT_APPLICANT, FIRST_OBJECTION),
         {name: effect for name, effect in _DISPATCHED.items() if name != "due_at"} | {"redispatches": plus(1)}),
    Move("refuse_objection", "驳回异议，强制办理", "Refuse: must handle", ("objected",), "in_progress", (R.REVIEWER,),
         ("reason",), (), (NOT_APPLICANT, FIRST_OBJECTION), {"accepted_at": first(now())}),
    Move("rule", "会商裁定", "Joint ruling", ("objected",), "in_progress", (R.REVIEWER,), ("lead", "minutes"),
         ("helpers", "parts", "copies"),
         (NOT_APPLICANT, SECOND_OBJECTION),
         {name: effect for name, effect in _DISPATCHED.items() if name != "due_at"} | {"accepted_at": now()}),
    # — answer —
    Move("reassign", "单位内转办", "Hand to a colleague", WITH_UNIT, SAME, (R.HANDLER, R.LEADER), ("assignee",),
         sets={"assignee": given("assignee")}, public=False),
    Move("first_contact", "首次联系", "First contact", ("in_progress",), SAME, (R.HANDLER, R.LEADER, R.SYSTEM),
         ("result",), ("text",), (SOMEBODY_ASKED,), {"first_contact_at": first(now())}),
    Move("note", "内部记录", "Internal note", OPEN, SAME,
         (R.AGENT, R.DISPATCHER, R.HANDLER, R.LEADER, R.CALLER, R.REVIEWER, R.SUPERVISOR), (), ("text",), public=False),
    Move("help", "协办反馈", "Helper's report", ("in_progress", "whistled"), SAME, (R.HANDLER, R.LEADER), ("result",),
         public=False),
    Move("draft_whistle", "拟哨", "Draft a whistle", ("in_progress",), SAME, (R.HANDLER, R.LEADER),
         ("whistle_kind", "called", "reason"), ("place", "at"), sets={"asked_by": const("@actor")}, public=False),
    Move("whistle", "吹哨", "Whistle", ("in_progress",), "whistled", (R.LEADER,),
         ("whistle_kind", "called", "reason"), ("place", "at", "arrive_by"),
         sets={"called": also("called"), "whistles": plus(1)}),
    Move("answer_whistle", "应哨", "Answer the whistle", ("whistled",), SAME, (R.HANDLER, R.LEADER), (), ("text",),
         (NOT_WHISTLER,), public=False),
    Move("report_in", "报到", "Report in", ("whistled",), SAME, (R.HANDLER, R.LEADER), ("arrived_at",), ("text",),
         (NOT_WHISTLER,)),
    Move("refuse_whistle", "拒绝应哨", "Refuse the whistle", ("whistled",), SAME, (R.HANDLER, R.LEADER), ("reason",), (),
         (NOT_WHISTLER,), {"light": const("red")}, public=False),
    Move("rate_partner", "双评", "Rate one another", ("in_progress", "to_review", "to_call_back", "evaluated", "archived"),
         SAME, (R.HANDLER, R.LEADER), ("rated", "score"), ("text",), (AFTER_A_WHISTLE,), public=False),
    Move("whistle_result", "吹哨结果", "Whistle result", ("whistled",), "in_progress", (R.HANDLER, R.LEADER), ("result",)),
    Move("ask_extension", "申请延期", "Ask for an extension", ("in_progress",), "extension", (R.HANDLER, R.LEADER),
         ("reason", "until", "told_resident"), (), (TOLD,), {"asked_by": const("@actor")}),
    Move("extend", "批准延期", "Grant the extension", ("extension",), "in_progress", (R.LEADER, R.REVIEWER),
         ("due_at", "reason"), (), (NOT_APPLICANT, FUTURE_DUE), {"due_at": given("due_at"), "extensions": plus(1)}),
    Move("refuse_extension", "不批准延期", "Refuse the extension", ("extension",), "in_progress", (R.LEADER, R.REVIEWER),
         ("reason",), (), (NOT_APPLICANT,)),
    Move("defer", "申请挂账", "Ask to defer", ("in_progress",), "deferred", (R.LEADER,), ("reason", "plan", "next_report_on"),
         sets={"asked_by": const("@actor"), "next_report_on": given("next_report_on")}),
    Move("confirm_deferral", "同意挂账", "Confirm the deferral", ("deferred",), SAME, (R.REVIEWER,), ("reason",), (),
         (NOT_APPLICANT,), {"deferral_confirmed": const(value=True)}),
    Move("report_progress", "进展报告", "Report progress", ("deferred",), SAME, (R.HANDLER, R.LEADER),
         ("text", "next_report_on"), sets={"next_report_on": given("next_report_on")}),
    Move("to_long_term", "转长期清单", "Move to a long-term list", ("deferred",), SAME, (R.REVIEWER,), ("list", "reason"),
         sets={"long_term": given("list")}),
    Move("resume", "恢复办理", "Resume", ("deferred",), "in_progress", (R.LEADER, R.REVIEWER), ("reason",),
         sets={"deferral_confirmed": const(value=False), "next_report_on": clear()}),
    Move("submit", "反馈送审", "Reply for approval", ("in_progress",), "to_review", (R.HANDLER, R.LEADER, R.SYSTEM),
         ("text", "action"), ("evidence", "attachments", "promises"), (CONTACTED,), {"replied_at": now(), "reply": given("text"), "replied_by": const("@actor")}),
    Move("send_back", "退回修改", "Send back", ("to_review",), "in_progress", (R.LEADER, R.REVIEWER), ("reason",),
         sets={"sent_back": plus(1)}, public=False),
    Move("approve", "审核通过", "Approve", ("to_review",), "to_call_back", (R.LEADER, R.SYSTEM), (), ("note",),
         sets={"closed_at": now(), "attempts": const(0)}),
    # — evaluate —
    Move("attempt", "未接通", "Attempt, not reached", ("to_call_back",), SAME, (R.CALLER,), ("outcome",), ("next_at",),
         (NOT_A_DIRECTIVE, NOT_OWN_UNIT), {"attempts": plus(1), "next_call_at": given("next_at")}, public=False),
    Move("evaluate", "评价", "Evaluate", ("to_call_back",), "evaluated", (R.CALLER, R.RESIDENT, R.SYSTEM),
         ("contacted", "solved", "satisfaction"), ("text", "means"), (NOT_A_DIRECTIVE, NOT_OWN_UNIT), _HEARD),
    Move("call_when_due", "到期回访", "Call when due", tuple(name for name in WITH_UNIT if name != "deferred"), SAME, (R.CALLER,),
         # Law art 23: callback when the deadline is reached, whether the unit has answered or not.
         ("contacted", "solved", "satisfaction"), ("text", "means"), (NOT_A_DIRECTIVE, NOT_OWN_UNIT, PAST_DUE), _HEARD),
    Move("close_unreached", "无效回访", "Callback not valid", ("to_call_back",), "evaluated", (R.CALLER, R.SYSTEM),
         ("reason",), (), (NOT_A_DIRECTIVE, NOT_OWN_UNIT, THREE_ATTEMPTS),
         # What the resident said in an earlier round stands: silence later does not take it back.
         {"valid_callback": first(const(value=False)), "evaluated_at": now()}),
    Move("call_again", "二次回访", "Second call", ("evaluated", "archived"), SAME, (R.CALLER,),
         ("contacted", "solved", "satisfaction"), ("text",), (NOT_A_DIRECTIVE, NOT_OWN_UNIT, OTHER_CALLER),
         {"second_solved": given("solved")}, public=False),
    Move("redo", "退回重办", "Back to the unit", ("evaluated",), "in_progress", (R.CALLER, R.RESIDENT, R.REVIEWER, R.SYSTEM),
         ("due_at", "reason"), ("trace",), (UNSOLVED,),
         {"due_at": given("due_at"), "rounds": plus(1), "first_contact_at": clear(), "closed_at": clear(),
          "replied_at": clear()}),
    Move("apply_exclusion", "申请剔除", "Ask for exclusion", ("evaluated", "archived"), "exclusion", (R.LEADER,),
         ("category_of_reason", "evidence"), ("attachments",), (NOT_A_DIRECTIVE,), sets={"asked_by": const("@actor"), "back_to": const("@state")}),
    Move("exclude", "认定剔除", "Exclude", ("exclusion",), BACK, (R.REVIEWER,), ("reason",), (), (NOT_APPLICANT, DECIDER_APART),
         {"excluded": const(value=True)}),
    Move("refuse_exclusion", "剔除查否", "Refuse exclusion", ("exclusion",), BACK, (R.REVIEWER,), ("reason",), (),
         (NOT_APPLICANT, DECIDER_APART)),
    Move("appeal", "考核申诉", "Appeal", ("evaluated", "archived"), "appeal", (R.LEADER,), ("evidence",), ("attachments",),
         (NOT_A_DIRECTIVE,), sets={"asked_by": const("@actor"), "back_to": const("@state")}),
    Move("uphold_appeal", "申诉采纳", "Uphold the appeal", ("appeal",), BACK, (R.REVIEWER,), ("reason",), (), (NOT_APPLICANT, DECIDER_APART),
         {"excluded": const(value=True)}),
    Move("refuse_appeal", "申诉查否", "Refuse the appeal", ("appeal",), BACK, (R.REVIEWER,), ("reason",), (), (NOT_APPLICANT, DECIDER_APART)),
    Move("archive", "归档", "Archive", ("answered", "redirected", "evaluated"), "archived", (R.CALLER, R.RESIDENT, R.SYSTEM),
         (), (), (NOT_UNSOLVED,), {"archived_at": now()}),
    Move("archive_unsolved", "说明理由归档", "Archive with reasons", ("evaluated",), "archived", (R.REVIEWER,), ("reason",),
         (), (UNSOLVED,), {"archived_at": now()}),
    Move("verify", "外部核查", "External check", ("to_call_back", "evaluated", "archived"), SAME, (R.CHECKER,),
         ("agrees", "place", "attachments"), ("text", "lat_e3", "lon_e3", "distance_m"), (NOT_A_DIRECTIVE, NOT_OWN_UNIT),
         {"verified": given("agrees"), "verified_at": now(), "mismatches": plus_if("agrees", value=False)}),
    Move("reopen", "重开", "Reopen", ("to_call_back", "evaluated", "archived"), "in_progress",
         (R.AGENT, R.REVIEWER, R.SUPERVISOR, R.SYSTEM), ("reason", "due_at"), ("trace",), (),
         _CLOSED_FACTS | {"due_at": given("due_at"), "reopened": plus(1), "archived_at": clear(),
                          "first_contact_at": clear(), "replied_at": clear()}),
    Move("rebound", "复发重开", "Reopen: it came back", ("to_call_back", "evaluated", "archived"), "in_progress",
         (R.AGENT, R.REVIEWER, R.SUPERVISOR, R.SYSTEM), ("reason", "due_at"), ("number", "trace"), (),
         _CLOSED_FACTS | {"due_at": given("due_at"), "rebounds": plus(1), "archived_at": clear(),
                          "first_contact_at": clear(), "replied_at": clear()}),
    Move("supervise", "督办", "Supervise", LIVE, SAME, (R.SUPERVISOR,), ("reason", "light"), sets={"light": given("light")}),
    Move("lift_supervision", "解除督办", "Lift supervision", LIVE, SAME, (R.SUPERVISOR,), ("reason",), sets={"light": clear()}),
)  # fmt: skip
MOVES: dict[str, Move] = {move.kind: move for move in _ALL}
INITIAL = "receive"


@cache
def move_of(kind: str, case_kind: str | None) -> Move:
    """The move as a case of that kind has it: without the fields that say nothing there."""
    move, out = MOVES[kind], LEFT_OUT.get(case_kind, frozenset())
    needs, records = (tuple(name for name in part if name not in out) for part in (move.needs, move.records))
    return replace(move, needs=needs, records=records) if out & move.fields else move


def moves_from(state: str) -> tuple[Move, ...]:
    return tuple(move for move in _ALL if state in move.sources)


class Refused(Exception):  # noqa: N818 it is an answer, not a fault
    """A move that the table does not allow now; `zh` and `en` say what to do instead."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


def refusal(move: Move, state: str, role: Role, facts: Facts) -> Refused | None:
    """Why `role` may not make `move` on a case in `state`; None when it may."""
    if state not in move.sources:
        here = STATES.get(state)
        zh, en = (here.zh, here.en) if here else ("尚未提交", "not received yet")
        return Refused(
            "state",
            f"这件事现在是“{zh}”，不能“{move.zh}”。请刷新后再看。",
            f"This case is now “{en}”, so “{move.en}” is not possible. Reload and look again.",
        )
    if role not in move.by:
        return Refused("role", f"您的角色不能“{move.zh}”。", f"Your role may not “{move.en}”.")
    if missing := [FIELDS[name] for name in move.needs if facts.public.get(name) in (None, "", [])]:
        zh, en = "、".join(field.zh for field in missing), ", ".join(field.en for field in missing)
        return Refused("needs", f"“{move.zh}”还缺：{zh}。", f"“{move.en}” still needs: {en}.")
    broken = next((guard for guard in move.guards if not guard.holds(facts)), None)
    return Refused("guard", broken.zh, broken.en) if broken else None
