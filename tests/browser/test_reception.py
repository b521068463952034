"""An expert's desk in three windows: who takes a number on a phone, the clerk, the screen; and a secretary's line."""

from datetime import datetime, timedelta

from playwright.sync_api import expect
from test_townhall import planned


def rostered(clerk, code):
    """A desk that is open now; its page."""
    clerk.goto(f"/meetings/{code}/desks/new/")
    begins = datetime.now() - timedelta(minutes=5)  # noqa: DTZ005 what a clerk reads off the wall
    clerk.select_option("[name=topic]", "legal")
    for name, typed in (("expert_title", "公益律师"), ("organisation", "区司法局"), ("place", "一号台")):
        clerk.fill(f"[name={name}]", typed)
    clerk.fill("[name=begins_at]", f"{begins:%Y-%m-%dT%H:%M}")
    clerk.fill("[name=ends_at]", f"{begins + timedelta(hours=12):%Y-%m-%dT%H:%M}")
    clerk.click("[data-submit]")
    clerk.get_by_role("link", name="开始坐诊").click()


def test_a_number_taken_on_a_phone_is_called_and_its_record_becomes_a_case_with_a_receipt(stage):
    clerk = stage.enter("leader.qingyuan")
    code = planned(clerk)
    rostered(clerk, code)
    phone, screen = stage.enter(shape="phone"), stage.enter()
    phone.goto(f"/live/{code}/")
    phone.get_by_role("link", name="专家坐诊").click()
    phone.get_by_role("link", name="取号").click()
    phone.get_by_role("button", name="取号").click()
    expect(phone.locator("[data-own]")).to_contain_text("您前面还有 0 人")
    screen.goto(f"/live/{code}/desks/screen/")

    clerk.locator("[data-next-number]:not([disabled])").click()
    expect(clerk.locator("[data-called]")).to_have_text("1")
    expect(phone.locator("[data-own]")).to_contain_text("轮到您了")
    expect(screen.locator("[data-calling]")).to_have_text("1")

    clerk.fill("[name=question]", "租房合同没到期，房东要涨租，怎么办？")
    clerk.fill("[name=advice]", "合同期内不能单方涨租，可以申请调解。")
    clerk.locator("button[value=case]").click()
    number = clerk.locator("[data-receipt]").get_attribute("data-receipt")
    receipt = phone.get_by_role("link", name="回执")
    expect(receipt).to_contain_text(number)
    receipt.click()
    expect(phone.locator("main")).to_contain_text(number)
    assert stage.faults == []


def test_what_is_written_to_a_secretarys_line_gets_a_receipt(stage):
    phone = stage.enter(shape="phone")
    phone.goto("/lines/?q=清源")
    phone.locator("[data-lines] .btn").first.click()
    phone.fill("[name=text]", "楼下垃圾站半夜清运，吵得睡不着")
    phone.locator("[name=consent]").check()
    phone.click("[data-submit]")
    expect(phone.locator("[data-ticket]")).to_be_visible()
    assert stage.faults == []
