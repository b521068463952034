"""A figure opened into the cases it counted, and a bulletin from its draft to its number and its Word file."""

import re
from io import BytesIO

from docx import Document
from playwright.sync_api import expect


def test_a_figure_of_the_rates_opens_into_as_many_cases_as_it_counted(stage):
    page = stage.enter("analyst")
    page.goto("/rates/?period=this-month")
    figure = page.locator("a[href*='/figures/received/'][href*='unit=']").first
    counted = figure.inner_text().replace(",", "")
    figure.click()
    page.wait_for_url("**/figures/received/**")
    expect(page.locator("#listed")).to_have_text(re.compile(rf"^{counted} 件"))
    rows = page.locator("main a[href^='/cases/']")
    expect(rows.first).to_be_visible()
    assert rows.count() <= int(counted)


def test_a_day_of_the_curve_and_an_hour_of_the_cockpit_open_by_their_column(stage):
    page = stage.enter("supervisor")
    page.goto("/home/")
    last = page.locator(".chart path[fill]:not([fill=none])").last
    expect(last).to_be_visible()
    last.click()
    page.wait_for_url(re.compile(r"/cases/\?kind=requests&since="))
    page.goto("/cockpit/")
    column = page.locator(".flow-bars a").first
    counted = re.findall(r"\d+", column.locator("title").text_content())[-1]
    column.locator(".flow-hour").click()
    page.wait_for_url("**/cockpit/cases/**hour=**")
    expect(page.locator("main .big")).to_have_text(counted)


def test_a_bulletin_is_drafted_edited_signed_issued_and_opened(stage):
    page = stage.enter("supervisor")
    page.goto("/bulletins/new/?kind=monthly")
    page.locator("[data-submit]").click()
    page.wait_for_url(re.compile(r"/bulletins/\d+/$"))
    address, said = page.url, "下月逐项核对，逐户回访。"
    page.locator("textarea[name=text_next]").fill(said)
    page.locator("[data-submit]").click()
    page.goto(address)
    expect(page.locator("textarea[name=text_next]")).to_have_value(said)
    for press in ("sign", "issue"):
        page.locator(f"form[action$='/{press}/'] button").click()
        page.locator("#confirm [value=yes]").click()
        expect(page.locator(f"form[action$='/{press}/']")).to_have_count(0)
    with page.expect_download() as found:
        page.locator("a[href$='bulletin.docx']").click()
    words = "\n".join(line.text for line in Document(BytesIO(found.value.path().read_bytes())).paragraphs)
    assert (said in words, "通报〔" in words) == (True, True)
    page.goto(f"{address}print/")
    mark = page.locator("section.annex a").first
    counted = mark.inner_text()
    mark.click()
    expect(page.locator("#listed")).to_contain_text(re.sub(r"\D", "", counted))
