"""The pictures of the README, out of a running demonstration: `python scripts/screenshots.py --url http://localhost:8000`.

One invented request is walked to the resident's judgement first, so that its page has something to show.
"""

import argparse
import shutil
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 200_000
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import caller  # noqa: E402 - the tests' people do what the pictures show
import dispatcher  # noqa: E402
import handler  # noqa: E402
import leader  # noqa: E402
import resident  # noqa: E402
from stage import FLAGS, Stage  # noqa: E402

ASKED = "北里菜场门口的井盖松了，人踩上去会翘，谁来管？"
SAID = "清源小区5号楼暖气不热，已经三天，家里只有16度。老人82岁，晚上冷得睡不着，麻烦尽快处理。"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", default="http://localhost:8000")
    url = arguments.parse_args().url.rstrip("/")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("Chromium is missing: sudo apt-get install chromium fonts-noto-cjk")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        stage = Stage(browser, SimpleNamespace(url=url), {})
        phone_pictures(stage)
        desk_pictures(stage)
        review_pictures(stage)
        meeting_pictures(stage)
        sys.exit("\n".join(stage.faults))


def phone_pictures(stage: Stage) -> None:
    page = stage.enter(shape="phone", device_scale_factor=2)
    page.goto("/")
    keep(page, "phone-front")
    page.goto("/say/")
    page.locator("[name=text]").fill(SAID)
    page.locator("[data-next]:visible").click()
    page.locator("[name=place]").fill("清源小区")
    page.locator(".map.map-close").wait_for()  # the map knows its areas, and went there
    page.locator("[data-pin-centre]").click()
    page.wait_for_timeout(600)
    keep(page, "phone-say")
    number, secret = resident.say(page, SAID, place="清源小区", name="李思源", phone="13900000517")
    walk_to_the_judgement(stage, number)
    resident.scan(page, number, secret)
    keep(page, "phone-track")


def walk_to_the_judgement(stage: Stage, number: str) -> None:
    dispatcher.dispatch(stage.enter("dispatcher"), number, lead="清源街道")
    unit = stage.enter("handler.qingyuan")
    handler.accept(unit, number)
    handler.first_contact(unit, number, "已电话联系，约今天下午上门。")
    handler.reply(unit, number, "师傅今天下午两点上门排气、换阀，四点复测室温二十一度。")
    leader.approve(stage.enter("leader.qingyuan"), number)
    caller.nobody_answers(stage.enter("caller"), number)


def desk_pictures(stage: Stage) -> None:
    for colours in ("light", "dark"):
        page = desk(stage, "supervisor", "/home/", color_scheme=colours)
        keep(page, f"home-{colours}")
    page = desk(stage, "analyst", "/rates/")
    page.locator("#id_period").select_option(index=1)  # a month that is whole
    page.locator("main form .btn-primary").click()
    keep(page, "rates")
    page = desk(stage, "dispatcher", "/assign/")
    page.locator(".desk-main").evaluate("(main) => { main.scrollTop = 0; }")
    keep(page, "dispatch")
    keep(desk(stage, "caller", "/callbacks/next/"), "callback")
    page = desk(stage, "handler.qingyuan", "/inbox/?tab=in_progress")
    page.locator(".case-row").first.click()
    page.locator("#case").wait_for()
    keep(page, "inbox")


def review_pictures(stage: Stage) -> None:
    """What a month is reviewed from: cards, numbers from elsewhere, fair ranks, the property list, a paper."""
    page = desk(stage, "supervisor", "/monthly/")
    page.locator("main a[href^='/monthly/assess']").first.click()
    page.locator("main a[href*='/cards/'][href$='/']").first.click()
    keep(page, "monthly-card")
    keep(desk(stage, "analyst", "/indicators/"), "indicators")
    keep(desk(stage, "analyst", "/rankings/"), "rankings")
    page = desk(stage, "supervisor", "/standing/manage/")
    page.locator("main a[href^='/standing/manage/'][href$='1/']").first.click()
    keep(page, "standing")
    page = desk(stage, "supervisor", "/bulletins/?kind=air")
    page.locator("main .case-row").first.click()
    page.locator("main a[href$='/print/']").click()
    keep(page, "bulletin-air")


def meeting_pictures(stage: Stage) -> None:
    """The demonstration's meeting from question to answer: who asks, the host, who watches, the hall's screen."""
    host = desk(stage, "leader.qingyuan", "/meetings/")
    host.locator("main a[href*='-qingyuan']").first.click()
    host.wait_for_url("**/meetings/*-qingyuan*/")
    code = host.url.rstrip("/").split("/")[-1]
    asker, watcher = (stage.enter(shape="phone", device_scale_factor=2) for _ in range(2))
    screen = stage.enter(device_scale_factor=1.5)
    for page, path in ((asker, ""), (watcher, ""), (screen, "screen/")):
        page.goto(f"/live/{code}/{path}")
        page.locator("[data-live][data-via=stream]").wait_for(state="attached")
    host.goto(f"/meetings/{code}/host/")
    asker.locator("[name=text]").fill(ASKED)
    asker.locator("[data-ask] button").click()
    asker.locator("[data-told]", has_text="收到了").wait_for()
    keep(asker, "meeting-ask", quiet=False)
    host.locator("#queue li", has_text=ASKED).wait_for()
    keep(host, "meeting-host", quiet=False)
    host.locator("#queue li", has_text=ASKED).locator("form[action$='/show/'] button").click()
    host.locator("#queue li", has_text=ASKED).locator("form[action$='/spotlight/'] button").click()
    screen.locator("[data-now]", has_text=ASKED).wait_for()
    keep(screen, "meeting-screen", quiet=False)
    host.locator("[name=answer]").fill("今天散会就去看，明天十点前把井盖换好，换好之前有人守着。")
    host.locator("[name=theme][value=safety]").check()
    host.locator("button[value=answered]").click()
    watcher.locator("[data-questions] > li", has_text="明天十点前").wait_for()
    watcher.locator("[data-questions]").evaluate("(list) => scrollTo(0, list.offsetTop - 160)")
    keep(watcher, "meeting-phone", quiet=False)


def desk(stage: Stage, account: str, path: str, **options: object) -> Page:
    page = stage.enter(account, device_scale_factor=1.5, **options)
    page.goto(path)
    return page


def keep(page: Page, name: str, *, quiet: bool = True) -> None:
    """As a palette picture; fewer colours until it is small enough. `quiet` False: the page never stops asking."""
    if quiet:
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)  # charts draw themselves
    # Debian's Chromium has its own words in English only: those of a Chinese one.
    page.evaluate(
        "document.querySelectorAll('input[type=date]').forEach((one) => { one.type = 'text'; one.placeholder = '年/月/日'; })"
    )
    picture = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB")).astype(np.int32)
    for colours in (256, 128, 64, 32):
        small = few_colours(picture, colours)
        if len(small) <= MOST_BYTES:
            break
    (IMAGES / f"{name}.png").write_bytes(small)
    print(f"{name}.png  {len(small) // 1000} kB, {colours} colours")


def few_colours(picture: np.ndarray, colours: int) -> bytes:
    """PNG of the most frequent colours, exactly, and of those farthest from them: a small green dot stays green."""
    found, where, counts = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    chosen = list(np.argsort(-counts)[: colours * 7 // 8])
    distance = np.full(len(found), np.inf)
    nearest = np.zeros(len(found), dtype=np.uint8)
    for place in range(min(colours, len(found))):
        if place == len(chosen):
            chosen.append(int(distance.argmax()))
        away = ((found - found[chosen[place]]) ** 2).sum(axis=1)
        nearest[away < distance] = place
        distance = np.minimum(distance, away)
    image, out = Image.fromarray(nearest[where.reshape(picture.shape[:2])], "P"), BytesIO()
    image.putpalette(found[chosen].astype(np.uint8).tobytes())
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


main()
