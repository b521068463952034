"""Says it, follows it, judges the answer."""

import hands
from playwright.sync_api import expect


def look_up(page, number: str, secret: str) -> None:
    page.goto("/track/")
    page.locator("[name=number]").fill(number)
    page.locator("[name=secret]").fill(secret)
    page.locator("[data-secret-form] button").click()
    page.wait_for_url(f"**/track/{number}/")


def judge(page, *, contacted: str, solved: str, satisfaction: str, words: str) -> None:
    """On the tracking page that is open."""
    form = page.locator("form#evaluate")
    for name, value in {"contacted": contacted, "solved": solved, "satisfaction": satisfaction}.items():
        form.locator(f"label:has([name={name}][value={value}])").click()
    form.locator("[name=text]").fill(words)
    form.locator("button").click()
    hands.done(page)


def ring_is_closed(page) -> None:
    expect(page.locator(".echo-ring .arc-dot").first).to_be_attached()
