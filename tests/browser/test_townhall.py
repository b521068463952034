"""A whole meeting in four windows: who asks, who watches, the host, the hall's screen."""

import secrets
from datetime import date, timedelta

from playwright.sync_api import expect

ASKED = "3号楼电梯停了两周,什么时候修?联系人张思远13900000517"


def planned(host):
    """A meeting of its own; its code."""
    host.goto("/meetings/new/")
    host.select_option("[name=unit]", index=1)
    host.fill("[name=title]", f"向居民报告{secrets.token_hex(2)}")
    host.fill("[name=begins_at]", f"{date.today() + timedelta(days=1)}T19:00")  # noqa: DTZ011 as the page has it
    host.fill("[name=venue]", "清源社区活动中心")
    host.click("[data-submit]")
    host.wait_for_url("**/meetings/20*/")
    return host.url.rstrip("/").split("/")[-1]


def test_a_question_is_asked_liked_promised_and_its_receipt_is_on_the_phone_that_asked(stage):
    host = stage.enter("leader.qingyuan")
    code = planned(host)
    host.get_by_role("button", name="开会").click()
    host.wait_for_url("**/host/")
    asker, watcher = (stage.enter(shape="phone") for _ in range(2))
    screen = stage.enter()
    for page in (asker, watcher):
        page.goto(f"/live/{code}/")
    screen.goto(f"/live/{code}/screen/")

    asker.fill("[name=text]", ASKED)
    asker.locator("[data-ask] summary").click()
    asker.fill("[name=phone]", "13900000517")
    asker.locator("[data-ask] button").click()
    expect(asker.locator("[data-told]")).to_contain_text("收到了")
    expect(watcher.locator("[data-questions] > li")).to_have_count(0)

    host.locator("form[action$='/show/'] button").click()
    line = watcher.locator("[data-questions] > li")
    expect(line).to_contain_text("3号楼电梯停了两周，什么时候修？")
    expect(line).not_to_contain_text("13900000517")
    line.locator("[data-press-like]").click()
    expect(line.locator("[data-press-like]")).to_be_disabled()

    host.locator("form[action$='/spotlight/'] button").click()
    expect(screen.locator("[data-now]")).to_contain_text("电梯停了两周")

    host.fill("[name=answer]", "配件周三到,周五前修好")
    host.locator("[name=theme][value=livelihood]").check()
    host.fill("[name=due]", f"{date.today() + timedelta(days=6)}")  # noqa: DTZ011
    host.locator("button[value=promised]").click()
    expect(host.locator("#notes, .note").first).to_contain_text("已立案")
    expect(line).to_contain_text("配件周三到，周五前修好")
    expect(line.locator("[data-state]")).to_have_text("已承诺")
    receipt = asker.get_by_role("link", name="回执")
    receipt.click()
    expect(asker.locator("main")).to_contain_text("待签收")

    public = stage.enter()
    public.goto(f"/live/{code}/progress/")
    expect(public.locator("[data-register] li.panel")).to_have_count(1)
    expect(public.locator("[data-register]")).to_contain_text("民生保障")
