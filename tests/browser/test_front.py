def test_the_front_page_opens(stage):
    page = stage.enter()
    page.goto("/")
    assert page.locator("h1").first.inner_text()
