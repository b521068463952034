"""Sends back what does not answer, approves what does."""

import hands


def send_back(page, number: str, reason: str) -> None:
    page.goto(f"/cases/{number}/")
    hands.press(page, "b")
    form = page.locator("#move form")
    form.locator("[name=reason]").fill(reason)
    hands.send(page, form)
    hands.done(page)


def approve(page, number: str) -> None:
    page.goto(f"/cases/{number}/")
    hands.press(page, "p")
    hands.done(page)
