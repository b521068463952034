"""Accepts, calls, replies with evidence."""

import hands
from playwright.sync_api import expect

REPLY = {"zh": "师傅已上门排气，室温二十一度。", "en": "Our fitter bled the pipes; it is 21 degrees now."}


def accept(page, number: str) -> None:
    page.goto("/inbox/?tab=to_accept")
    row = page.locator(f'.case-row[href="/cases/{number}/"]')
    row.tap() if page.viewport_size == hands.PHONE else row.click()
    expect(page.locator("#case")).to_contain_text(number)
    hands.press(page, "a")
    hands.done(page)


def first_contact(page, number: str, words: str) -> None:
    page.goto(f"/cases/{number}/")
    hands.press(page, "c")
    form = page.locator("#move form")
    form.locator("[name=result]").fill(words)
    hands.send(page, form)
    hands.done(page)


def reply(page, number: str, words: str, *, picture: bytes | None = None) -> None:
    page.goto(f"/cases/{number}/")
    hands.press(page, "r")
    form = page.locator("#move form")
    form.locator("[name=text]").fill(words)
    form.locator("[name=action]").fill(words)
    if picture:
        form.locator("[name=attachments]").set_input_files(
            {"name": "室温.jpg", "mimeType": "image/jpeg", "buffer": picture}
        )
    hands.send(page, form)
    hands.done(page)


def sees_one_picture_and_no_name(page, number: str, *hidden: str) -> None:
    page.goto(f"/cases/{number}/")
    expect(page.locator("#case img")).to_have_count(1)
    for word in hidden:
        expect(page.locator("body")).not_to_contain_text(word)
