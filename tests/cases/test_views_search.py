import csv
import io

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from tests.district import dispatched, in_progress, received

from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


def found(response):
    return [case.number for case in response.context["page"].rows]


def rows(response):
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize("path", ["", "export/"])
def test_strangers_are_led_to_the_sign_in(path):
    assert Client().get(f"/cases/{path}").url == f"{resolve_url(settings.LOGIN_URL)}?next=/cases/{path}"


def test_each_sees_only_what_is_theirs(enter):
    own, other = dispatched(), dispatched(lead="heyan")
    asked = {
        who: found(enter(who).get("/cases/")) for who in ("handler.qingyuan", "handler.heyan", "supervisor", "admin")
    }
    assert asked == {
        "handler.qingyuan": [own.number],
        "handler.heyan": [other.number],
        "supervisor": [other.number, own.number],
        "admin": [],
    }


def test_a_number_goes_straight_to_the_case(enter):
    case = dispatched()
    assert enter("handler.qingyuan").get("/cases/", {"q": case.number.lower()}).url == case.url
    assert found(enter("handler.heyan").get("/cases/", {"q": case.number})) == []


def test_words_find_within_rights(enter):
    heat, _other = dispatched(), dispatched(text="楼下工地夜里两点还在施工")
    assert found(enter("supervisor").get("/cases/", {"q": "暖气"})) == [heat.number]
    assert found(enter("handler.heyan").get("/cases/", {"q": "暖气"})) == []


def test_filters_narrow(enter):
    waiting, accepted, other = dispatched(), in_progress(), dispatched(lead="heyan", category="04.05")
    received()
    client = enter("supervisor")
    Case.objects.filter(pk=waiting.pk).update(due_at="2020-01-01T00:00Z", created_at="2020-01-01T00:00Z")
    asked = {
        "unit=河沿": [other.number],
        "state=in_progress": [accepted.number],
        "category=04.05": [other.number],
        "category=03": [accepted.number, waiting.number],
        "late=on": [waiting.number],
        "until=2020-01-01": [waiting.number],
        "since=2020-01-02&unit=qingyuan": [accepted.number],
    }
    assert {query: found(client.get(f"/cases/?{query}")) for query in asked} == asked


def test_a_question_that_is_not_clear_finds_nothing_and_says_why(enter):
    dispatched()
    response = enter("supervisor").get("/cases/?unit=街道")
    assert (found(response), list(response.context["form"].errors)) == ([], ["unit"])
    assert enter("supervisor").get("/cases/export/?unit=街道").status_code == 422


def test_a_list_is_a_handful_of_queries(enter, django_assert_num_queries):
    for _ in range(3):
        dispatched()
    client = enter("handler.qingyuan")
    client.get("/cases/")
    with django_assert_num_queries(6):
        assert len(found(client.get("/cases/"))) == 3


def test_export_is_masked_states_the_question_and_stays_within_rights(enter):
    case = dispatched(text="=cmd|' /C calc'!A0 我叫张三丰，电话13900000421")
    dispatched(lead="heyan")
    response = enter("handler.qingyuan").get("/cases/export/?unit=清源街道&category=03")
    asked, head, *cases = rows(response)
    assert asked[:2] == ["筛选条件", "主办单位：清源街道；类别：供暖"]
    assert (head[0], [row[0] for row in cases]) == ("编号", [case.number])
    assert cases[0][1].startswith("'=cmd")
    assert "13900000421" not in str(cases)


def test_export_of_everything_says_so(enter):
    assert rows(enter("handler.qingyuan").get("/cases/export/"))[0][1] == "我能看到的全部事项"


def test_best_match_first_puts_the_title_before_the_text_and_a_synonym_last(enter):
    client = enter("supervisor")
    titled = dispatched(title="清源小区停车难", text="每天都这样")
    said = dispatched(title="清源小区", text="停车难，天天绕圈")
    synonym = dispatched(title="清源小区", text="没处停车，天天绕圈")
    asked = {"q": "停车难"}
    assert found(client.get("/cases/", asked)) == [synonym.number, said.number, titled.number]
    assert found(client.get("/cases/", asked | {"best": "on"})) == [titled.number, said.number, synonym.number]
    assert [row[0] for row in rows(client.get("/cases/export/", asked | {"best": "on"}))[2:]] == [
        synonym.number,
        said.number,
        titled.number,
    ]  # a file is whole: only pages are cut to the newest thousand


def test_best_match_first_keeps_to_rights_and_needs_words(enter):
    own, _other = dispatched(), dispatched(lead="heyan")
    client = enter("handler.qingyuan")
    assert found(client.get("/cases/", {"q": "暖气", "best": "on"})) == [own.number]
    assert found(client.get("/cases/", {"best": "on"})) == [own.number]


def test_pages_of_the_best_matches_follow_one_another(enter):
    numbers = {dispatched(title=f"暖气不热{'，报修' * (n % 2)}", text="冷").number for n in range(35)}
    client = enter("supervisor")
    first = client.get("/cases/", {"q": "暖气", "best": "on"})
    second = client.get("/cases/", {"q": "暖气", "best": "on", "cursor": first.context["page"].next})
    assert (len(found(first)), len(found(second)), {*found(first), *found(second)}) == (30, 5, numbers)
