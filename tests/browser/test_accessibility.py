"""No page has a grave fault of accessibility, light or dark, phone or desktop; none is wider than a small phone; all speak Chinese."""

import re

import agent
import pytest
import resident
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from stage import SHAPES

from pages import PAGES, open_page

GRAVE = {"serious", "critical"}
# In the dark only the colours are others.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
SMALL_PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("name", PAGES)
def test_page(stage, name):
    check(open_page(stage, name))


def test_receipt_and_tracking_page(stage):
    page = stage.enter()
    number, secret = resident.say(
        page, "清源路路灯不亮，已经两天。", place="清源小区", name="李思源", phone="13900000517"
    )
    check(page)
    tracking = stage.enter()
    resident.scan(tracking, number, secret)
    check(tracking)


def test_import_with_its_first_rows_and_pairing(stage):
    page = stage.enter("agent")
    agent.upload(page, "P3")
    page.locator("a[href$='/draw/']").click()
    paired = stage.enter("agent")
    paired.goto(page.url.replace("draw/", ""))
    for one in (page, paired):
        check(one)


def test_code_for_another_phone(stage):
    page = stage.enter()
    answered = stage.product.prop("answered")
    resident.scan(page, answered["number"], answered["secret"])
    page.locator("form[action$='/code/'] button").click()
    expect(page.locator("[role=img] svg")).to_be_visible()
    check(page)


def test_many_at_once_looked_at(stage):
    page = open_page(stage, "inbox")
    page.locator("[name=case]").first.check()
    page.locator("#bulk .who summary").click()
    page.locator("#bulk button[value=note]").click()
    expect(page.locator("#bulk-do")).to_be_visible()
    check(page)


@pytest.mark.parametrize(("name", "key"), [("case_in_hand", "u"), ("case_in_hand", "c"), ("inbox", "?")])
def test_what_a_key_opens(stage, name, key):
    page = open_page(stage, name)
    page.keyboard.press(key)
    expect(page.locator("dialog[open], #move form").first).to_be_visible()
    assert grave_faults(page, key) == []


def test_a_page_that_is_not_there(stage):
    page = stage.enter()
    assert page.goto("/nowhere/").status == 404
    check(page)


def check(page) -> None:
    assert not_chinese(page) == []
    faults = []
    for shape, size in SHAPES.items():
        page.set_viewport_size(size)
        for colours, rules in RULES.items():
            page.emulate_media(color_scheme=colours)
            faults += grave_faults(page, f"{shape} {colours}", rules)
    assert (faults, sticks_out(page)) == ([], {})


def not_chinese(page) -> list[str]:
    """English sentences, and codes that nobody translated."""
    shown = page.locator("body").inner_text().replace("EN English", "")
    for code in page.locator("code, [translate=no]").all_inner_texts():  # written as it stands
        shown = shown.replace(code, "", 1)
    return re.findall(r"[A-Za-z]{2,} [a-z]{2,}[^\n]*|\b[a-z]+_[a-z_]+\b", shown)


def grave_faults(page, where: str, rules: dict | None = None) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **(rules or {})}).response["violations"]
    return [
        f"{where}: {fault['id']} ({fault['impact']}): {node['target']} {node['failureSummary']}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


def sticks_out(page) -> dict[str, list[str]]:
    """What is wider than a small phone, by language."""
    page.set_viewport_size(SMALL_PHONE)
    found = {"zh": too_wide(page)}
    page.context.add_cookies([{"name": "lang", "value": "en", "url": page.url}])
    page.reload()
    found["en"] = too_wide(page)
    return {language: elements for language, elements in found.items() if elements}


def too_wide(page) -> list[str]:
    return page.evaluate("""() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))""")
