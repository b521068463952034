"""Takes a call: the keyboard alone, from the first word to the number that the caller hears."""

import re

from playwright.sync_api import expect


def take_call(page, text: str, *, place: str, name: str, phone: str) -> str:
    """The whole call without a mouse; the suggested category is taken over. Returns the number."""
    page.goto("/agent/")
    keys = page.keyboard
    expect(page.locator("[name=text]")).to_be_focused()
    keys.type(text)
    expect(page.locator("#suggestion [data-suggestion]")).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")  # take over the suggested category; that goes on in its field
    expect(page.locator("[name=category]")).to_be_focused()
    expect(page.locator("[name=category]")).not_to_have_value("")
    for field, value in {"place": place, "person": name, "phone": phone}.items():
        tab_to(page, field)
        keys.type(value)
    keys.press("Control+Enter")
    note = page.locator("#call .note-success")
    expect(note).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("")
    return re.search(r"MH-\d+-\d+", note.inner_text())[0]


def tab_to(page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab does not reach {name}.")
