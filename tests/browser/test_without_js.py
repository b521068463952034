import resident
from playwright.sync_api import expect


def test_a_resident_needs_no_javascript(stage, picture):
    page = stage.enter(shape="phone", java_script_enabled=False)
    page.goto("/")
    page.locator("main a[href='/say/']").click()
    form = page.locator("form#say")
    form.locator("[name=text]").fill("河沿路井盖缺失，晚上很危险。")
    form.locator("[name=pictures]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})
    form.locator("[name=place]").fill("河沿路")
    form.locator("button:not([type])").click()
    expect(form.locator(".field-error")).to_be_visible()
    expect(form.locator("[name=text]")).to_have_value("河沿路井盖缺失，晚上很危险。")
    form.locator(resident.CONSENT).check()
    form.locator("button:not([type])").click()
    number, secret = resident.read_receipt(page)
    resident.look_up(page, number, secret)
    page.wait_for_url(f"**/track/{number}/")
    expect(page.locator("h1")).to_contain_text("河沿路井盖缺失")


def test_a_picture_that_is_none_is_refused_in_words(stage):
    page = stage.enter()
    page.goto("/say/")
    form = page.locator("form#say")
    form.locator("[name=text]").fill("楼道灯坏了。")
    form.locator("[name=pictures]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not one"})
    form.locator("[data-next]:visible").click()
    form.locator("[data-next]:visible").click()
    form.locator(resident.CONSENT).check()
    form.locator("[data-submit]").click()
    expect(page.locator("#id_pictures_error")).to_be_visible()
    expect(form.locator("[name=text]")).to_have_value("楼道灯坏了。")
