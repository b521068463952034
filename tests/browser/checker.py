"""Goes there, photographs, says where and what."""

import hands
from playwright.sync_api import expect


def opens(page, number: str) -> None:
    page.goto("/rounds/checks/")
    row = page.locator(f'.case-row[href="/rounds/checks/{number}/"]')
    row.tap() if page.viewport_size == hands.PHONE else row.click()
    expect(page.locator("form[data-check]")).to_be_visible()


def photographs(page, picture: bytes) -> None:
    taken = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture}
    page.locator("form[data-check] [name=pictures]").set_input_files(taken)


def says_where(page) -> None:
    page.locator("[data-here]").click()
    expect(page.locator("[data-here-said]")).to_contain_text("离点位")


def finds(page, *, agrees: str, words: str) -> None:
    form = page.locator("form[data-check]")
    form.locator(f"label:has([name=agrees][value={agrees}])").click()
    form.locator("[name=text]").fill(words)


def saves(page) -> None:
    page.locator("form[data-check] [data-submit]").click()
