"""What bends the straight path, walked in the browser by everybody whom it concerns."""

from datetime import datetime
from zoneinfo import ZoneInfo

import agent
import caller
import dispatcher
import handler
import leader
import pytest
import resident
from playwright.sync_api import expect
from steps import cannot, move, stands

SAID = "清源小区5号楼暖气不热，家里只有16度。"
# Each walk at a point of its own: what one says elsewhere is not asked before.
TOGETHER = "春晖花园3号楼电梯停运，老人下不了楼。"
AGAIN = "晨光家园2号楼下水管道堵塞，污水溢出来了。"
ANSWER = "已到现场处理完毕，现场恢复正常。"


@pytest.fixture
def enter(stage):
    return lambda account=None: stage.enter(account, shape="desktop", language="zh")


def said(enter, text: str = SAID, *, place: str = "清源小区", phone: str = "13900000517") -> tuple[str, str, object]:
    home = enter()
    return (*resident.say(home, text, place=place, name="李思源", phone=phone), home)


def dispatched(enter, *, lead: str = "清源街道") -> str:
    number, _, _ = said(enter)
    dispatcher.dispatch(enter("dispatcher"), number, lead=lead)
    return number


def answered(enter, text: str = SAID, *, place: str = "清源小区") -> tuple[str, str]:
    number, secret, _home = said(enter, text, place=place)
    dispatcher.dispatch(enter("dispatcher"), number, lead="清源街道")
    answer(enter, number)
    return number, secret


def answer(enter, number: str) -> None:
    unit = enter("handler.qingyuan")
    handler.accept(unit, number)
    handler.first_contact(unit, number, "已电话联系。")
    handler.reply(unit, number, ANSWER)
    leader.approve(enter("leader.qingyuan"), number)


def solved(page, number: str, secret: str) -> None:
    """The resident reads the answer and judges it."""
    resident.look_up(page, number, secret)
    expect(page.locator("main")).to_contain_text(ANSWER)
    resident.judge(page, contacted="yes", solved="yes", satisfaction="satisfied", words="好了。")


def this_minute() -> str:
    """As a browser's field for date and time has it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%dT%H:%M")


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
    move(bureau, number, "report_in", arrived_at=this_minute())
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
    solved(enter(), number, secret)
    move(enter("leader.qingyuan"), number, "apply_exclusion", category_of_reason="repeat", evidence="同一人同一事。")
    cannot(enter("leader.qingyuan"), number, "refuse_exclusion")
    move(enter("reviewer"), number, "refuse_exclusion", reason="不是重复，是新的时间。")
    stands(enter("leader.qingyuan"), number, "剔除查否")


def test_three_callers_are_merged_informed_and_each_judges(enter):
    parent, secret, home = said(enter, TOGETHER, place="春晖花园", phone="13900000601")
    dispatcher.dispatch(enter("dispatcher"), parent, lead="清源街道")
    second, second_secret, second_home = said(enter, TOGETHER, place="春晖花园", phone="13900000602")
    third = agent.take_call(enter("agent"), TOGETHER, place="春晖花园", name="吴小雨", phone="13900000603")
    desk = enter("dispatcher")
    for number in (second, third):
        dispatcher.merge(desk, number, parent, reason="同一部电梯。")
        stands(desk, number, "并案办理")
    resident.look_up(second_home, second, second_secret)
    expect(second_home.locator("main")).not_to_contain_text(ANSWER)

    answer(enter, parent)
    solved(home, parent, secret)
    solved(second_home, second, second_secret)
    caller.hears(enter("caller"), third, "y", "n", "3")
    unit = enter("handler.qingyuan")
    for number, state in ((parent, "已归档"), (second, "已归档"), (third, "办理中")):
        stands(unit, number, state)


def test_what_comes_back_is_with_its_unit_again_and_no_longer_solved(enter):
    number, secret = answered(enter, AGAIN, place="晨光家园")
    home = enter()
    solved(home, number, secret)
    resident.ring_is_closed(home)
    again, _secret, _home = said(enter, AGAIN, place="晨光家园")
    cannot(enter("handler.qingyuan"), number, "rebound")

    agent.says_it_came_back(enter("agent"), number, again, reason="又堵了，同一根管道。")
    stands(enter("handler.qingyuan"), number, "办理中")
    stands(enter("agent"), again, "并案办理")
    home.reload()
    expect(home.locator(".timeline-label s").filter(has_text="评价")).to_have_count(1)
    expect(home.locator("form#evaluate")).to_have_count(0)
