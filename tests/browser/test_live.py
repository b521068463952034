"""A whole meeting over the real stream: who asks, who watches, the host, the hall's screen; it falls in the middle."""

import psycopg
import pytest
from playwright.sync_api import expect
from test_townhall import planned

ASKED = "3号楼电梯停了两周，什么时候修？"
ITEMS = "[data-questions] > li"
BY_STREAM = "[data-live][data-via=stream]"
BY_SNAPSHOTS = "[data-live][data-via=snapshots]"
BACK_MS = 45_000  # the stream is tried again after thirty seconds at most


def watched(page, asked):
    """Addresses of snapshots that the page asks for, into `asked`."""
    page.on("request", lambda request: asked.append(request.url) if "snapshot.json" in request.url else None)
    return page


def public(product, code):
    """Questions before everybody in the order in which a page that was open all the time draws them."""
    posts = (
        "SELECT p.body FROM townhall_post p JOIN townhall_meeting m ON m.id = p.meeting_id"
        " WHERE m.code = %s AND p.body ? 'question' ORDER BY number"
    )
    with psycopg.connect(product.url_of_database) as connection:
        bodies = [body for (body,) in connection.execute(posts, [code])]
    drawn: list[str] = []
    for body in bodies:
        key, state = str(body["question"]), body.get("state", "shown")
        if key in drawn and state == "spotlit":
            drawn.remove(key)
        if key not in drawn:
            drawn.insert(0, key)
    return drawn


def drawn(page):
    return page.locator(ITEMS).evaluate_all("(items) => items.map((item) => item.dataset.id)")


def ask(page, text):
    page.fill("[name=text]", text)
    page.locator("[data-ask] button").click()
    expect(page.locator("[name=text]")).to_have_value("")
    expect(page.locator("[data-told]")).to_contain_text("收到了")


def show_all(host):
    """The host looks at what waits, one after another."""
    host.reload()
    button = host.locator("form[action$='/show/'] button").first
    while button.count():  # a press that meets the refresh of the queue is pressed again
        button.click()
        host.wait_for_load_state()


@pytest.fixture(autouse=True)
def _living(product):
    if not product.live:
        product.start_live()


def test_a_meeting_over_the_stream_that_falls_in_the_middle(stage, product):
    host, snapshots = stage.enter("leader.qingyuan"), []
    code = planned(host)
    host.get_by_role("button", name="开会").click()
    host.wait_for_url("**/host/")
    asker, watcher = (watched(stage.enter(shape="phone"), snapshots) for _ in range(2))
    screen = watched(stage.enter(), snapshots)
    for page in (asker, watcher):
        page.goto(f"/live/{code}/")
    screen.goto(f"/live/{code}/screen/")
    pages = (asker, watcher, screen)
    for page in pages:
        expect(page.locator(BY_STREAM)).to_be_attached()

    ask(asker, ASKED)
    host.locator("form[action$='/show/'] button").click()
    line = watcher.locator(ITEMS).last
    expect(line).to_contain_text(ASKED)
    host.locator("form[action$='/spotlight/'] button").click()
    expect(screen.locator("[data-now]")).to_contain_text("电梯停了两周")
    host.fill("[name=answer]", "配件周三到，周五前修好")
    host.locator("[name=theme][value=livelihood]").check()
    host.locator("button[value=answered]").click()
    expect(line).to_contain_text("配件周三到，周五前修好")
    assert snapshots == []

    product.kill_live()
    for page in pages:
        expect(page.locator(BY_SNAPSHOTS)).to_be_attached()
    for number in range(4):
        ask(asker, f"断开的时候第{number}问：路灯不亮")
    show_all(host)
    for page in (asker, watcher):
        expect(page.locator(ITEMS)).to_have_count(5, timeout=BACK_MS)
    product.start_live()
    for page in pages:
        expect(page.locator(BY_STREAM)).to_be_attached(timeout=BACK_MS)

    snapshots.clear()
    second = stage.enter(shape="phone")
    second.goto(f"/live/{code}/")
    for number in range(3):
        ask(second, f"恢复之后第{number}问：早市太吵")
    show_all(host)
    wanted = public(product, code)
    for page in (asker, watcher):
        expect(page.locator(ITEMS)).to_have_count(8)
        assert drawn(page) == wanted
    expect(screen.locator("[data-top] > li")).to_have_count(5)
    assert snapshots == []


def test_a_phone_without_network_catches_up_and_what_was_typed_stays(stage, product):
    host = stage.enter("leader.qingyuan")
    code = planned(host)
    host.get_by_role("button", name="开会").click()
    host.wait_for_url("**/host/")
    phone, other = stage.enter(shape="phone"), stage.enter(shape="phone")
    for page in (phone, other):
        page.goto(f"/live/{code}/")
        expect(page.locator(BY_STREAM)).to_be_attached()

    phone.context.set_offline(True)
    expect(phone.locator(BY_SNAPSHOTS)).to_be_attached()
    phone.fill("[name=text]", "没有网络的时候写的：井盖松了")
    phone.locator("[data-ask] button").click()
    expect(phone.locator("[data-told]")).to_contain_text("网络不通")
    ask(other, ASKED)
    show_all(host)
    expect(other.locator(ITEMS)).to_have_count(1)
    expect(phone.locator(ITEMS)).to_have_count(0)

    phone.context.set_offline(False)
    expect(phone.locator(BY_STREAM)).to_be_attached()
    expect(phone.locator(ITEMS)).to_have_count(1)
    expect(phone.locator("[name=text]")).to_have_value("没有网络的时候写的：井盖松了")

    host.get_by_role("button", name="结束会议").click()
    host.locator("#confirm [value=yes]").click()
    expect(phone.locator("[data-stage]")).to_have_text("已散会")
    phone.locator("[data-ask] button").click()
    expect(phone.locator("[data-told]")).to_contain_text("收到了")
    assert phase(product, code, "井盖松了") == "after"


def phase(product, code, words):
    statement = (
        "SELECT q.phase FROM townhall_question q JOIN townhall_meeting m ON m.id = q.meeting_id"
        " WHERE m.code = %s AND q.text LIKE %s"
    )
    with psycopg.connect(product.url_of_database) as connection:
        ((found,),) = connection.execute(statement, [code, f"%{words}%"])
    return found


def test_a_long_question_is_whole_on_the_hall_s_screen_and_leaves_room_for_the_rest(stage, product):
    host = stage.enter("leader.qingyuan")
    code = planned(host)
    host.get_by_role("button", name="开会").click()
    host.wait_for_url("**/host/")
    asker, screen = stage.enter(shape="phone"), stage.enter()
    asker.goto(f"/live/{code}/")
    for number in range(3):
        ask(asker, f"{number}号楼电梯停了两周没有人修" * 38)
    show_all(host)
    host.locator("form[action$='/spotlight/'] button").first.click()

    screen.goto(f"/live/{code}/screen/")
    expect(screen.locator("[data-now]")).to_contain_text("电梯停了两周")
    expect(screen.locator("[data-top] > li")).to_have_count(2)
    seen = "(one) => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }"
    wanted = ["[data-now]", ".hall-code", "[data-top] > li:last-child > :last-child"]
    assert [screen.locator(one).evaluate(seen) for one in wanted] == [True, True, True]
