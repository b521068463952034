import pytest
from django.test import Client

from huiyin.cases.models import Case, Event
from huiyin.collect.routes import routes
from huiyin.kernel.fields import FIELDS

pytestmark = pytest.mark.django_db


def call(client, do, **changes):
    values = {"text": "我跟邻居打官司输了，要求你们改判。", "kind": "help", "urgency": "normal", "channel": "phone"}
    return client.post("/agent/", {**values, "category": "20.08", "press": "r1", "do": do, **changes})


def test_all_six_have_law_place_and_words():
    found = routes()
    assert [route.key for route in found] == [key for key, _, _ in FIELDS["route"].choices]
    assert all(route.law and route.where in route.words for route in found)


def test_the_form_shows_law_and_place_of_each(enter):
    page = enter("agent").get("/agent/").content.decode()
    assert all(f'value="{route.law}"' in page and f'value="{route.where}"' in page for route in routes())


def test_told_where_to_go_is_one_case_registered_and_archived(enter):
    law, where = "《民事诉讼法》", "请向上一级人民法院提出"
    response = call(enter("agent"), "route statutory", law_statutory=law, where_statutory=where)
    assert (response.status_code, Case.objects.get().state) == (200, "archived")
    events = Event.objects.order_by("seq")
    assert [event.kind for event in events] == ["receive", "register", "redirect", "archive"]
    assert events[2].public == {"route": "statutory", "law": law, "where": where}


@pytest.mark.parametrize(
    ("do", "changes"),
    [
        ("route statutory", {"law_statutory": "", "where_statutory": "法院"}),
        ("route statutory", {"law_statutory": "法", "where_statutory": "法院", "category": ""}),
    ],
)
def test_without_law_or_category_nothing_is_opened_and_every_word_stays(enter, do, changes):
    response = call(enter("agent"), do, **changes)
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert 'value="法院"' in response.content.decode()


def test_the_resident_reads_it_in_plain_words(enter):
    opened = (
        call(enter("agent"), "route statutory", law_statutory="《民事诉讼法》", where_statutory="上一级人民法院")
        .context["done"]
        .opened
    )
    resident = Client()
    resident.cookies["lang"] = "zh-hans"
    resident.post("/track/", {"number": opened.number, "secret": opened.secret})
    page = resident.get(f"/track/{opened.number}/").content.decode()
    assert all(word in page for word in ("诉讼、仲裁、复议、信访等法定途径", "上一级人民法院", "《民事诉讼法》"))
