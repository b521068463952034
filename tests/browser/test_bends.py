"""What bends the straight path, walked in the browser by everybody whom it concerns."""

import dispatcher
import handler
import leader
import pytest
import resident
from steps import cannot, move, stands

SAID = "清源小区5号楼暖气不热，家里只有16度。"


@pytest.fixture
def enter(stage):
    return lambda account=None: stage.enter(account, shape="desktop", language="zh")


def said(enter, text: str = SAID) -> tuple[str, str, object]:
    home = enter()
    return (*resident.say(home, text, place="清源小区", name="李思源", phone="13900000517"), home)


def dispatched(enter, *, lead: str = "清源街道") -> str:
    number, _, _ = said(enter)
    dispatcher.dispatch(enter("dispatcher"), number, lead=lead)
    return number


def answered(enter) -> tuple[str, str]:
    number, secret, _home = said(enter)
    dispatcher.dispatch(enter("dispatcher"), number, lead="清源街道")
    unit = enter("handler.qingyuan")
    handler.accept(unit, number)
    handler.first_contact(unit, number, "已电话联系。")
    handler.reply(unit, number, "已到现场处理，施工方承诺夜间停工。")
    leader.approve(enter("leader.qingyuan"), number)
    return number, secret


def test_objection_then_ruling(enter):
    number = dispatched(enter)
    move(enter("handler.qingyuan"), number, "object", reason="施工许可由城管委管理。", basis="职责清单第三项")
    cannot(enter("reviewer"), number, "rule")
    move(enter("reviewer"), number, "redispatch", lead="citymgmt", reason="异议成立。")
    move(enter("handler.citymgmt"), number, "object", reason="点位在社区内部。", basis="管界图")
    cannot(enter("reviewer"), number, "redispatch")
    move(enter("reviewer"), number, "rule", lead="citymgmt", minutes="三方会商，由城管委牵头。")
    stands(enter("handler.citymgmt"), number, "办理中")


def test_whistle_then_report_in(enter):
    number = dispatched(enter)
    street, head, bureau = enter("handler.qingyuan"), enter("leader.qingyuan"), enter("handler.citymgmt")
    handler.accept(street, number)
    told = {"whistle_kind": "joint", "called": ["citymgmt"], "reason": "需要联合执法。"}
    move(street, number, "draft_whistle", **told)
    cannot(street, number, "whistle")
    move(head, number, "whistle", **told)
    move(bureau, number, "answer_whistle", text="今晚到场。")
    move(bureau, number, "report_in", arrived_at="2026-11-24T20:00")
    move(street, number, "whistle_result", result="联合检查，责令停工。")
    move(street, number, "rate_partner", rated="citymgmt", score="good")
    move(bureau, number, "rate_partner", rated="qingyuan", score="fair")
    stands(street, number, "办理中")


def test_extension(enter):
    number = dispatched(enter)
    unit, head = enter("handler.qingyuan"), enter("leader.qingyuan")
    handler.accept(unit, number)
    move(unit, number, "ask_extension", reason="需等检测报告。", until="2027-03-01T17:00", told_resident="True")
    cannot(unit, number, "extend")
    move(head, number, "extend", due_at="2027-03-01T17:00", reason="理由成立。")
    stands(unit, number, "2027-03-01 17:00")


def test_exclusion_refused(enter):
    number, secret = answered(enter)
    home = enter()
    resident.look_up(home, number, secret)
    resident.judge(home, contacted="yes", solved="yes", satisfaction="satisfied", words="好了。")
    move(enter("leader.qingyuan"), number, "apply_exclusion", category_of_reason="重复", evidence="同一人同一事。")
    cannot(enter("leader.qingyuan"), number, "refuse_exclusion")
    move(enter("reviewer"), number, "refuse_exclusion", reason="不是重复，是新的时间。")
    stands(enter("leader.qingyuan"), number, "剔除查否")
