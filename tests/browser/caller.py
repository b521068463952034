"""Rings, tries again, asks the three questions."""

import hands


def nobody_answers(page, number: str) -> None:
    page.goto(f"/callbacks/{number}/")
    hands.press(page, "4")
    hands.done(page)


def hears(page, number: str, *keys: str) -> None:
    """`keys`: y or n for contacted and for solved, 1 to 3 for how satisfied."""
    page.goto(f"/callbacks/{number}/")
    for key in keys:
        hands.press(page, key)
    hands.send(page, page.locator("form[data-autosave=answers]"))
    hands.done(page)
