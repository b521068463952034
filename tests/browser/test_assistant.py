"""A suggestion stands beside what was typed, is taken over only by hand, and the own words come back."""

import handler
import hands
import pytest
from playwright.sync_api import expect
from tests.model import says, serving

OWN, PLAINER = "兹就该事项，我单位已予以处置。", "暖气修好了，今天就能热。"


@pytest.fixture
def model(product):
    """The product may ask this model for as long as the test runs."""
    file = product.home / "assistant.toml"
    with serving() as model:
        file.write_text(f'url = "{model.url}"\nmodel = "house-7b"\n', "utf-8")
        yield model
        file.unlink()


def test_plainer_words_are_taken_by_hand_and_given_back(stage, product, model):
    model.does = says(PLAINER)
    number, page = product.prop("in_progress")["number"], stage.enter("handler.qingyuan")
    handler.first_contact(page, number, "已电话联系。")
    hands.press(page, "r")
    reply = page.locator("#move [name=text]")
    reply.fill(OWN)
    page.get_by_role("button", name="改得通俗些（助手）").click()
    expect(page.locator("#assistant-plainer")).to_contain_text(PLAINER)
    expect(reply).to_have_value(OWN)
    page.get_by_role("button", name="采用").click()
    expect(reply).to_have_value(PLAINER)
    page.get_by_role("button", name="换回我写的").click()
    expect(reply).to_have_value(OWN)


def test_a_second_opinion_is_read_beside_the_form(stage, product, model):
    model.does = says("03.01\n说的是暖气。")
    number, page = product.prop("received")["number"], stage.enter("dispatcher")
    page.goto(f"/assign/{number}/")
    category = page.locator("#desk-case [name=category]")
    category.wait_for()
    before = category.input_value()
    page.get_by_role("button", name="再看一眼（助手）").click()
    expect(page.locator("#assistant-opinion")).to_contain_text("说的是暖气。")
    expect(category).to_have_value(before)
