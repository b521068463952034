"""A vote from the plan to the result: on a phone, and without JavaScript."""

import secrets

import pytest
from playwright.sync_api import expect


def opened(host):
    """A vote of its own; its code."""
    host.goto("/polls/new/")
    host.select_option("[name=unit]", index=1)
    host.fill("[name=question]", f"先办哪一件{secrets.token_hex(2)}")
    host.fill("[name=option1-title]", "加装电梯")
    host.fill("[name=option1-yuan]", "640000")
    host.fill("[name=option2-title]", "补路灯")
    host.fill("[name=closes_at]", "2099-11-29T19:00")
    host.click("[data-submit]")
    host.wait_for_url("**/manage/")
    host.get_by_role("button", name="开始投票").click()
    expect(host.locator("#paper")).to_be_visible()
    return host.url.rstrip("/").split("/")[-2]


@pytest.mark.parametrize("java_script", [True, False], ids=["as usual", "without JavaScript"])
def test_a_phone_votes_once_and_the_result_waits_for_the_end(stage, java_script):
    host = stage.enter("leader.qingyuan")
    code, number = opened(host), f"139{secrets.randbelow(10**8):08d}"
    voter = stage.enter(shape="phone", java_script_enabled=java_script)
    voter.goto(f"/vote/{code}/")
    voter.get_by_text("补路灯").click()
    voter.fill("[name=phone]", number)
    voter.get_by_role("button", name="获取验证码").click()
    word = voter.locator("[data-shown-code] b").inner_text()
    voter.fill("[name=code]", "12")
    voter.get_by_role("button", name="投票").click()
    expect(voter.locator(".note[role=alert]")).to_contain_text("还可以试 4 次")
    voter.fill("[name=code]", word)
    voter.get_by_role("button", name="投票").click()
    voter.wait_for_url("**/result/")
    expect(voter.locator("main")).to_contain_text("您的票计入了")
    expect(voter.locator("[data-result]")).to_have_count(0)

    host.reload()
    expect(host.locator("[data-result]")).to_have_count(0)
    ending = host.locator("form[action$='/end/']")
    ending.locator("[name=note]").fill("都投完了")
    ending.locator("button").click()
    expect(host.locator("[data-result] li").first).to_contain_text("补路灯")
    voter.reload()
    expect(voter.locator("[data-result] li").first).to_contain_text("补路灯")
    expect(voter.locator("main")).to_contain_text("都投完了")
