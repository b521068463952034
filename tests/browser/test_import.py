"""A file of another system: looked into, checked, imported, with a report of what is wrong."""

import csv
import re
from io import StringIO

import agent
from playwright.sync_api import expect


def test_import_in_the_browser(stage):
    page = stage.enter("agent")
    agent.upload(page, "P1")
    expect(page.locator("[name=map]")).to_have_value("hotline12345")

    page.locator("[name=dry]").click()
    expect(figure(page, 0)).to_have_text("5", timeout=20_000)
    assert [figure(page, at).inner_text() for at in range(1, 4)] == ["3", "0", "2"]
    with page.expect_download() as download:
        page.locator("a[href$='/report/']").click()
    report = download.value.path().read_text(encoding="utf-8-sig")
    wrong = {int(row[0]): row[1] for row in list(csv.reader(StringIO(report)))[1:]}
    assert wrong == {5: "来电时间", 6: "主要内容"}

    page.locator("[data-confirm]").click()
    page.locator("#confirm [value=yes]").click()
    expect(page.locator(".panel-title").first).to_have_text(re.compile("^(已导入|Imported)$"), timeout=20_000)
    assert [figure(page, at).inner_text() for at in range(1, 4)] == ["3", "0", "2"]
    page.goto(f"/cases/?q={agent.GOOD[1][:6]}")
    expect(page.locator("main")).to_contain_text(agent.GOOD[1][:8])


def figure(page, at: int):
    return page.locator(".figure-value").nth(at)


def test_a_file_that_is_no_table_is_refused_in_words(stage):
    page = stage.enter("agent")
    page.goto("/imports/")
    page.locator("[name=file]").set_input_files({"name": "a.xlsx", "mimeType": "x", "buffer": b"\x00\x01nothing"})
    page.locator("form[enctype] button").click()
    expect(page.locator("#id_file_error")).to_be_visible()
