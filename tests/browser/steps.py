"""Any move of the table by its own page, as somebody who works through the form."""

import hands
from playwright.sync_api import Locator, expect


def move(page, number: str, kind: str, **told: str | bool | list[str]) -> None:
    """Fills the named fields of the move's form, sends it, and waits until the page says that it is done."""
    page.goto(f"/cases/{number}/move/{kind}/")
    form = page.locator("#move form")
    for name, value in told.items():
        fill(form.locator(f"[name={name}]"), value)
    form.locator("[data-submit]").click()
    hands.done(page)


def fill(field: Locator, value: str | bool | list[str]) -> None:
    kind = field.first.evaluate("field => field.type")
    if kind in {"radio", "checkbox"}:
        for one in value if isinstance(value, list) else [str(value)]:
            field.and_(field.page.locator(f"[value='{one}']")).check(force=True)
    elif kind == "select-one":
        field.select_option(str(value))
    else:
        field.fill(str(value))


def cannot(page, number: str, kind: str) -> None:
    """The form is not offered; the page says why."""
    page.goto(f"/cases/{number}/move/{kind}/")
    expect(page.locator("#move form")).to_have_count(0)
    expect(page.locator("#notes .note-warning")).to_be_visible()


def stands(page, number: str, state: str) -> None:
    page.goto(f"/cases/{number}/")
    expect(page.locator("#case")).to_contain_text(state)
