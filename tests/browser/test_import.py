"""A file of another system: looked into, checked, imported, with a report of what is wrong."""

import csv
import re
from io import StringIO

from playwright.sync_api import expect

HEAD = ["工单编号", "来电时间", "标题", "主要内容", "来电人", "联系电话", "街道"]
GOOD = ["清源小区自来水发黄，已经两天。", "清源北里垃圾桶三天没有清运。", "清源路路面有坑，骑车摔倒过人。"]


def sheet(batch: str) -> bytes:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(HEAD)
    for at, text in enumerate(GOOD):
        rows.writerow([f"{batch}-{at}", "2026-11-02 09:30:00", text[:8], text, "吴小雨", "13900000733", "清源街道"])
    rows.writerow([f"{batch}-8", "2026-13-45 09:30:00", "日期", "这一行的日期不可能。", "", "", ""])
    rows.writerow([f"{batch}-9", "2026-11-02 09:30:00", "空", "", "", "", ""])
    return out.getvalue().encode("gb18030")


def upload(page, batch: str) -> None:
    page.goto("/imports/")
    file = {"name": "十一月.csv", "mimeType": "text/csv", "buffer": sheet(batch)}
    page.locator("[name=file]").set_input_files(file)
    page.locator("form[enctype] button").click()
    expect(page.locator("table")).to_contain_text(GOOD[0])


def test_import_in_the_browser(stage):
    page = stage.enter("agent")
    upload(page, "P1")
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
    page.goto(f"/cases/?q={GOOD[1][:6]}")
    expect(page.locator("main")).to_contain_text(GOOD[1][:8])


def figure(page, at: int):
    return page.locator(".figure-value").nth(at)


def test_a_file_that_is_no_table_is_refused_in_words(stage):
    page = stage.enter("agent")
    page.goto("/imports/")
    page.locator("[name=file]").set_input_files({"name": "a.xlsx", "mimeType": "x", "buffer": b"\x00\x01nothing"})
    page.locator("form[enctype] button").click()
    expect(page.locator("#id_file_error")).to_be_visible()
