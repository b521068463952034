"""What belongs to somebody else shows nothing, not even that it exists."""

import hands
import resident
from playwright.sync_api import expect

NAME, PHONE = "张三丰", "13900000421"


def test_a_number_of_somebody_else_shows_nothing(stage, product):
    mine, foreign = product.prop("received"), product.prop("received")
    page = stage.enter()
    resident.look_up(page, mine["number"], mine["secret"])
    page.wait_for_url(f"**/track/{mine['number']}/")
    page.goto(f"/track/{foreign['number']}/")
    expect(page.locator("[data-secret-form]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("暖气")
    resident.look_up(page, foreign["number"], mine["secret"])
    wrong = page.locator("[data-secret-form] [role=alert]").inner_text()
    resident.look_up(page, "MH-2601-99999", mine["secret"])
    expect(page.locator("[data-secret-form] [role=alert]")).to_have_text(wrong)


def test_a_case_of_another_unit_is_not_there(stage, product):
    number = product.prop("in_progress")["number"]
    page = stage.enter("handler.heyan")
    assert page.goto(f"/cases/{number}/").status == 404
    assert page.goto("/cases/MH-2601-99999/").status == 404
    stranger = stage.enter()
    stranger.goto(f"/cases/{number}/")
    assert "/login/" in stranger.url


def test_unmasking_asks_why_shows_once_and_is_written_down(stage, product):
    number = product.prop("in_progress")["number"]
    page = stage.enter("handler.qingyuan")
    page.goto(f"/cases/{number}/")
    expect(page.locator("body")).not_to_contain_text(PHONE)
    hands.press(page, "u")
    dialog = page.locator("dialog#unmask")
    expect(dialog).to_be_visible()
    dialog.locator("[name=purpose][value=other]").check()
    dialog.locator("[data-submit]").click()
    expect(dialog.locator("[role=alert]").first).to_be_visible()
    dialog.locator("[name=words]").fill("核对楼号")
    dialog.locator("[data-submit]").click()
    expect(page.locator("#person")).to_contain_text(PHONE)
    expect(page.locator("#person")).to_contain_text(NAME)
    expect(dialog).to_be_hidden()
    page.reload()
    expect(page.locator("body")).not_to_contain_text(PHONE)

    head = stage.enter("leader.qingyuan")
    head.goto(f"/cases/{number}/")
    expect(head.locator("#case")).to_contain_text("核对楼号")
