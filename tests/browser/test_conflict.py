"""Two people press at once: one acts, the other is told, and loses nothing."""

import hands
from playwright.sync_api import expect


def test_two_accept_at_once(stage, product):
    number = product.prop("dispatched")["number"]
    one, other = stage.enter("handler.qingyuan"), stage.enter("leader.qingyuan")
    for page in (one, other):
        page.goto(f"/cases/{number}/")
    hands.press(one, "a")
    hands.done(one)
    hands.press(other, "a")
    expect(other.locator("#notes .note-warning")).to_contain_text("有人先办了一步")
    expect(other.locator("[data-key=c]")).to_be_visible()


def test_who_was_slower_keeps_the_words(stage, product):
    number = product.prop("submitted")["number"]
    one, other = stage.enter("leader.qingyuan"), stage.enter("leader.qingyuan")
    for page in (one, other):
        page.goto(f"/cases/{number}/")
    hands.press(other, "b")
    other.locator("#move [name=reason]").fill("请补充测温记录。")
    hands.press(one, "p")
    hands.done(one)
    hands.send(other, other.locator("#move form"))
    expect(other.locator("#notes .note-warning")).to_be_visible()
    expect(other.locator("#move textarea")).to_have_value("请补充测温记录。")
    assert other.locator("#move form").count() == 0


def test_the_resident_answers_while_the_caller_asks(stage, product):
    number = product.prop("to_call_back")["number"]
    one, other = stage.enter("caller"), stage.enter("caller")
    for page in (one, other):
        page.goto(f"/callbacks/{number}/")
        for key in ("y", "y", "1"):
            hands.press(page, key)
        page.locator("[name=text]").fill("谢谢。")
    hands.send(one, one.locator("form[data-autosave=answers]"))
    hands.done(one)
    hands.send(other, other.locator("form[data-autosave=answers]"))
    expect(other.locator("#notes .note-warning")).to_be_visible()
