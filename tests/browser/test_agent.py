import agent
import dispatcher
import hands
from playwright.sync_api import expect

SAID = "和兴街道幸福路路灯不亮，已经三天了，晚上老人不敢出门。"


def test_a_call_by_keyboard_alone_is_dispatched_by_one_key(stage):
    page = stage.enter("agent")
    number = agent.take_call(page, SAID, place="幸福路", name="周小满", phone="13900000622")
    dispatcher.dispatch(stage.enter("dispatcher"), number)


def test_the_list_of_keys_says_what_a_page_knows(stage, product):
    page = stage.enter("handler.qingyuan")
    page.goto(f"/cases/{product.prop('dispatched')['number']}/")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts [data-page-keys] kbd", has_text="a").first).to_be_visible()
    page.keyboard.press("Escape")
    hands.press(page, "a")
    hands.done(page)
