"""The supervision office's desk: whose it is, what its lists hold, what leads out of them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import timezone
from tests.district import account, in_progress, to_call_back

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case
from huiyin.evaluate import supervision

ENGLISH = {"accept-language": "en"}
DESK = "/supervision/"


def late(days=1):
    case = in_progress()
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=days))
    return case


def lit(case, light="red"):
    return act(
        case=case, steps=[Step("supervise", {"reason": "久拖不决", "light": light})], account=account("supervisor")
    )


def listed(client, tab):
    return list(client.get(f"{DESK}?tab={tab}").context["page"].rows)


@pytest.mark.parametrize(
    ("who", "status"),
    [("supervisor", 200), ("reviewer", 403), ("leader.qingyuan", 403), ("handler.heyan", 403), ("analyst", 403), ("caller", 403)],
)  # fmt: skip
def test_only_supervisors_have_the_desk(enter, who, status):
    assert enter(who).get(DESK).status_code == status


def test_strangers_are_led_to_the_sign_in(client):
    assert client.get(DESK).url == f"{resolve_url(settings.LOGIN_URL)}?next={DESK}"


def test_nothing_can_be_posted(enter):
    assert enter("supervisor").post(DESK).status_code == 405


def test_the_desk_opens_with_what_is_late_the_oldest_date_first(enter):
    newer, older = late(1), late(3)
    in_progress()
    response = enter("supervisor").get(DESK)
    assert (response.context["tab"], list(response.context["page"].rows)) == ("late", [older, newer])
    assert [(tab.name, tab.count) for tab in response.context["tabs"]] == [
        ("late", "2"), ("repeated", "0"), ("refused", "0"), ("contradicted", "0"), ("lit", "0"),
    ]  # fmt: skip


def test_an_unknown_list_is_the_first_one(enter):
    assert enter("supervisor").get(f"{DESK}?tab=nonsense").context["tab"] == "late"


def test_each_list_holds_its_own_and_says_why(enter):
    urged, checked = in_progress(), to_call_back()
    Case.objects.filter(pk=urged.pk).update(urged=2)
    Case.objects.filter(pk=checked.pk).update(mismatches=1)
    client = enter("supervisor")
    assert [listed(client, tab) for tab in supervision.LISTS] == [[], [urged], [], [checked], []]
    assert "催办 2 次" in client.get(f"{DESK}?tab=repeated").content.decode()
    assert "核查不符" in client.get(f"{DESK}?tab=contradicted").content.decode()


def test_a_light_is_put_on_and_taken_off_from_the_case(enter):
    case, client = in_progress(), enter("supervisor")
    sent = {"reason": "久拖不决", "light": "red", "seq": case.seq}
    assert client.post(f"/cases/{case.number}/move/supervise/", sent).status_code == 302
    assert listed(client, "lit") == [case]
    assert "红灯" in client.get(f"{DESK}?tab=lit").content.decode()
    case.refresh_from_db()
    client.post(f"/cases/{case.number}/move/lift_supervision/", {"reason": "已推进", "seq": case.seq})
    assert listed(client, "lit") == []


def test_the_unit_learns_of_a_red_light(enter):
    case = lit(in_progress())
    assert case.number in enter("handler.qingyuan").get("/notices/").content.decode()
    assert case.number not in enter("handler.heyan").get("/notices/").content.decode()


def test_a_light_on_a_confidential_case_is_told_without_its_title(enter):
    case = lit(in_progress(confidential=True))
    page = enter("leader.qingyuan").get("/notices/").content.decode()
    assert (case.number in page, case.title in page) == (True, False)


def test_a_row_opens_the_case_and_shows_nobody(enter):
    case = late()
    page = enter("supervisor").get(DESK).content.decode()
    assert (f"/cases/{case.number}/" in page, "13900000421" in page, "张三丰" in page) == (True, False, False)


def test_the_desk_speaks_the_readers_language(enter):
    lit(late())
    client = enter("supervisor")
    assert "Past the date and still with the unit" in client.get(DESK, headers=ENGLISH).content.decode()
    assert "A light is on." in client.get(f"{DESK}?tab=lit", headers=ENGLISH).content.decode()
    assert "Nothing needs the supervision office" in client.get(f"{DESK}?tab=refused", headers=ENGLISH).content.decode()


def test_queries_of_the_desk(enter, django_assert_num_queries):
    client = enter("supervisor")
    late()
    client.get(DESK)
    for _ in range(3):
        late()
    with django_assert_num_queries(5):  # session, account, rows, what was seen, counts
        client.get(DESK)
