"""The fragments beside a text: drawn only when there is an assistant, for whoever sees the case, never acting."""

import pytest
from django.urls import reverse
from tests.district import account, in_progress, received
from tests.model import says

from huiyin.assistant.models import Exchange
from huiyin.cases.models import Event

pytestmark = pytest.mark.django_db
LONG = "东里小区暖气不热，报修三次没有人来，老人怕冷。" * 30


def door(name, case):
    return reverse(f"assistant:{name}", args=[case.number])


def form_of(case, kind):
    return reverse("cases:move", args=[case.number, kind])


def ready(**changes):
    """A case whose reply can be written."""
    from huiyin.cases.domain import Step, act  # noqa: PLC0415

    steps = [Step("first_contact", {"result": "已联系"})]
    return act(case=in_progress(**changes), steps=steps, account=account("handler.qingyuan"))


def drawn(enter, case):
    """Which of the three are offered: reply form, dispatcher's page, case page."""
    pages = {
        "plainer": (enter("handler.qingyuan"), form_of(case, "submit")),
        "opinion": (enter("dispatcher"), reverse("assign:case", args=[case.number])),
        "summary": (enter("handler.qingyuan"), case.url),
    }
    return {name for name, (browser, url) in pages.items() if door(name, case) in browser.get(url).content.decode()}


def test_nothing_is_drawn_and_no_door_is_there_without_an_assistant(enter, settings, tmp_path):
    settings.ASSISTANT_FILE = tmp_path / "none.toml"
    case, waiting = ready(text=LONG), received(text=LONG)
    assert drawn(enter, case) | drawn(enter, waiting) == set()
    asked = {name: enter(who).post(door(name, case), {"text": "好"}).status_code for name, who in WHO.items()}
    assert (asked, Exchange.objects.count()) == ({"plainer": 404, "opinion": 404, "summary": 404}, 0)


WHO = {"plainer": "handler.qingyuan", "opinion": "dispatcher", "summary": "handler.qingyuan"}


def test_each_is_drawn_where_it_helps(enter, on):
    assert drawn(enter, ready(text=LONG)) == {"plainer", "summary"}
    assert drawn(enter, received()) == {"opinion"}
    assert drawn(enter, ready()) == {"plainer"}


def test_a_confidential_case_is_offered_nothing_and_refused(enter, on, model):
    case, waiting = ready(text=LONG, confidential=True), received(text=LONG, confidential=True)
    assert drawn(enter, case) | drawn(enter, waiting) == set()
    for name, who in WHO.items():
        assert "保密件" in enter(who).post(door(name, case), {"text": "好"}).content.decode()
    assert model.got == []


def test_the_report_of_an_offence_stays_inside(enter, on, model):
    case = received(text=LONG, kind="report")
    enter("dispatcher").post(door("opinion", case))
    assert (case.kind, model.got, Exchange.objects.get().outcome) == ("report", [], "refused")


def test_a_reply_is_put_beside_what_was_typed(enter, on, model):
    model.does = says('修好了，请拨打13900000421，"放心"。<b>')
    case = ready()
    events = Event.objects.count()
    page = enter("handler.qingyuan").post(door("plainer", case), {"text": "兹就该事项予以处置。"}).content.decode()
    assert "兹就该事项予以处置。" in model.heard["user"]
    assert 'data-text="修好了，请拨打139****0421，&quot;放心&quot;。&lt;b&gt;"' in page
    assert 'data-text="兹就该事项予以处置。"' in page
    assert Event.objects.count() == events


def test_an_empty_reply_is_not_sent(enter, on, model):
    page = enter("handler.qingyuan").post(door("plainer", ready()), {"text": " "}).content.decode()
    assert ("先写答复" in page, model.got) == (True, [])


def test_an_opinion_leaves_the_form_as_it_is(enter, on, model):
    case = received()
    model.does = says("03.01\n说的是暖气。")
    page = enter("dispatcher").post(door("opinion", case)).content.decode()
    case.refresh_from_db()
    assert ("03.01" in page, "说的是暖气。" in page, case.state) == (True, True, "received")
    assert "139****0421" in model.heard["user"]


def test_an_opinion_that_names_no_category_is_none(enter, on, model):
    page = enter("dispatcher").post(door("opinion", received())).content.decode()
    assert "没有意见" in page


def test_a_summary_reads_the_whole_story(enter, on, model):
    model.does = says("居民反映暖气不热，已联系。")
    case = ready(text=LONG)
    page = enter("handler.qingyuan").post(door("summary", case)).content.decode()
    assert "居民反映暖气不热，已联系。" in page
    assert [words in model.heard["user"] for words in ("报修三次", "已联系")] == [True, True]


def test_a_summary_of_what_was_sealed_is_masked_as_it_was_kept(enter, on, model):
    enter("handler.qingyuan").post(door("summary", ready()))
    assert [value for value in ("13900000421", "张三丰") if value in model.got[0][2]] == []


@pytest.mark.parametrize("name", ["plainer", "summary"])
def test_who_may_not_see_a_case_cannot_ask_about_it(enter, on, model, name):
    case = ready(text=LONG)
    asked = {
        who: enter(who).post(door(name, case), {"text": "好"}).status_code
        for who in ("handler.qingyuan", "leader.qingyuan", "handler.heyan")
    }
    assert asked == {"handler.qingyuan": 200, "leader.qingyuan": 200, "handler.heyan": 404}
    assert len(model.got) == 2


def test_each_question_has_its_roles(enter, on, model):
    case = ready()
    refused = {(name, who): enter(who).post(door(name, case)).status_code for name, who in (
        ("plainer", "dispatcher"), ("plainer", "caller"), ("opinion", "handler.qingyuan"), ("opinion", "agent"),
    )}  # fmt: skip
    assert (set(refused.values()), model.got) == ({403}, [])


def test_too_many_is_said_in_a_sentence(enter, on):
    on("per_hour = 1")
    browser, case = enter("dispatcher"), received()
    browser.post(door("opinion", case))
    assert "一小时内已经问了 1 次" in browser.post(door("opinion", case)).content.decode()


def test_the_log_can_be_looked_at_and_not_changed(enter, on):
    enter("dispatcher").post(door("opinion", received()))
    browser, exchange = enter("admin"), Exchange.objects.get()
    path = f"/admin/assistant/exchange/{exchange.pk}/"
    statuses = [browser.get(f"{path}change/").status_code, browser.post(f"{path}change/", {}).status_code]
    statuses += [browser.post(f"{path}delete/").status_code, browser.get("/admin/assistant/exchange/add/").status_code]
    assert statuses == [200, 403, 403, 403]


def test_a_model_that_is_down_takes_nothing_away(enter, describe):
    describe('url = "http://127.0.0.1:1/v1"\nmodel = "m"')
    case = ready()
    browser = enter("handler.qingyuan")
    assert "连接不上" in browser.post(door("plainer", case), {"text": "好"}).content.decode()
    assert browser.get(form_of(case, "submit")).status_code == 200
