"""The month's review from the list to a figure's cases, a card edited and signed, the screen turned by a key."""

from playwright.sync_api import expect


def test_a_figure_of_a_card_opens_into_its_cases_and_the_card_is_signed(stage):
    page = stage.enter("supervisor")
    label = stage.product.props["month"][0]["number"]
    page.goto(f"/monthly/{label}/")
    expect(page.locator("[data-cards] > li")).to_have_count(26)
    page.goto(f"/monthly/{label}/cards/{_unsigned(page)}/")
    card = page.url
    figure = page.locator("[data-figure]").first
    counted = figure.inner_text().split(" / ")[-1]
    figure.click()
    expect(page.locator("#listed")).to_contain_text(counted)
    page.goto(card)
    page.locator("#edit [name='shortfall-0-text']").fill("改成大白话的不足。")
    page.locator("#edit [data-submit]").click()
    expect(page.locator("[data-part=shortfall]")).to_contain_text("改成大白话的不足。")
    page.locator("[data-sign]").click()
    expect(page.locator("#edit")).to_have_count(0)


def _unsigned(page) -> str:
    """A unit with figures whose card still waits: the last of those who speak."""
    waiting = page.locator("[data-speakers] li", has_text="未签").last
    return waiting.locator("a").get_attribute("href").rstrip("/").split("/")[-1]


def test_the_screen_follows_whoever_turns_it(stage):
    label = stage.product.props["month_held"][0]["number"]
    wall, hand = stage.enter("analyst"), stage.enter("supervisor", shape="phone")
    for page in (wall, hand):
        page.goto(f"/monthly/{label}/screen/")
    first = wall.locator("[data-speaker]").inner_text()
    hand.keyboard.press("ArrowRight")
    expect(wall.locator("[data-speaker]")).not_to_have_text(first)
    hand.keyboard.press("ArrowLeft")
    expect(wall.locator("[data-speaker]")).to_have_text(first)
