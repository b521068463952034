from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, received

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case, Event
from huiyin.collect.knowledge import add_version, citable, found, load_knowledge, offered, versions_on
from huiyin.collect.models import KnowledgeItem, KnowledgeVersion
from huiyin.kernel.moves import Refused
from huiyin.packs.knowledge import read_knowledge
from huiyin.packs.reader import read_pack
from huiyin.packs.table import PackError

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def item(code="heating-season"):
    return KnowledgeItem.objects.get(code=code)


def version(**changes):
    usual = {"title": "供暖季", "text": "新的答复", "source": "区政府公告", "valid_from": TODAY}
    return KnowledgeVersion(**{**usual, **changes})


def call(client, do, **changes):
    values = {"text": "请问几号供暖？供暖季什么时候开始？", "kind": "consult", "urgency": "normal", "channel": "phone"}
    return client.post("/agent/", {**values, "press": "k1", "do": do, **changes})


# — the base —


def test_the_common_items_come_with_every_pack_and_have_owner_and_source():
    assert KnowledgeVersion.objects.count() == len(read_knowledge("muhe")) == 26
    assert not KnowledgeItem.objects.filter(owner=None).exists()
    assert not KnowledgeVersion.objects.filter(source="").exists()


def test_loading_again_changes_nothing_and_other_words_need_another_version():
    pack, rows = read_pack("muhe"), read_knowledge("muhe")
    load_knowledge(pack, rows)
    assert KnowledgeVersion.objects.count() == 26
    KnowledgeVersion.objects.filter(item__code="marriage").update(text="别的")
    with pytest.raises(PackError, match="'marriage' version 1 is loaded with other words"):
        load_knowledge(pack, rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("请问几号供暖？供暖季什么时候开始", "heating-season"),
        ("我想办居住证，要带什么材料", "residence-permit"),
        ("楼上晚上装修，电钻太吵，几点可以装修", "renovation-hours"),
        ("厨余垃圾和可回收物怎么分，垃圾分类不懂", "garbage-sorting"),
        ("公司拖欠工资三个月了不发工资", "unpaid-wages"),
    ],
)
def test_what_is_typed_finds_its_answer(text, code):
    assert offered(text)[0].item.code == code


def test_a_category_alone_is_not_enough_to_offer_an_answer():
    assert offered("啊", "03.03") == []
    assert offered("") == []


def test_words_find_all_of_them_and_a_day_shows_what_held_then():
    assert [one.item.code for one in found("居住证", on=TODAY)] == ["residence-permit"]
    assert found("没有这样的词语", on=TODAY).count() == 0
    assert found("", on=date(2019, 1, 1)).count() == 0


def test_a_new_version_takes_the_place_of_the_old_one_which_stays_as_it_was():
    added = add_version(item=item(), version=version(), by=account("admin"))
    assert added.version == 2
    assert versions_on(TODAY).get(item__code="heating-season") == added
    old = versions_on(TODAY - timedelta(days=1)).get(item__code="heating-season")
    assert (old.version, "18℃" in old.text) == (1, True)


# — citing —


def test_what_holds_and_has_an_owner_may_be_cited():
    assert citable("heating-season", "1", on=TODAY).title == "供暖季起止与室温标准"


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [("nothing", "1", "has no"), ("heating-season", "9", "has no"), ("heating-season", "latest", "has no")],
)
def test_what_is_not_there_cannot_be_cited(code, number, words):
    with pytest.raises(Refused, match=words):
        citable(code, number, on=TODAY)


def test_an_expired_a_replaced_and_an_ownerless_item_cannot_be_cited():
    KnowledgeVersion.objects.filter(item__code="marriage").update(valid_to=TODAY)
    add_version(item=item(), version=version())
    KnowledgeItem.objects.filter(code="residence-permit").update(owner=None)
    for code, words in (
        ("marriage", "does not hold today"),
        ("heating-season", "does not hold today"),
        ("residence-permit", "Nobody looks after"),
    ):
        with pytest.raises(Refused, match=words):
            citable(code, "1", on=TODAY)
    assert [one.item.code for one in offered("办居住证要什么材料，居住登记")] == []


def test_no_door_cites_what_does_not_hold():
    case = act(
        case=received(),
        steps=[Step("register", {"kind": "consult", "category": "03.03", "urgency": "normal"})],
        account=account("agent"),
    )
    KnowledgeVersion.objects.filter(item__code="heating-season").update(valid_to=TODAY)
    answer = Step("answer_directly", {"text": "是的", "knowledge": "heating-season", "version": "1"})
    with pytest.raises(Refused, match="does not hold today"):
        act(case=case, steps=[answer], account=account("agent"))
    case.refresh_from_db()
    assert case.state == "registered"


# — the agent's form —


def test_the_form_offers_what_fits_while_typing(enter):
    page = enter("agent").post("/agent/look/", {"text": "请问几号供暖？供暖季什么时候开始？"}).content.decode()
    assert ('value="answer heating-season 1"' in page, "18℃" in page) == (True, True)


def test_answered_at_once_is_one_case_received_registered_answered_archived(enter):
    response = call(enter("agent"), "answer heating-season 1")
    case = Case.objects.get()
    assert (case.state, case.category.code, response.context["done"].opened.number) == (
        "archived",
        "03.03",
        case.number,
    )
    events = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert events == ["receive", "register", "answer_directly", "archive"]
    cited = Event.objects.get(kind="answer_directly").public
    assert (cited["knowledge"], cited["version"], "18℃" in cited["text"]) == ("heating-season", "1", True)


def test_pressed_twice_it_is_answered_once(enter):
    client = enter("agent")
    numbers = {call(client, "answer heating-season 1").context["done"].opened.number for _ in range(2)}
    assert (len(numbers), Event.objects.filter(kind="answer_directly").count()) == (1, 1)


def test_an_answer_that_cannot_be_cited_opens_no_case_and_keeps_every_word(enter):
    KnowledgeItem.objects.filter(code="heating-season").update(owner=None)
    response = call(enter("agent"), "answer heating-season 1", person="张三丰")
    assert (response.status_code, Case.objects.count()) == (422, 0)
    assert "张三丰" in response.content.decode()


def test_the_case_page_leads_to_the_version_as_it_stood(enter):
    client = enter("agent")
    call(client, "answer heating-season 1")
    add_version(item=item(), version=version(title="改过的题目"))
    page = client.get(Case.objects.get().url).content.decode()
    assert ("/knowledge/heating-season/1/" in page, "改过的题目" in page) == (True, False)
    shown = client.get("/knowledge/heating-season/1/")
    assert (shown.context["holds"], "18℃" in shown.content.decode()) == (False, True)


# — a case that came by another door —


def asked_by_web():
    return received(text="请问几号供暖？供暖季什么时候开始？", place="")


def test_a_case_that_waits_is_answered_beside_its_page(enter):
    case, client = asked_by_web(), enter("agent")
    assert 'value="heating-season"' in client.get(f"/repeats/{case.number}/").content.decode()
    answer = client.post(f"/repeats/{case.number}/answer/", {"knowledge": "heating-season", "version": "1"})
    case.refresh_from_db()
    assert (answer.url, case.state, case.category.code) == (case.url, "archived", "03.03")


def test_what_cannot_be_cited_leaves_the_case_as_it_was(enter):
    case, client = asked_by_web(), enter("agent")
    client.cookies["lang"] = "en"
    KnowledgeItem.objects.filter(code="heating-season").update(owner=None)
    sent = {"knowledge": "heating-season", "version": "1"}
    page = client.post(f"/repeats/{case.number}/answer/", sent, follow=True).content.decode()
    case.refresh_from_db()
    assert ("Nobody looks after" in page, case.state) == (True, "received")


def test_a_case_that_is_dispatched_is_not_answered_at_once(enter):
    case = dispatched()
    enter("agent").post(f"/repeats/{case.number}/answer/", {"knowledge": "heating-season", "version": "1"})
    case.refresh_from_db()
    assert case.state == "to_accept"


def test_the_dispatcher_is_offered_no_answer_and_may_give_none(enter):
    case, client = asked_by_web(), enter("dispatcher")
    assert "heating-season" not in client.get(f"/repeats/{case.number}/").content.decode()
    sent = {"knowledge": "heating-season", "version": "1"}
    assert client.post(f"/repeats/{case.number}/answer/", sent).status_code == 403


# — the pages —


def test_the_base_is_read_by_all_staff_and_by_nobody_else(enter, client, django_assert_max_num_queries):
    desk = enter("handler.heat")
    desk.get("/knowledge/")
    with django_assert_max_num_queries(6):
        page = desk.get("/knowledge/", {"q": "垃圾分类"})
    assert [one.item.code for one in page.context["versions"]] == ["garbage-sorting"]
    assert client.get("/knowledge/").url == "/login/?next=/knowledge/"
    assert desk.get("/knowledge/nothing/1/").status_code == 404


def test_only_agents_look_while_typing(enter):
    assert enter("dispatcher").post("/agent/look/", {"text": "供暖"}).status_code == 403


def test_the_administration_adds_a_version_and_edits_none(admin_client_of_house):
    add = {"item": item().pk, "title": "供暖季", "text": "新", "source": "公告", "valid_from": str(TODAY)}
    response = admin_client_of_house.post("/admin/collect/knowledgeversion/add/", add)
    assert (response.status_code, item().versions.count()) == (302, 2)
    late = admin_client_of_house.post("/admin/collect/knowledgeversion/add/", {**add, "valid_from": "2020-01-01"})
    assert (late.status_code, item().versions.count()) == (200, 2)
    first = item().versions.get(version=1)
    change = f"/admin/collect/knowledgeversion/{first.pk}/change/"
    admin_client_of_house.post(change, {**add, "valid_to": str(TODAY + timedelta(days=1))})
    first.refresh_from_db()
    assert (first.title, first.valid_to) == ("供暖季起止与室温标准", TODAY + timedelta(days=1))
    assert admin_client_of_house.post(f"/admin/collect/knowledgeversion/{first.pk}/delete/").status_code == 403


@pytest.fixture
def admin_client_of_house(client):
    chief = account("admin")
    chief.is_staff = chief.is_superuser = True
    chief.save()
    client.force_login(chief)
    return client
