"""No page has a grave fault of accessibility, light or dark, phone or desktop; none is wider than a small phone; all speak Chinese."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import PAGES, open_page
from stage import SHAPES

GRAVE = {"serious", "critical"}
SMALL_PHONE = {"width": 320, "height": 640}


@pytest.mark.parametrize("name", PAGES)
def test_page(stage, name):
    page, faults = open_page(stage, name), []
    assert not_chinese(page) == []
    for shape, size in SHAPES.items():
        page.set_viewport_size(size)
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            faults += grave_faults(page, f"{shape} {colours}")
    assert (faults, sticks_out(page)) == ([], {})


def not_chinese(page) -> list[str]:
    """English sentences, and codes that nobody translated."""
    shown = page.locator("body").inner_text().replace("EN English", "")
    return re.findall(r"[A-Za-z]{2,} [a-z]{2,}[^\n]*|\b[a-z]+_[a-z_]+\b", shown)


def grave_faults(page, where: str) -> list[str]:
    found = Axe().run(page).response["violations"]
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
