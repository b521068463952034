"""Says it, follows it, judges the answer."""

import hands
from playwright.sync_api import expect

CONSENT = "[name=consent]"


def say(page, text: str, *, place: str, name: str, phone: str, picture: bytes | None = None) -> tuple[str, str]:
    """Three steps; returns the number and the secret of the receipt."""
    page.goto("/say/")
    form = page.locator("form#say")
    form.locator("[name=text]").fill(text)
    if picture:
        form.locator("[name=pictures]").set_input_files(
            {"name": "家里.jpg", "mimeType": "image/jpeg", "buffer": picture}
        )
    form.locator("[data-next]:visible").click()
    form.locator("[name=place]").fill(place)
    expect(form.locator(".map.map-close")).to_be_visible()  # the map went there
    form.locator("[data-next]:visible").click()
    form.locator("[name=person]").fill(name)
    form.locator("[name=phone]").fill(phone)
    form.locator(CONSENT).check()
    form.locator("[data-submit]").click()
    return read_receipt(page)


def read_receipt(page) -> tuple[str, str]:
    page.wait_for_url("**/say/receipt/")
    ticket = page.locator("[data-ticket]")
    number = ticket.get_attribute("data-ticket")
    secret = ticket.locator("svg > text").nth(4).text_content()
    expect(ticket.locator("svg svg path").first).to_be_attached()
    return number, secret


def scan(page, number: str, secret: str) -> None:
    """Open what the code on the receipt holds."""
    page.goto(f"/track/{number}/#S{secret}")
    expect(page.locator("main .echo-ring").first).to_be_visible()
    assert secret not in page.url


def look_up(page, number: str, secret: str) -> None:
    page.goto("/track/")
    page.locator("[name=number]").fill(number)
    page.locator("[name=secret]").fill(secret)
    page.locator("[data-secret-form] button").click()


def judge(page, *, contacted: str, solved: str, satisfaction: str, words: str) -> None:
    """On the tracking page that is open."""
    form = page.locator("form#evaluate")
    for name, value in {"contacted": contacted, "solved": solved, "satisfaction": satisfaction}.items():
        form.locator(f"label:has([name={name}][value={value}])").click()
    form.locator("[name=text]").fill(words)
    form.locator("button").click()
    hands.done(page)


def ring_is_closed(page) -> None:
    expect(page.locator(".echo-ring .arc-dot").nth(1)).to_be_attached()  # the first one is the mark of the product
