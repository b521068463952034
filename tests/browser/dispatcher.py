"""Confirms with one key what the catalogue proposes; merges what was asked before."""

import hands
from playwright.sync_api import expect


def dispatch(page, number: str, *, lead: str | None = None) -> None:
    """`lead`: the unit's name, where the dispatcher knows better than the catalogue."""
    page.goto(f"/assign/{number}/")
    confirm = page.locator("#desk-case [data-submit]")
    expect(confirm).to_be_focused()
    if lead:
        page.keyboard.press("Tab")
        hands.press(page, "3")
        page.locator("[name=lead]").fill(lead)
    confirm.press("Enter")
    hands.done(page)


def merge(page, number: str, into: str, *, reason: str) -> None:
    """The case that runs is among the likely repeats."""
    page.goto(f"/assign/{number}/")
    form = page.locator(f"form[action='/repeats/{number}/merge/']:has([name=into][value='{into}'])")
    form.locator("[name=reason]").fill(reason)
    form.locator("button").click()
    hands.done(page)
