import re
from base64 import b64encode
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags
from tests.district import TEXT, account, to_call_back
from tests.rounds.morning import checked, closed, hire, numbers, picture, today

from huiyin.cases.attachments import attachments
from huiyin.cases.domain import Step, act
from huiyin.cases.models import Attachment, Case, CasePart, Event
from huiyin.cases.moving import record
from huiyin.kernel.moves import Refused
from huiyin.people.models import Unit
from huiyin.rounds import domain
from huiyin.rounds.models import Check

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
# Independent of Qingyuan, of Qingyuan itself, no checker at all.
OWNER, COLLEAGUE, OUTSIDER = "checker", "checker.qingyuan", "handler.qingyuan"


def sent(**changes):
    photograph = SimpleUploadedFile("现场.jpg", picture(), "image/jpeg")
    said = {"agrees": "yes", "place": "东里小区南门", "text": "", "pictures": [photograph]}
    return {**said, **changes}


def page(client, path):
    answered = client.get(path)
    assert answered.status_code == 200
    return answered.content.decode()


def url(case, verb=""):
    return f"/rounds/checks/{case.number}/{verb}"


def test_my_list_shows_mine_what_is_free_and_what_is_done(enter):
    mine, free, done, others = (closed() for _ in range(4))
    checked(mine)
    checked(free, who=None)
    checked(done, result="matches", done_at=timezone.now())
    checked(others, who="checker.heyan")
    shown = page(enter(OWNER), "/rounds/checks/")
    found = [case.number for case in (mine, free, done, others) if case.number in shown]
    assert found == [mine.number, free.number, done.number]


def test_nothing_of_the_own_unit_is_in_the_list(enter):
    case = closed()
    checked(case, who=None)
    assert case.number not in page(enter(COLLEAGUE), "/rounds/checks/")


def test_my_list_costs_the_same_queries_however_long(enter, django_assert_num_queries):
    client = enter(OWNER)
    client.get("/rounds/checks/")
    for _ in range(2):
        checked(closed())
        checked(closed(), who=None)
        with django_assert_num_queries(5):
            client.get("/rounds/checks/")


def test_check_shows_what_the_unit_answered_and_no_person(enter):
    case = to_call_back()
    checked(case)
    shown = page(enter(OWNER), url(case))
    assert "室温已到二十度" in shown
    assert [secret for secret in ("张三丰", "13900000421", "501") if secret in TEXT + "501" and secret in shown] == []


def test_check_does_not_say_why_it_was_drawn(enter):
    case = closed(rebounds=1)
    checked(case, why="risk", reasons=["rebound"])
    assert "复发" not in page(enter(OWNER), url(case))


@pytest.mark.parametrize(
    ("who", "expected"), [(None, 302), (OWNER, 200), (COLLEAGUE, 403), (OUTSIDER, 403), ("supervisor", 403)]
)
@pytest.mark.parametrize("verb", ["", "failed/", "take/"])
def test_who_opens_and_does_a_check(client, enter, who, expected, verb):
    case = closed()
    checked(case, who=None)
    visitor = enter(who) if who else client
    answered = visitor.post(url(case, verb), {"words": "大门锁着"}) if verb else visitor.get(url(case))
    assert answered.status_code == (302 if expected == 200 and verb else expected)


def test_a_case_that_was_not_drawn_is_not_there(enter):
    assert enter(OWNER).get(url(closed())).status_code == 404


def test_saving_leads_back_to_the_list_and_says_what_happened(enter):
    case = closed()
    checked(case)
    answered = enter(OWNER).post(url(case), sent(agrees="no", text="路灯还是不亮"), follow=True)
    assert answered.redirect_chain == [("/rounds/checks/", 302)]
    assert f"已保存：{case.number} 已带新的期限重开" in answered.content.decode()
    assert (Case.objects.get(pk=case.pk).state, Check.objects.get().result) == ("in_progress", "mismatch")


def test_saving_over_htmx_leaves_the_page_only_when_it_is_saved(enter):
    case, client = closed(), enter(OWNER, **{"HX-Request": "true"})
    checked(case)
    assert client.post(url(case), sent(place="")).status_code == 422
    answered = client.post(url(case), sent())
    assert (answered.status_code, answered["HX-Redirect"]) == (200, "/rounds/checks/")


def test_saving_far_from_the_point_is_said(enter):
    case = closed(lat_e3=36501, lon_e3=116003)
    checked(case)
    answered = enter(OWNER).post(url(case), sent(lat="36.512", lon="116.003", accuracy="18.4"), follow=True)
    assert "您离点位 1220 米" in answered.content.decode()
    assert (Check.objects.get().distance_m, Check.objects.get().accuracy_m) == (1220, 18)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pictures": []}, "请先拍照"),
        ({"place": ""}, "请说明您在哪里"),
        ({"agrees": "no", "text": ""}, "请写明哪里不符"),
        ({"lat": "95", "lon": "0"}, "请说明您在哪里"),
        ({"pictures": [SimpleUploadedFile("a.jpg", b"no picture")]}, "图片"),
    ],
)
def test_what_is_missing_is_said_and_nothing_saved(enter, wrong, said):
    case = closed()
    checked(case)
    answered = enter(OWNER).post(url(case), sent(**wrong))
    assert (answered.status_code, Event.objects.filter(kind="verify").count()) == (422, 0)
    assert said in answered.content.decode()


def test_the_second_of_two_checkers_is_told_and_keeps_what_was_typed(enter):
    case = closed()
    checked(case, who=None)
    late, words = enter(OWNER), "我也去看过了"
    late.get(url(case))
    enter("checker.heyan").post(url(case), sent())
    answered = late.post(url(case), sent(text=words))
    assert answered.status_code == 409
    assert "现在由河沿街道网格员负责" in answered.content.decode()
    assert (Event.objects.filter(kind="verify").count(), Attachment.objects.count()) == (1, 1)


def test_pictures_are_the_units_and_the_checkers_never_the_residents(enter):
    case = to_call_back()
    (resident,) = attachments(case.pk, [picture()], by="resident")
    resident.save()
    checked(case)
    client = enter(OWNER)
    client.post(url(case), sent())
    mine = Attachment.objects.filter(case=case).exclude(pk=resident.pk).get()
    shown = client.get(url(case, f"pictures/{mine.pk}/"))
    assert b"".join(shown.streaming_content)[:2] == JPEG
    assert client.get(url(case, f"pictures/{resident.pk}/")).status_code == 404
    assert enter(COLLEAGUE).get(url(case, f"pictures/{mine.pk}/")).status_code == 403


def test_own_unit_cannot_verify_by_the_move_page_or_the_api_either(enter):
    case, client = to_call_back(), enter(COLLEAGUE)
    checked(case)
    form = {"seq": case.seq, "agrees": "True", "place": "东里小区", "attachments": sent()["pictures"]}
    assert client.post(f"{case.url}move/verify/", form).status_code == 422
    body = {"kind": "verify", "record": {"agrees": True, "place": "东里小区"}}
    answered = client.post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    assert (answered.status_code, answered.json()["code"]) == (409, "guard")
    assert Event.objects.filter(kind="verify").count() == 0


@pytest.mark.parametrize(
    ("sent_along", "status", "state"),
    [(lambda: b64encode(picture()).decode(), 200, "in_progress"), (lambda: "no base64!", 422, "to_call_back")],
)
def test_a_mismatch_by_the_api_brings_its_picture_and_reopens_too(enter, sent_along, status, state):
    case = to_call_back()
    checked(case)
    told = {"agrees": False, "place": "东里小区", "text": "没有修"}
    body = {"kind": "verify", "record": told, "pictures": [sent_along()]}
    answered = enter(OWNER).post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    assert (answered.status_code, Case.objects.get(pk=case.pk).state) == (status, state)


@pytest.mark.parametrize("drawn", ["never", "done"])
def test_what_was_not_drawn_is_verified_by_no_door(enter, drawn):
    case, client = to_call_back(), enter(OWNER)
    if drawn == "done":
        checked(case, result="matches", done_at=timezone.now())
    body = {
        "kind": "verify",
        "record": {"agrees": False, "place": "东里小区"},
        "pictures": [b64encode(picture()).decode()],
    }
    answered = client.post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    assert (answered.status_code, answered.json()["code"]) == (409, "drawn")
    form = {"seq": case.seq, "agrees": "False", "place": "东里小区", "attachments": sent()["pictures"]}
    assert client.post(f"{case.url}move/verify/", form).status_code == 422
    asked = client.get(f"{case.url}move/verify/")
    assert (asked.context["form"], "只做抽中的" in asked.content.decode()) == (None, True)
    assert (Case.objects.get(pk=case.pk).mismatches, Attachment.objects.count()) == (0, 0)


def test_a_mismatch_without_a_word_is_refused_at_every_door(enter):
    case, client = to_call_back(), enter(OWNER)
    checked(case)
    body = {
        "kind": "verify",
        "record": {"agrees": False, "place": "东里小区"},
        "pictures": [b64encode(picture()).decode()],
    }
    answered = client.post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    assert (answered.status_code, answered.json()["code"], Attachment.objects.count()) == (409, "needs", 0)


def test_a_checker_of_a_helping_unit_is_not_independent(enter):
    helped, other = to_call_back(), to_call_back()
    for case in (helped, other):
        checked(case, who=None)
    CasePart.objects.create(case=helped, unit=Unit.objects.get(code="heyan"))
    shown = page(enter("checker.heyan"), "/rounds/checks/")
    assert (helped.number in shown, other.number in shown) == (False, True)
    with pytest.raises(Refused):
        domain.take(check=Check.objects.get(case=helped), account=account("checker.heyan"))


def test_a_mismatch_by_the_move_page_reopens_too(enter):
    case = to_call_back()
    checked(case)
    form = {
        "seq": case.seq,
        "agrees": "False",
        "place": "东里小区",
        "text": "没有修",
        "attachments": sent()["pictures"],
    }
    enter(OWNER).post(f"{case.url}move/verify/", form)
    assert (Case.objects.get(pk=case.pk).state, Case.objects.get(pk=case.pk).mismatches) == ("in_progress", 1)


@pytest.mark.parametrize(
    ("who", "status"),
    [("supervisor", 200), ("reviewer", 200), ("analyst", 200), (OWNER, 403), (OUTSIDER, 403), ("leader.qingyuan", 403)],
)
@pytest.mark.parametrize("path", ["/rounds/", "/rounds/units/", "/rounds/units/export.csv"])
def test_who_sees_the_sample(enter, who, status, path):
    assert enter(who).get(path).status_code == status


def test_sample_says_how_and_why_each_was_drawn(enter):
    numbers(checks_risk_per_mille=1000)
    case = closed(rebounds=1)
    domain.draw(today())
    shown = page(enter("supervisor"), "/rounds/")
    assert [words in shown for words in (case.number, "以前复发过", "按风险抽千分之 1000", "转交给")] == [True] * 4
    assert "转交给" not in page(enter("analyst"), "/rounds/")


def test_sample_of_a_supervisor_who_belongs_to_the_unit_keeps_its_open_checks_back(enter):
    hire("supervisor.2", unit="qingyuan", role="supervisor")
    case = closed()
    check = checked(case)
    client = enter("supervisor.2")
    assert case.number not in page(client, "/rounds/")
    assert client.post(url(case, "hand-over/"), {"checker": account("checker.heyan").pk}).status_code == 302
    check.refresh_from_db()
    assert check.checker == account("checker")
    Check.objects.update(done_at=timezone.now(), result="matches")
    assert case.number in page(client, "/rounds/")


def test_sample_hands_over(enter):
    case = closed()
    checked(case)
    answered = enter("supervisor").post(url(case, "hand-over/"), {"checker": account("checker.heyan").pk})
    assert (answered.url, Check.objects.get().checker) == (f"/rounds/?day={today()}", account("checker.heyan"))


@pytest.mark.parametrize("day", ["2020-01-01", "2020-13-45", "x"])
def test_sample_of_any_day_or_of_none(enter, day):
    assert "没有抽到" in page(enter("supervisor"), f"/rounds/?day={day}")


def test_sample_costs_the_same_queries_however_long(enter, django_assert_max_num_queries):
    client = enter("supervisor")
    client.get("/rounds/")
    for _ in range(2):
        checked(closed())
        with django_assert_max_num_queries(9):  # eight, and what is read once a minute
            client.get("/rounds/")


def test_units_count_and_open_into_their_cases(enter):
    cases = [closed(), closed(), closed(), closed(lead="heyan")]
    for case, result in zip(cases, ("matches", "mismatch", "failed", ""), strict=True):
        checked(case, result=result, done_at=timezone.now() if result else None, distance_m=900)
    shown = page(enter("supervisor"), f"/rounds/units/?period={today() - timedelta(days=1)}..{today()}&unit=qingyuan")
    found = [case.number in shown for case in cases]
    assert found == [True, True, True, False]
    assert ("50.0%" in shown, "1 / 2" in strip_tags(shown), "离得远" in shown) == (True, True, True)


RESULTS = {"matches": 2, "mismatch": 1, "failed": 1, "gone": 1, "": 3}
COUNTED = {"drawn": 8, "checked": 3, "matched": 2, "mismatched": 1, "failed": 1, "open": 3}


def looked_at(lead):
    for result, times in RESULTS.items():
        for _ in range(times):
            checked(closed(lead=lead), result=result, done_at=timezone.now() if result else None)


def test_every_figure_of_the_units_opens_into_as_many_cases(enter):
    looked_at("qingyuan"), looked_at("heyan")
    client, period = enter("supervisor"), f"{today()}..{today()}"
    found = client.get(f"/rounds/units/?period={period}").context
    lines = {"qingyuan": found["lines"][0], "heyan": found["lines"][1], "": found["total"]}
    for code, line in lines.items():
        for what in (*COUNTED, "random_checked", "random_mismatched"):
            opened = client.get(f"/rounds/units/?period={period}&unit={code}&what={what}").context
            assert (what, len(opened["rows"])) == (what, getattr(line, what))
    assert {what: getattr(lines["heyan"], what) for what in COUNTED} == COUNTED
    shown = page(client, f"/rounds/units/?period={period}")
    assert {what: f"what={what}#cases" in shown for what in COUNTED} == dict.fromkeys(COUNTED, True)


def test_every_figure_of_a_day_opens_into_as_many_cases(enter):
    looked_at("qingyuan")
    client = enter("supervisor")
    total = client.get("/rounds/").context["total"]
    opened = {what: client.get(f"/rounds/?what={what}").context for what in COUNTED}
    assert {what: len(one["rows"]) for what, one in opened.items()} == COUNTED
    assert {one["total"] for one in opened.values()} == {total}
    shown = set(re.findall(r'href="\?what=(\w+)"', page(client, "/rounds/")))
    assert shown == COUNTED.keys() - {"matched"}


@pytest.mark.parametrize("path", ["/rounds/?what=x", "/rounds/units/?what=x"])
def test_a_figure_that_is_not_there_is_not_found(enter, path):
    assert enter("supervisor").get(path).status_code == 404


def test_export_is_a_table_with_a_dash_where_nothing_was_checked(enter):
    checked(closed(), result="mismatch", done_at=timezone.now())
    checked(closed(lead="heyan"))
    answered = enter("analyst").get(f"/rounds/units/export.csv?period={today()}")
    assert answered["Content-Disposition"] == f'attachment; filename="checks-{today()}.csv"'
    lines = answered.content.decode("utf-8-sig").splitlines()
    assert sorted(lines[2:]) == sorted(
        [
            "qingyuan,清源街道,1,1,0,1,100.0,0,0,0,1,1,100.0",
            "heyan,河沿街道,1,0,0,0,—,0,0,1,0,0,—",
            ",合计（合并计算）,2,1,0,1,100.0,0,0,1,1,1,100.0",
        ]
    )


def test_the_unit_learns_nothing_of_an_open_check_on_its_case_page(enter):
    case = closed()
    client = enter("leader.qingyuan")
    client.get(case.url)  # so that nothing is new any more
    before = TOKEN.sub("", page(client, case.url))
    checked(case)
    assert TOKEN.sub("", page(client, case.url)) == before


def test_photographs_of_the_unit_are_shown_to_the_checker(enter):
    case = to_call_back()
    told = {"reason": "群众再次反映", "due_at": (timezone.now() + timedelta(days=5)).isoformat()}
    act(case=case, steps=[Step("reopen", told)], account=account("supervisor"))
    unit = account("handler.qingyuan")
    act(case=case, steps=[Step("first_contact", {"result": "已联系"})], account=unit)
    said = {"text": "已更换灯具。", "action": "换灯"}
    record(case=case, account=unit, kind="submit", values=said, pictures=[picture()])
    act(case=case, steps=[Step("approve")], account=account("leader.qingyuan"))
    checked(case)
    assert f"/rounds/checks/{case.number}/pictures/{Attachment.objects.get(case=case).pk}/" in page(
        enter(OWNER), url(case)
    )
