from playwright.sync_api import expect


def test_language_and_theme_stay_as_chosen(stage):
    page = stage.enter()
    page.goto("/cases-open/?stage=done")
    page.locator("button[name=language]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/cases-open/?stage=done")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-switch]").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "ink")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
