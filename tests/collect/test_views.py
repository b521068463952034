import io
import re

import pytest
from django.test import Client
from PIL import Image
from tests.district import account

from huiyin.cases.models import Attachment, Case, Event
from huiyin.collect.forms import TEXT_CHARS, SayForm

pytestmark = pytest.mark.django_db
TEXT = "东里小区3号楼暖气不热，家里只有15度，老人怕冷。"


def picture(size=(60, 40), colour="red"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def say(client, **changes):
    values = {"text": TEXT, "place": "晨光社区", "consent": "on", "press": "p1", **changes}
    return client.post("/say/", {name: value for name, value in values.items() if value is not None})


def errors(response):
    return response.context["form"].errors


# — the public form —


def test_the_form_is_one_page_of_three_steps(client, django_assert_max_num_queries):
    client.get("/say/")
    with django_assert_max_num_queries(1):
        page = client.get("/say/").content.decode()
    assert page.count("data-step>") == 3
    assert 'name="website"' in page


def test_said_once_gives_number_secret_and_code(client):
    assert say(client, person="张三丰", phone="139 0000 0421").url == "/say/receipt/"
    case = Case.objects.get()
    assert (case.channel, case.area.name, case.phone) == ("web", "晨光社区", "139****0421")
    page = client.get("/say/receipt/")
    ticket = page.context["ticket"]
    assert (ticket.number, len(ticket.secret)) == (case.number, 10)
    assert ticket.address == f"http://testserver/track/{case.number}/"
    assert "<path" in ticket.code


def test_the_receipt_opens_the_tracking_page(client):
    say(client)
    ticket = client.get("/say/receipt/").context["ticket"]
    answer = Client().post("/track/", {"number": ticket.number, "secret": ticket.secret})
    assert answer.url == f"/track/{ticket.number}/"


def test_the_secret_is_in_no_address_and_not_readable_in_the_cookie(client):
    response = say(client)
    secret = client.get("/say/receipt/").context["ticket"].secret
    cookie = response.cookies["receipt"]
    assert secret not in response.url
    assert secret not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/say/")


@pytest.mark.parametrize("cookie", [None, "", "forged", "Z0FBQUFB"])
def test_nobody_else_sees_a_receipt(client, cookie):
    say(client)
    other = Client()
    if cookie is not None:
        other.cookies["receipt"] = cookie
    assert other.get("/say/receipt/").url == "/say/"


def test_pressing_twice_is_one_case_and_one_receipt(client):
    tickets = [say(client) and client.get("/say/receipt/").context["ticket"] for _ in range(2)]
    assert tickets[0].number == tickets[1].number
    assert tickets[0].secret == tickets[1].secret
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "", "This field is required."),
        ("text", "暖气\x00不热", "control characters"),
        ("text", "暖气\x1b不热", "control characters"),
        ("text", "冷" * (TEXT_CHARS + 7), "5,007 characters; 5,000 fit. Please leave out 7"),
        ("text", "冷" * 33_334, "Please leave out 28,334"),
        ("phone", "call me", "not a telephone number"),
        ("phone", "123", "not a telephone number"),
        ("consent", None, "may not take down"),
        ("website", "http://spam.example", "leave the field"),
        ("lat", "191", "less than or equal to 90"),
        ("address", "x" * 201, "leave out 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, field, value, sentence):
    client.cookies["lang"] = "en"
    response = say(client, **{"person": "张三丰", field: value})
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert list(errors(response)) == [field]
    assert sentence in errors(response)[field][0]
    assert "张三丰" in response.content.decode()
    assert "data-bounced" in response.content.decode()


def test_exactly_as_much_as_fits_fits(client):
    assert say(client, text="冷" * TEXT_CHARS).status_code == 302


@pytest.mark.parametrize("text", ["<script>alert(1)</script>冷", "'); DROP TABLE cases_case; --冷", "冷😀👨‍👩‍👧"])
def test_markup_sql_and_emoji_stay_what_they_are(client, text):
    say(client, text=text)
    assert Case.objects.get().body.text == text


def test_what_was_typed_comes_back_escaped(client):
    page = say(client, text="<script>alert(1)</script>", consent=None).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_line_ends_of_a_browser_count_once(client):
    say(client, text="冷\r\n" * (TEXT_CHARS // 2))
    assert Case.objects.get().body.text.count("\n") == TEXT_CHARS // 2 - 1


@pytest.mark.parametrize("phone", ["13900000421", "139-0000-0421", "１３９０００００４２１", "+86 139 0000 0421"])
def test_a_telephone_number_is_read_however_it_is_written(phone):
    form = SayForm({"text": TEXT, "consent": "on", "press": "p", "phone": phone})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"].endswith("13900000421")


def test_half_a_pin_is_no_pin(client):
    say(client, lat="36.6")
    assert Case.objects.get().lat_e3 is None


def test_pictures_come_with_the_case(client):
    say(client, pictures=[io.BytesIO(picture()), io.BytesIO(picture(colour="blue")), io.BytesIO(picture())])
    stored = Attachment.objects.order_by("pk")
    assert [(row.width, row.height, row.by) for row in stored] == [(60, 40, "resident")] * 2
    assert Event.objects.get().public["attachments"] == [row.sha256 for row in stored]


def test_a_file_that_is_no_picture_is_refused_with_what_was_typed(client):
    client.cookies["lang"] = "en"
    fake = io.BytesIO(b"%PDF-1.7 not a picture")
    fake.name = "photo.jpg"
    response = say(client, pictures=fake)
    assert (response.status_code, Case.objects.count(), Attachment.objects.count()) == (422, 0, 0)
    assert "cannot be read as a picture" in errors(response)["pictures"][0]


def test_too_many_an_hour_are_asked_to_wait_and_keep_what_they_typed(client, settings):
    settings.RATE_PER_HOUR = 1
    say(client)
    response = say(client, text="另一件事", press="p2")
    assert (response.status_code, Case.objects.count()) == (429, 1)
    assert "另一件事" in response.content.decode()


def test_an_expired_token_is_answered_with_a_page_that_keeps_the_draft():
    strict = Client(enforce_csrf_checks=True)
    response = say(strict)
    assert response.status_code == 403
    assert "data-bounced" in response.content.decode()


def test_the_map_knows_the_areas(client):
    found = client.get("/areas.json").json()
    names = {feature["properties"]["name"] for feature in found["features"]}
    assert (found["type"], "清源街道" in names) == ("FeatureCollection", True)


# — the agent's form —


def call(client, **changes):
    values = {"text": TEXT, "kind": "help", "urgency": "normal", "channel": "phone", "press": "c1", **changes}
    return client.post("/agent/", values)


def test_a_call_with_a_category_is_registered_at_once(enter):
    response = call(enter("agent"), category="03.01", phone="13900000421", area="晨光社区 · 清源街道")
    case = Case.objects.get()
    assert (case.state, case.category.code, case.area.code) == ("registered", "03.01", "qingyuan-c1")
    done = response.context["done"]
    assert (done.opened.number, done.sentence) == (case.number, "已登记。")
    assert response.context["form"].is_bound is False
    assert set(Event.objects.values_list("kind", "actor")) == {
        ("receive", f"account:{account('agent').pk}"),
        ("register", f"account:{account('agent').pk}"),
    }


def test_a_category_is_found_by_any_part_of_its_name(enter):
    call(enter("agent"), category="室温")
    assert Case.objects.get().category.code == "03.01"


def test_a_call_without_category_waits_for_the_dispatcher(enter):
    response = call(enter("agent"))
    assert Case.objects.get().state == "received"
    assert "派单员" in response.context["done"].sentence


def test_a_call_that_needs_mending_keeps_every_word(enter):
    response = call(enter("agent"), category="没有这一类", person="张三丰")
    assert (response.status_code, Case.objects.count()) == (422, 0)
    page = response.content.decode()
    assert all(word in page for word in (TEXT, "没有这一类", "张三丰"))


def test_saving_twice_is_one_case(enter):
    client = enter("agent")
    numbers = {call(client, category="03.01").context["done"].opened.number for _ in range(2)}
    assert (len(numbers), Case.objects.count()) == (1, 1)


def test_every_page_brings_a_press_of_its_own(enter):
    client = enter("agent")
    presses = [re.search(r'name="press" value="([^"]+)"', client.get("/agent/").content.decode())[1] for _ in range(2)]
    assert presses[0] != presses[1]


def test_the_preview_is_what_others_read(enter):
    page = enter("agent").post("/agent/preview/", {"text": "我叫张三丰，电话13900000421"}).content.decode()
    assert ("139****0421" in page, "13900000421" in page, "张三丰" in page) == (True, False, False)


@pytest.mark.parametrize("path", ["/agent/", "/agent/preview/"])
@pytest.mark.parametrize("username", ["dispatcher", "handler.qingyuan", "admin"])
def test_only_agents_take_calls(enter, path, username):
    assert enter(username).post(path, {"text": TEXT}).status_code == 403
    assert Case.objects.count() == 0


def test_strangers_are_led_to_the_sign_in(client):
    assert call(client).url == "/login/?next=/agent/"
    assert Case.objects.count() == 0


def test_the_agents_page_asks_little_of_the_database(enter, django_assert_max_num_queries):
    client = enter("agent")
    client.get("/agent/")
    with django_assert_max_num_queries(6):
        client.get("/agent/")
