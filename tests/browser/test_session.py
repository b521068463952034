import handler
import hands
from playwright.sync_api import expect
from stage import sign_in

TYPED = "师傅明天上午九点上门，先放气再测温。"


def test_an_ended_session_keeps_what_was_typed(stage, product):
    number = product.prop("in_progress")["number"]
    page = stage.window()
    sign_in(page, "handler.qingyuan")
    handler.first_contact(page, number, "已电话联系")
    hands.press(page, "r")
    page.locator("#move [name=text]").fill(TYPED)
    page.locator("#move [name=action]").fill("排气测温")
    page.context.clear_cookies(name="sessionid")

    page.locator("#move [name=text]").press("Control+Enter")
    page.wait_for_url("**/login/**")
    sign_in(page, "handler.qingyuan", goto=False)
    expect(page.locator("#case")).to_contain_text(number)
    if not page.locator("#move [name=text]").count():
        hands.press(page, "r")
    expect(page.locator("#move [name=text]")).to_have_value(TYPED)
    expect(page.locator("#move [name=action]")).to_have_value("排气测温")
    hands.send(page, page.locator("#move form"))
    hands.done(page)


def test_signing_out_forgets_what_was_typed(stage, product):
    number = product.prop("in_progress")["number"]
    page = stage.window()
    sign_in(page, "handler.qingyuan")
    page.goto(f"/cases/{number}/move/first_contact/")
    page.locator("#move [name=result]").fill(TYPED)
    page.locator(".tools details.who summary").click()
    page.locator("form[data-forget] button").first.click()
    page.wait_for_url(lambda url: "/cases/" not in url)
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))") == []
