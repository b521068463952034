"""One request through the whole loop, with every person in it: on phones, at desks, and once in English."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import caller
import dispatcher
import handler
import leader
import pytest
import resident
from playwright.sync_api import expect

DAYS_AHEAD = count(1)
SAID = "清源小区5号楼暖气不热，家里只有16度。我叫李思源，电话13900000517。"
WORDS = {
    "zh": {
        "contact": "已电话联系，约今天上门。",
        "back": "请写明测温的时间。",
        "reply": "师傅已上门排气，室温二十一度。",
        "unsolved": "晚上还是冷。",
        "unit": "清源街道",
    },
    "en": {
        "contact": "Called; we come today.",
        "back": "Say when it was measured.",
        "reply": "Our fitter bled the pipes; it is 21 degrees now.",
        "unsolved": "Still cold at night.",
        "unit": "Qingyuan Subdistrict",
    },
}


@pytest.mark.parametrize(("shape", "language"), [("phone", "zh"), ("desktop", "zh"), ("desktop", "en")])
def test_the_whole_walk(stage, picture, shape, language):
    words = WORDS[language]

    def enter(account=None):
        return stage.enter(account, shape=shape, language=language)

    analyst, home = enter("analyst"), enter()
    before = resolved(analyst)
    number, secret = resident.say(home, SAID, place="清源小区", name="李思源", phone="13900000517", picture=picture)
    resident.scan(home, number, secret)

    dispatcher.dispatch(enter("dispatcher"), number, lead=words["unit"])
    unit, head = enter("handler.qingyuan"), enter("leader.qingyuan")
    handler.accept(unit, number)
    handler.sees_one_picture_and_no_name(unit, number, "李思源", "13900000517")
    handler.first_contact(unit, number, words["contact"])
    handler.reply(unit, number, words["reply"])
    leader.send_back(head, number, words["back"])
    handler.reply(unit, number, words["reply"], picture=picture)
    leader.approve(head, number)

    phone = enter("caller")
    caller.nobody_answers(phone, number)
    caller.nobody_answers(phone, number)
    home.reload()
    expect(home.locator("main")).to_contain_text(words["reply"])
    resident.judge(home, contacted="yes", solved="no", satisfaction="dissatisfied", words=words["unsolved"])
    expect(home.locator("form#evaluate")).to_have_count(0)

    handler.first_contact(unit, number, words["contact"])
    handler.reply(unit, number, words["reply"])
    leader.approve(head, number)
    caller.hears(phone, number, "y", "y", "1")
    home.reload()
    resident.ring_is_closed(home)

    assert resolved(analyst) == (before[0] + 1, before[1] + 1)
    qingyuan(analyst).locator("a[href*='/figures/resolution/']").first.click()
    expect(analyst.locator(f".case-row[href='/cases/{number}/']")).to_be_visible()


def resolved(page) -> tuple[int, int]:
    """Qingyuan's solved and called back of these days. Another period is another count, never a kept one."""
    today = datetime.now(UTC).date()
    first, last = today - timedelta(1), today + timedelta(next(DAYS_AHEAD))
    page.goto(f"/rates/?first={first}&last={last}")
    found = re.search(r"(\d+) / (\d+)", qingyuan(page).locator("td").nth(4).inner_text())
    return (int(found[1]), int(found[2])) if found else (0, 0)


def qingyuan(page):
    return page.locator("tr", has=page.locator("a[href='/units/qingyuan/']"))
