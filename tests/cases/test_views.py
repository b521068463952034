import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import resolve_url
from django.test import Client
from PIL import Image
from tests.district import account, dispatched, in_progress, received, submitted, to_call_back

from huiyin.cases.domain import Step, act, originals
from huiyin.cases.models import AccessLog, Attachment, Case, Event
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import CONTACTED

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WHY = {"purpose": "contact", "words": "约上门时间"}


def state(case):
    return Case.objects.get(pk=case.pk).state


def accepted(case, **more):
    return {"seq": case.seq, **more}


def picture(name="a.jpg", size=(60, 40), exif=b""):
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


# — who sees it —


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler.qingyuan", 200), ("leader.qingyuan", 200), ("handler.heyan", 404), ("dispatcher", 200), ("admin", 404)],
)
def test_case_page_by_account(enter, who, status):
    case = dispatched()
    assert enter(who).get(case.url).status_code == status


def test_helping_unit_sees_the_case(enter):
    case = dispatched()
    assert [part.unit.code for part in case.parts.order_by("unit__code")] == ["citymgmt", "heat-co"]
    assert enter("handler.heat").get(case.url).status_code == 200


@pytest.mark.parametrize("path", ["", "move/accept/", "unmask/", "attachments/1/"])
def test_strangers_are_led_to_the_sign_in_and_back(path):
    url = f"/cases/MH-2611-00001/{path}"
    assert Client().get(url).url == f"{resolve_url(settings.LOGIN_URL)}?next={url}"
    assert Client().post(url).url == f"{resolve_url(settings.LOGIN_URL)}?next={url}"


def test_unknown_number_and_unknown_move_are_not_found(enter):
    client, case = enter("handler.qingyuan"), dispatched()
    assert client.get("/cases/MH-0000-1/").status_code == 404
    assert client.get(f"{case.url}move/fly/").status_code == 404


def test_case_page_shows_the_masked_person_and_never_the_original(enter):
    case = dispatched()
    assert originals(case)["number"] == "13900000421"  # it could leak
    page = enter("handler.qingyuan").get(case.url).content.decode()
    assert ("张**" in page, "139****0421" in page) == (True, True)
    assert ("13900000421" in page, "张三丰" in page, "2单元501" in page) == (False, False, False)


def test_case_page_queries(enter, django_assert_max_num_queries):
    case, client = submitted(), enter("leader.qingyuan")
    client.get(case.url)
    with django_assert_max_num_queries(21):
        client.get(case.url)


def test_helper_buttons_do_not_ask_the_database_again(enter, django_assert_max_num_queries):
    case, client = in_progress(), enter("handler.heat")
    client.get(case.url)
    with django_assert_max_num_queries(20):
        page = client.get(case.url)
    assert [button.kind for button in page.context["buttons"]] == ["help", "note"]


# — buttons and moves —


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("handler.qingyuan", ["accept", "object", "reassign", "note"]),
        ("leader.qingyuan", ["accept", "object", "reassign", "note"]),
        ("dispatcher", ["correct", "note"]),
        ("supervisor", ["note", "supervise", "lift_supervision"]),
        ("analyst", []),
    ],
)
def test_buttons_are_what_the_table_allows(enter, who, kinds):
    page = enter(who).get(dispatched().url)
    assert [button.kind for button in [*page.context["buttons"], *page.context["more"]]] == kinds


def test_accept_is_one_press_and_puts_it_on_my_desk(enter):
    case = dispatched()
    response = enter("handler.qingyuan").post(f"{case.url}move/accept/", accepted(case))
    case.refresh_from_db()
    assert (response.url, case.state, case.assignee) == (case.url, "in_progress", account("handler.qingyuan"))


def test_htmx_gets_the_fresh_case_and_tells_the_list(enter):
    case = dispatched()
    response = enter("handler.qingyuan", **HTMX).post(f"{case.url}move/accept/", accepted(case))
    page = response.content.decode()
    assert (response.status_code, response["HX-Trigger"]) == (200, '{"case-moved": {}}')
    assert ("<html" in page, 'id="case"' in page, 'id="notes"' in page) == (False, True, True)


@pytest.mark.parametrize(
    ("who", "status"), [("handler.heyan", 404), ("analyst", 422), ("leader.heyan", 404), ("admin", 404)]
)
def test_move_by_the_wrong_account_changes_nothing(enter, who, status):
    case = dispatched()
    assert enter(who).post(f"{case.url}move/accept/", accepted(case)).status_code == status
    assert state(case) == "to_accept"


def test_form_of_a_move_that_is_not_possible_says_so(enter):
    case = in_progress()
    page = enter("handler.qingyuan").get(f"{case.url}move/submit/")
    assert page.context["form"] is None
    assert [str(message) for message in page.context["messages"]] == [CONTACTED.zh]


def test_reply_with_evidence_and_pictures(enter):
    case = in_progress()
    client = enter("handler.qingyuan")
    client.post(f"{case.url}move/first_contact/", {"seq": case.seq, "result": "已联系"})
    case.refresh_from_db()
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    sent = {
        "seq": case.seq, "text": "师傅李四的电话13800000999,今天上门。", "action": "上门排气", "evidence": "测温记录 21 度",
        "attachments": [picture(exif=exif.tobytes()), picture(size=(20, 20))],
    }  # fmt: skip
    assert client.post(f"{case.url}move/submit/", sent).url == case.url
    case.refresh_from_db()
    event = Event.objects.get(case=case, kind="submit")
    stored = list(Attachment.objects.filter(case=case).order_by("pk"))
    assert (case.state, case.body.reply) == ("to_review", event.public["text"])
    assert "13800000999" not in str(event.public)
    assert originals(case)["original_text"] == sent["text"]
    assert event.public["attachments"] == [row.sha256 for row in stored]
    assert [(row.width, row.height) for row in stored] == [(60, 40), (20, 20)]
    with stored[0].file.open() as file:
        assert b"SECRET-CAMERA" not in file.read()


def test_reply_without_words_keeps_what_was_typed(enter):
    case = in_progress()
    act(case=case, steps=[Step("first_contact", {"result": "已联系"})], account=account("handler.qingyuan"))
    response = enter("handler.qingyuan", **HTMX).post(f"{case.url}move/submit/", {"seq": case.seq, "action": "排了气"})
    page = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], "排了气" in page) == (422, "#move", True)
    assert state(case) == "in_progress"


def test_a_text_that_is_no_picture_is_refused_and_nothing_is_stored(enter):
    case = in_progress()
    act(case=case, steps=[Step("first_contact", {"result": "已联系"})], account=account("handler.qingyuan"))
    fake = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")
    sent = {"seq": case.seq, "text": "好了", "action": "修", "attachments": [fake]}
    assert enter("handler.qingyuan").post(f"{case.url}move/submit/", sent).status_code == 422
    assert (state(case), Attachment.objects.count()) == ("in_progress", 0)


def test_two_at_once_the_second_sees_the_fresh_state_and_keeps_the_words(enter):
    case = dispatched()
    act(case=Case.objects.get(pk=case.pk), steps=[Step("accept")], account=account("leader.qingyuan"))
    sent = {"seq": case.seq, "reason": "不归我们管", "basis": "职责清单"}
    response = enter("handler.qingyuan", **HTMX).post(f"{case.url}move/object/", sent)
    page = response.content.decode()
    assert (response.status_code, response.context["gone"], "不归我们管" in page) == (409, True, True)
    assert state(case) == "in_progress"


def test_two_at_once_where_the_move_still_stands_the_form_is_ready_to_send_again(enter):
    case = in_progress()
    act(case=Case.objects.get(pk=case.pk), steps=[Step("note", {"text": "看过了"})], account=account("leader.qingyuan"))
    client = enter("handler.qingyuan")
    response = client.post(f"{case.url}move/first_contact/", {"seq": case.seq, "result": "约了下午"})
    form = response.context["form"]
    assert (response.status_code, response.context["gone"], form["result"].value()) == (409, False, "约了下午")
    assert (
        client.post(f"{case.url}move/first_contact/", {"seq": form["seq"].value(), "result": "约了下午"}).url
        == case.url
    )


def test_two_objects_read_before_either_acts_only_one_writes():
    case = dispatched()
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    act(case=first, steps=[Step("accept")], account=account("handler.qingyuan"))
    with pytest.raises(Conflict):
        act(case=second, steps=[Step("accept")], account=account("leader.qingyuan"))
    assert Event.objects.filter(case=case, kind="accept").count() == 1


# — the person behind the mask —


def test_unmask_is_logged_and_shown_once(enter):
    case, client = dispatched(), enter("handler.qingyuan", **HTMX)
    page = client.post(f"{case.url}unmask/", WHY).content.decode()
    assert ("13900000421" in page, "张三丰" in page, "3号楼2单元501" in page) == (True, True, True)
    log = AccessLog.objects.get()
    assert (log.case, log.account, log.purpose, log.words) == (
        case,
        account("handler.qingyuan"),
        "contact",
        "约上门时间",
    )
    assert "13900000421" not in client.get(case.url).content.decode()


def test_unmask_without_a_purpose_shows_nothing(enter):
    case = dispatched()
    response = enter("handler.qingyuan", **HTMX).post(f"{case.url}unmask/", {"purpose": "other", "words": ""})
    assert (response.status_code, AccessLog.objects.count()) == (422, 0)
    assert "13900000421" not in response.content.decode()


def test_unmask_is_logged_before_it_is_read(enter, monkeypatch):
    case, seen = dispatched(), []
    monkeypatch.setattr("huiyin.cases.domain.originals", lambda _case: seen.append(AccessLog.objects.count()) or {})
    enter("handler.qingyuan").post(f"{case.url}unmask/", WHY)
    assert seen == [1]


@pytest.mark.parametrize(
    ("who", "status"), [("handler.heyan", 404), ("handler.heat", 403), ("analyst", 403), ("dispatcher", 403)]
)
def test_unmask_by_others_is_refused_without_a_trace_of_the_person(enter, who, status):
    case = dispatched()
    response = enter(who).post(f"{case.url}unmask/", WHY)
    assert (response.status_code, AccessLog.objects.count()) == (status, 0)
    assert "13900000421" not in response.content.decode()


def test_confidential_case_hides_its_person_from_the_unit(enter):
    open_case, closed = dispatched(), dispatched(confidential=True)
    client = enter("handler.qingyuan")
    assert "13900000421" in client.post(f"{open_case.url}unmask/", WHY).content.decode()  # it could leak
    refused = client.post(f"{closed.url}unmask/", WHY)
    assert (refused.status_code, "13900000421" in refused.content.decode()) == (403, False)
    person = client.get(closed.url).content.decode().split('id="person"')[1].split("</div>")[0]
    assert ("139****0421" in person, "张**" in person) == (False, False)
    assert enter("agent").post(f"{closed.url}unmask/", WHY).status_code == 200


@pytest.mark.parametrize(("who", "shown"), [("leader.qingyuan", True), ("reviewer", True), ("handler.qingyuan", False)])
def test_accesses_are_listed_for_leaders_and_reviewers(enter, who, shown):
    case = dispatched()
    enter("handler.qingyuan").post(f"{case.url}unmask/", WHY)
    assert ("约上门时间" in enter(who).get(case.url).content.decode()) is shown


# — pictures —


def test_attachment_by_account(enter, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = in_progress()
    act(case=case, steps=[Step("first_contact", {"result": "已联系"})], account=account("handler.qingyuan"))
    sent = {"seq": case.seq, "text": "好了", "action": "修", "attachments": [picture()]}
    enter("handler.qingyuan").post(f"{case.url}move/submit/", sent)
    url = f"{case.url}attachments/{Attachment.objects.get().pk}/"
    response = enter("leader.qingyuan").get(url)
    assert (response.status_code, response["Content-Type"], response["Cache-Control"].split(",")[0]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert {enter(who).get(url).status_code for who in ("handler.heyan", "admin")} == {404}
    assert (
        enter("handler.qingyuan").get(f"{to_call_back().url}attachments/{Attachment.objects.get().pk}/").status_code
        == 404
    )


# — why the date, why here —


def test_case_page_tells_how_the_date_came_about_and_why_it_is_here(enter):
    page = enter("handler.qingyuan").get(dispatched().url)
    assert page.context["story"][0].startswith("规则：")
    (panel,) = (panel for panel in page.context["panels"] if panel.template == "assign/_why.html")
    assert (panel.context["order"]["reason"], panel.context["rule"].category.code) == ("按目录", "03.01")


def test_english_page_speaks_english(enter):
    page = enter("handler.qingyuan", **{"Accept-Language": "en"}).get(dispatched().url).content.decode()
    assert ("Say why, then look" in page, "Accept" in page, "签收" in page) == (True, True, False)


def test_back_leads_to_the_list_one_came_from(enter):
    case = dispatched()
    client = enter("handler.qingyuan", **HTMX, **{"HX-Current-URL": "http://testserver/inbox/?tab=redo"})
    assert client.get(case.url).context["back"] == "/inbox/?tab=redo"
    client = enter("handler.qingyuan", **HTMX, **{"HX-Current-URL": f"http://testserver{case.url}"})
    assert client.get(case.url).context["back"] == "/cases/"


def test_received_case_is_seen_by_the_hotline_only(enter):
    case = received()
    assert [enter(who).get(case.url).status_code for who in ("agent", "handler.qingyuan")] == [200, 404]
