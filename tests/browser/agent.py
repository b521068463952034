"""Takes a call by the keyboard alone, from the first word to the number that the caller hears; takes in files; reopens what came back."""

import csv
import re
from io import StringIO

import hands
from playwright.sync_api import expect

HEAD = ["工单编号", "来电时间", "标题", "主要内容", "来电人", "联系电话", "街道"]
GOOD = ["清源小区自来水发黄，已经两天。", "清源北里垃圾桶三天没有清运。", "清源路路面有坑，骑车摔倒过人。"]


def take_call(page, text: str, *, place: str, name: str, phone: str) -> str:
    """The whole call without a mouse; the suggested category is taken over. Returns the number."""
    page.goto("/agent/")
    keys = page.keyboard
    expect(page.locator("[name=text]")).to_be_focused()
    keys.type(text)
    expect(page.locator("#suggestion [data-suggestion]")).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")  # take over the suggested category; that goes on in its field
    expect(page.locator("[name=category]")).to_be_focused()
    expect(page.locator("[name=category]")).not_to_have_value("")
    for field, value in {"place": place, "person": name, "phone": phone}.items():
        tab_to(page, field)
        keys.type(value)
    keys.press("Control+Enter")
    note = page.locator("#call .note-success")
    expect(note).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("")
    return re.search(r"MH-\d+-\d+", note.inner_text())[0]


def tab_to(page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab does not reach {name}.")


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


def says_it_came_back(page, number: str, again: str, *, reason: str) -> None:
    """The newest sign is on top; it shows both cases."""
    page.goto("/recurrence/")
    page.locator(".case-row").first.click()
    for one in (number, again):
        expect(page.locator("main")).to_contain_text(one)
    page.locator("[name=reason]").fill(reason)
    page.locator("[name=verdict][value=rebound]").click()
    hands.done(page)
