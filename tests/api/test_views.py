import pytest
from tests.district import account, dispatched, in_progress, received, to_call_back

from huiyin.api.models import ApiToken
from huiyin.cases.models import Case
from huiyin.people.models import Membership, Unit

pytestmark = pytest.mark.django_db
PICTURE = "aGVsbG8="  # bytes; refused before anybody looks at them
NEW = {
    "text": "东里小区3号楼暖气不热，电话13900000421",
    "place": "东里小区",
    "person": "张三丰",
    "phone": "13900000421",
}


@pytest.fixture
def call(client):
    def call(method, path, body=None, as_=None):
        headers = {"X-Api-Token": ApiToken.make(account(as_), "test")} if as_ else {}
        return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", headers=headers)

    return call


def test_create_returns_number_and_secret_and_masks(call):
    answer = call("post", "/cases", NEW)
    case = Case.objects.select_related("body").get()
    assert (answer.status_code, answer.json()["number"]) == (201, case.number)
    assert (case.person, case.phone, case.body.text) == (
        "张**",
        "139****0421",
        "东里小区3号楼暖气不热，电话139****0421",
    )


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "x" * 5001}, {"text": "好的", "lat": 91}, {"text": "好的", "phone": "<script>"}]
)
def test_create_refuses_bad_input_and_keeps_nothing(call, body):
    answer = call("post", "/cases", body)
    assert (answer.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.parametrize("body", ["{", "[]", "null", '"text"', "\x00"])
def test_create_refuses_what_is_not_an_object(client, body):
    answer = client.post("/api/v1/cases", body, content_type="application/json")
    assert (answer.status_code in {400, 422}, Case.objects.count()) == (True, 0)


def test_create_stops_a_sender_after_so_many_an_hour(call, settings):
    settings.RATE_PER_HOUR = 2
    statuses = [call("post", "/cases", NEW).status_code for _ in range(3)]
    assert (statuses, Case.objects.count()) == ([201, 201, 429], 2)


def test_create_refuses_a_nul_in_the_text(call):
    answer = call("post", "/cases", {"text": "暖气\x00不热"})
    assert (answer.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.parametrize("code", ["no-such", "99.99"])
def test_create_refuses_an_unknown_category(call, code):
    answer = call("post", "/cases", {**NEW, "category": code})
    assert (answer.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        (None, 401, None),
        ("handler.qingyuan", 200, 1),
        ("leader.qingyuan", 200, 1),
        ("handler.heyan", 200, 0),
        ("dispatcher", 200, 1),
    ],
)
def test_list_shows_what_an_account_may_see(call, who, status, seen):
    dispatched()
    answer = call("get", "/cases", as_=who)
    assert (answer.status_code, len(answer.json()["cases"]) if seen is not None else None) == (status, seen)


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("handler.qingyuan", 200), ("handler.heyan", 404)])
def test_detail_is_for_those_who_may_see_it(call, who, status):
    case = dispatched()
    assert call("get", f"/cases/{case.number}", as_=who).status_code == status


def test_list_pages_by_cursor_without_gap_or_double(call):
    numbers = [received(text=f"第{n}件事情").number for n in range(5)]
    first = call("get", "/cases?limit=2", as_="dispatcher").json()
    second = call("get", f"/cases?limit=2&cursor={first['next']}", as_="dispatcher").json()
    third = call("get", f"/cases?limit=2&cursor={second['next']}", as_="dispatcher").json()
    assert [case["number"] for page in (first, second, third) for case in page["cases"]] == numbers[::-1]
    assert third["next"] is None


def test_list_costs_the_same_queries_for_any_length(client, django_assert_num_queries):
    for n in range(5):
        dispatched(text=f"第{n}件事情")
    token = ApiToken.make(account("dispatcher"), "test")
    with django_assert_num_queries(2):
        client.get("/api/v1/cases", headers={"X-Api-Token": token})


def test_move_by_the_unit_that_has_it(call):
    case = dispatched()
    answer = call("post", f"/cases/{case.number}/moves", {"kind": "accept"}, as_="handler.qingyuan")
    assert (answer.status_code, answer.json()["state"]) == (200, "in_progress")


@pytest.mark.parametrize(
    ("who", "kind", "status", "code"),
    [
        ("dispatcher", "accept", 409, "role"),
        ("handler.qingyuan", "approve", 409, "role"),
        ("leader.qingyuan", "approve", 409, "state"),
        ("handler.qingyuan", "object", 422, "record"),
        ("handler.qingyuan", "fly", 404, "move"),
    ],
)
def test_move_refused_says_why(call, who, kind, status, code):
    case = dispatched()
    answer = call("post", f"/cases/{case.number}/moves", {"kind": kind}, as_=who)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_move_on_an_old_version_is_a_conflict(call):
    case = dispatched()
    answer = call(
        "post", f"/cases/{case.number}/moves", {"kind": "accept", "seq": case.seq - 1}, as_="handler.qingyuan"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_move_records_only_what_the_table_names(call):
    case = dispatched()
    body = {"kind": "accept", "record": {"solved": True, "assignee": 10**9}}
    answer = call("post", f"/cases/{case.number}/moves", body, as_="handler.qingyuan")
    assert (answer.status_code, answer.json()["code"]) == (422, "record")


def test_triage_names_category_and_words(call):
    answer = call("post", "/triage", {"texts": ["暖气不热，家里只有十五度"]}, as_="agent")
    assert [(found["category"], found["model"]) for found in answer.json()] == [("03.01", "taxonomy")]


def test_a_token_of_a_closed_account_opens_nothing(client):
    someone = account("dispatcher")
    token = ApiToken.make(someone, "test")
    someone.is_active = False
    someone.save()
    answer = client.get("/api/v1/cases", headers={"X-Api-Token": token})
    assert answer.status_code == 401


def test_not_solved_through_the_api_goes_back_to_the_unit_too(call):
    case = to_call_back()
    record = {"contacted": True, "solved": False, "satisfaction": "dissatisfied"}
    answer = call("post", f"/cases/{case.number}/moves", {"kind": "evaluate", "record": record}, as_="caller")
    assert (answer.status_code, answer.json()["state"], answer.json()["rounds"]) == (200, "in_progress", 2)


HEARD = {"contacted": True, "solved": True, "satisfaction": "satisfied"}


def test_words_of_a_confidential_case_are_sealed_by_the_api_too(call):
    case = to_call_back(confidential=True)
    body = {"kind": "evaluate", "record": {**HEARD, "text": "我是三楼的王建国"}}
    assert call("post", f"/cases/{case.number}/moves", body, as_="caller").status_code == 200
    event = case.events.get(kind="evaluate")
    assert ("text" in event.public, event.public["means"]) == (False, "phone")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "evaluate", "record": {**HEARD, "means": "qr"}}, 422, "record"),
        ({"kind": "attempt", "record": {"outcome": "sms"}}, 409, "record"),
        ({"kind": "attempt", "record": {"outcome": "busy"}, "pictures": [PICTURE]}, 422, "pictures"),
    ],
    ids=["how it was heard", "a message that nobody sent", "pictures of a call"],
)
def test_what_the_callback_desk_does_not_offer_the_api_refuses(call, body, status, code):
    case = to_call_back()
    answer = call("post", f"/cases/{case.number}/moves", body, as_="caller")
    assert (answer.status_code, answer.json()["code"], case.events.filter(kind=body["kind"]).count()) == (
        status,
        code,
        0,
    )


@pytest.mark.parametrize("kind", ["apply_exclusion", "appeal"])
def test_an_exclusion_and_an_appeal_are_asked_for_once_a_round(call, kind):
    case = to_call_back()
    call("post", f"/cases/{case.number}/moves", {"kind": "evaluate", "record": HEARD}, as_="caller")
    asked = {
        "apply_exclusion": {"category_of_reason": "repeat", "evidence": "同一人同一事"},
        "appeal": {"evidence": "有回执"},
    }
    refuses = {"apply_exclusion": "refuse_exclusion", "appeal": "refuse_appeal"}
    steps = [(kind, asked[kind], "leader.qingyuan"), (refuses[kind], {"reason": "理由不成立"}, "reviewer")]
    for move, record, who in steps:
        answer = call("post", f"/cases/{case.number}/moves", {"kind": move, "record": record}, as_=who)
        assert answer.status_code == 200, answer.json()
    again = call("post", f"/cases/{case.number}/moves", {"kind": kind, "record": asked[kind]}, as_="leader.qingyuan")
    assert (again.status_code, again.json()["code"]) == (409, "once")


def test_whoever_belongs_to_the_unit_never_judges_its_case(call):
    case = to_call_back()
    Membership.objects.create(account=account("caller"), role="handler", unit=Unit.objects.get(code="qingyuan"))
    record = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
    answer = call("post", f"/cases/{case.number}/moves", {"kind": "evaluate", "record": record}, as_="caller")
    assert (answer.status_code, answer.json()["code"]) == (409, "guard")


def test_what_a_person_says_of_themselves_is_masked_wherever_they_say_it(call):
    body = {
        "title": "王建国家漏水 139、1234、5678",
        "text": "我家漏水，王建国，139 1234 5678",
        "person": "王建国",
        "phone": "13912345678",
    }
    call("post", "/cases", body)
    case = Case.objects.select_related("body").get()
    assert (case.title, case.body.text) == ("王**家漏水 139****5678", "我家漏水，王**，139****5678")


@pytest.mark.parametrize("path", ["/cases/%00/", "/api/v1/cases?state=%00", "/units/%00/"])
def test_a_nul_in_the_address_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


def test_what_staff_see_is_never_stored(call):
    assert call("get", "/cases", as_="dispatcher")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("next_at", ["9998-12-31T03:00:00", "0001-01-01T00:00:00"])
def test_an_attempt_at_an_impossible_date_is_refused(call, next_at):
    case = to_call_back()
    record = {"outcome": "busy", "next_at": next_at}
    answer = call("post", f"/cases/{case.number}/moves", {"kind": "attempt", "record": record}, as_="caller")
    assert answer.status_code == 422


@pytest.mark.parametrize("record", [{"result": None}, {"result": {"a": [1]}}, {"result": ["第一段", "第二段"]}])
def test_what_is_no_text_is_not_written_down_as_one(client, record):
    case = in_progress()
    client.force_login(account("handler.qingyuan"))
    sent = {"kind": "first_contact", "record": record}
    answer = client.post(f"/api/v1/cases/{case.number}/moves", sent, content_type="application/json")
    assert (answer.status_code, case.events.count()) == (422, case.seq)
