"""The month's review: planned, frozen, its cards changed and signed, shown, its demand a unit's case, reconciled."""

import re
from datetime import date, timedelta

import hands
import leader
import steps
from playwright.sync_api import expect

LEAST = "逐楼走访东里小区，两周内报齐住户名单。"


def test_a_figure_of_a_card_opens_into_its_cases_and_the_card_is_signed(stage):
    page = stage.enter("supervisor")
    label = stage.product.props["month"][0]["number"]
    page.goto(f"/monthly/{label}/")
    expect(page.locator("[data-cards] > li")).to_have_count(26)
    page.goto(f"/monthly/{label}/cards/{_unsigned(page)}/")
    card = page.url
    figure = page.locator("dl a[href*='/received/']")
    counted = figure.inner_text()
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


def test_a_month_goes_from_its_freeze_to_the_next_months_reconciliation(stage):
    page = stage.enter("supervisor")
    label = plan(page, stage.product.props["month_held"][0]["number"])
    speaks_alone(page, label)
    demand(page, label)
    page.goto(f"/monthly/{label}/")
    page.locator("form[action$='/ready/'] button").click()
    hands.done(page)
    shown(page, label)
    number = held(page, label)
    done_by_its_unit(stage, number)
    page.goto(f"/monthly/{label}/demands/")
    page.locator("[data-demand]", has_text=number).locator("button[name=done]").click()
    hands.done(page)
    steps.stands(page, number, "已归档")
    page.goto(f"/monthly/{stage.product.props['month_held'][0]['number']}/")
    expect(page.locator("[data-share]").first).to_have_text(re.compile(r"100\.0%\s*1 / 1"))


def plan(page, after: str) -> str:
    """The month before `after`: its label."""
    page.goto("/monthly/")
    page.locator("a[href='/monthly/new/']").click()
    months = page.locator("[name=period] option").evaluate_all("found => found.map(one => one.value)")
    label = months[months.index(after) + 1]
    page.locator("[name=period]").select_option(label)
    page.locator("[name=title]").fill("再往前一个月的点评会")
    page.locator("main [data-submit]").click()
    hands.done(page)
    expect(page.locator("[data-cards] > li")).to_have_count(26)
    return label


def speaks_alone(page, label: str) -> None:
    page.goto(f"/monthly/{label}/speakers/")
    for field in page.locator("main [type=number]").all():
        field.fill("")
    page.get_by_label(re.compile("^清源街道")).fill("1")
    page.locator("main [data-submit]").click()
    hands.done(page)
    expect(page.locator("[data-speakers] > li")).to_have_count(1)


def demand(page, label: str) -> None:
    """Written by hand, without a date at first: nothing typed is lost."""
    page.goto(f"/monthly/{label}/cards/qingyuan/")
    drafted = page.locator("#edit [name^=demand-][name$=-text]")
    for one in drafted.all():
        one.fill("")
    last = drafted.last
    name = last.get_attribute("name").removesuffix("-text")
    last.fill(LEAST)
    page.locator(f"#edit [name={name}-owner]").select_option("qingyuan")
    page.locator("#edit [data-submit]").click()
    expect(page.locator(f"#edit [name={name}-text]")).to_have_value(LEAST)
    page.locator(f"#edit [name={name}-due]").fill((date.today() + timedelta(days=14)).isoformat())  # noqa: DTZ011 - as one types it
    page.locator("#edit [data-submit]").click()
    expect(page.locator("[data-part=demand]")).to_contain_text(LEAST)
    page.locator("[data-sign]").click()
    hands.done(page)


def shown(page, label: str) -> None:
    page.goto(f"/monthly/{label}/screen/")
    expect(page.locator("[data-speaker]")).to_have_text("清源街道")
    expect(page.locator("main")).to_contain_text(LEAST)


def held(page, label: str) -> str:
    """The number of the case that the demand became."""
    page.goto(f"/monthly/{label}/")
    page.locator("form[action$='/held/'] button").click()
    page.locator("#confirm [value=yes]").click()
    hands.done(page)
    page.goto(f"/monthly/{label}/demands/")
    row = page.locator("[data-demand]", has_text=LEAST[:10])
    return row.locator("a").first.get_attribute("href").strip("/").split("/")[-1]


def done_by_its_unit(stage, number: str) -> None:
    handler = stage.enter("handler.qingyuan")
    handler.goto("/inbox/?tab=to_accept")
    expect(handler.locator(f'.case-row[href="/cases/{number}/"]')).to_contain_text("督办要求")
    steps.move(handler, number, "accept")
    steps.move(handler, number, "submit", text="已逐楼走访，名单附后。", action="走访")
    leader.approve(stage.enter("leader.qingyuan"), number)
    caller = stage.enter("caller")
    caller.goto("/callbacks/")
    expect(caller.locator("main")).not_to_contain_text(number)
