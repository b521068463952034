"""One request through the whole loop, with every person in it: by phone, at a desk, and once in English."""

import re
from datetime import date, timedelta

import caller
import dispatcher
import handler
import leader
import pytest
import resident
from playwright.sync_api import expect

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
def test_the_whole_walk(stage, product, picture, shape, language):
    words = WORDS[language]

    def enter(account=None):
        return stage.enter(account, shape=shape, language=language)

    analyst, home = enter("analyst"), enter()
    before = resolved(analyst, 0)
    said = product.prop("received")
    number = said["number"]
    resident.look_up(home, number, said["secret"])

    dispatcher.dispatch(enter("dispatcher"), number, lead=words["unit"])
    unit, head = enter("handler.qingyuan"), enter("leader.qingyuan")
    handler.accept(unit, number)
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

    after = resolved(analyst, 1)
    assert after == (before[0] + 1, before[1] + 1)
    analyst.locator("main a[href*='/figures/resolution/']").filter(has_text="%").first.click()
    expect(analyst.locator(f".case-row[href='/cases/{number}/']")).to_be_visible()


def resolved(page, days_more: int) -> tuple[int, int]:
    """Qingyuan's solved and called back of the last days, as its line says. Another period is another count: never a kept one."""
    first, last = date.today() - timedelta(1), date.today() + timedelta(1 + days_more)
    page.goto(f"/rates/?first={first}&last={last}")
    cell = page.locator("tr", has=page.locator("a[href='/units/qingyuan/']")).locator("td").nth(4)
    found = re.search(r"(\d+) / (\d+)", cell.inner_text())
    return (int(found[1]), int(found[2])) if found else (0, 0)
