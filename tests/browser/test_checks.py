"""A checker on a phone: photograph, place, mismatch; the case is back with its unit, and a lost connection loses nothing."""

import checker
import hands
from playwright.sync_api import expect
from steps import stands

# About a kilometre and a half north of the estate's middle.
SPOT = {"latitude": 36.53, "longitude": 116.0, "accuracy": 14}
PHONE = {"shape": "phone", "permissions": ["geolocation"], "geolocation": SPOT}
WORDS = "暖气还是不热，室温十五度。"


def test_a_mismatch_is_back_with_the_unit(stage, picture):
    number = stage.product.prop("drawn")["number"]
    phone = stage.enter("checker", **PHONE)
    checker.opens(phone, number)
    expect(phone.locator("main")).to_contain_text("室温已到二十度")
    expect(phone.locator("main")).not_to_contain_text("张三丰")
    checker.photographs(phone, picture)
    checker.says_where(phone)
    checker.finds(phone, agrees="no", words=WORDS)
    checker.saves(phone)
    phone.wait_for_url("**/rounds/checks/")
    hands.done(phone)
    expect(phone.locator("#notes")).to_contain_text("带新的期限重开")
    expect(phone.locator(f'[aria-labelledby=done] .case-row[href="/rounds/checks/{number}/"]')).to_contain_text("不符")
    unit = stage.enter("handler.qingyuan")
    stands(unit, number, "办理中")
    expect(unit.locator("#case")).to_contain_text(WORDS)
    expect(unit.locator("#case img")).to_have_count(1)


def test_without_a_connection_photograph_and_words_wait(stage, picture):
    number = stage.product.prop("drawn")["number"]
    phone = stage.enter("checker", **PHONE)
    checker.opens(phone, number)
    checker.photographs(phone, picture)
    checker.says_where(phone)
    checker.finds(phone, agrees="yes", words=WORDS)
    phone.context.set_offline(offline=True)
    checker.saves(phone)
    expect(phone.locator("#offline")).to_be_visible()
    phone.context.set_offline(offline=False)
    checker.saves(phone)
    phone.wait_for_url("**/rounds/checks/")
    expect(phone.locator("#notes")).to_contain_text(f"{number} 相符")
    stage.faults.clear()  # that the line was cut is what this is about


def test_what_was_typed_is_there_after_coming_back(stage):
    number = stage.product.prop("drawn")["number"]
    phone = stage.enter("checker", shape="phone")
    checker.opens(phone, number)
    checker.finds(phone, agrees="no", words=WORDS)
    phone.reload()
    form = phone.locator("form[data-check]")
    expect(form.locator("[name=text]")).to_have_value(WORDS)
    expect(form.locator("[name=agrees][value=no]")).to_be_checked()
