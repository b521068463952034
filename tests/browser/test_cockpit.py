"""The cockpit at the wall and on a phone: nothing to scroll, dark by itself, and honest when the connection is lost."""

import pytest
from playwright.sync_api import expect

from pages import open_page

WALLS = [(1920, 1080), (3840, 2160), (1440, 900)]
LONG_MS = 20_000
CUT = """() => [...document.querySelectorAll(".tile, .tile-list, .unit-rings")]
    .filter((one) => one.scrollHeight > one.clientHeight + 1).map((one) => one.id || one.className)"""
SCROLLS = (
    "() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
)


@pytest.mark.parametrize(("width", "height"), WALLS)
def test_a_wall_shows_all_of_it_without_scrolling(stage, width, height):
    page = open_page(stage, "cockpit")
    page.set_viewport_size({"width": width, "height": height})
    assert (page.evaluate(SCROLLS), page.evaluate(CUT)) == (False, [])


@pytest.mark.parametrize(("shape", "theme"), [("desktop", "ink"), ("phone", None)])
def test_a_wall_is_dark_by_itself_and_a_phone_as_its_system_is(stage, shape, theme):
    page = open_page(stage, "cockpit", shape=shape)
    assert page.locator("html").get_attribute("data-theme") == theme


def test_the_phone_has_its_cards_in_order(stage):
    page = open_page(stage, "cockpit", shape="phone")
    order = ["today", "rates", "late", "meetings", "topics", "map", "units"]
    tops = [page.locator(f"#tile-{name}").bounding_box()["y"] for name in order]
    assert tops == sorted(tops)


def test_a_lost_connection_is_said_and_comes_back(stage):
    page = open_page(stage, "cockpit")
    said = page.locator("[data-lost]")
    page.context.set_offline(True)
    expect(said).to_contain_text("数据停在", timeout=LONG_MS)
    page.context.set_offline(False)
    expect(said).to_be_empty(timeout=LONG_MS)


def test_arrows_walk_the_tiles_and_escape_leaves(stage):
    page = open_page(stage, "cockpit")
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.id"))
    assert walked == ["tile-today", "tile-rates", "tile-today", "tile-units"]
    page.keyboard.press("Escape")
    page.wait_for_url("**/home/")
