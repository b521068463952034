from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress, make

from huiyin.answer.models import ReplyTemplate
from huiyin.answer.replies import end, keep, offered
from huiyin.kernel.moves import Refused
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


def leader():
    return account("leader.qingyuan")


def kept(text="{unit}：{number} 已办。", name="已上门"):
    return keep(account=leader(), unit=Unit.objects.get(code="qingyuan"), name=name, text=text)


def names(case, **on):
    return [reply.name for reply in offered(case, **on)]


def test_a_template_is_offered_filled_in_to_its_unit_only():
    kept()
    own, other = in_progress(), in_progress()
    other.lead = Unit.objects.get(code="heyan")
    assert [reply.text for reply in offered(own)] == [f"清源街道：{own.number} 已办。"]
    assert names(other) == []


def test_what_is_not_a_placeholder_stays_as_it_is():
    kept(text="{0} {number.__class__} {due}")
    case = in_progress()
    assert offered(case)[0].text.startswith("{0} {number.__class__} 20")


def test_the_districts_stand_behind_the_units_own():
    today = timezone.localdate()
    ReplyTemplate.objects.create(name="全区", text="您好", valid_from=today)
    kept(name="本街")
    assert names(in_progress()) == ["本街", "全区"]


def test_a_change_holds_from_today_and_the_old_one_until_then():
    old = kept()
    ReplyTemplate.objects.filter(pk=old.pk).update(valid_from=timezone.localdate() - timedelta(days=9))
    kept(text="新的")
    case, yesterday = in_progress(), timezone.localdate() - timedelta(days=1)
    assert [reply.text for reply in offered(case)] == ["新的"]
    assert [reply.text for reply in offered(case, on=yesterday)] == [f"清源街道：{case.number} 已办。"]


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "supervisor"])
def test_only_the_units_leader_keeps_them(who):
    with pytest.raises(Refused):
        keep(account=account(who), unit=Unit.objects.get(code="qingyuan"), name="别人的", text="x")
    with pytest.raises(Refused):
        end(account=account(who), template=kept())


def test_the_page(enter):
    client = enter("leader.qingyuan")
    unit = Unit.objects.get(code="qingyuan")
    assert client.post("/inbox/templates/", {"unit": unit.pk, "name": "模板", "text": "您好"}).status_code == 302
    assert client.post("/inbox/templates/", {"unit": unit.pk, "name": "", "text": ""}).status_code == 422
    for who, status, keeps in (("handler.qingyuan", 200, False), ("leader.qingyuan", 200, True), ("caller", 403, None)):
        page = enter(who).get("/inbox/templates/")
        assert page.status_code == status
        assert keeps is None or bool(page.context["keeps"]) is keeps
    made = ReplyTemplate.objects.get()
    client.post(f"/inbox/templates/{made.pk}/end/")
    assert names(in_progress()) == []


def test_the_reply_form_offers_it(enter):
    kept()
    case = make("first_contact", case=in_progress(), account=account("handler.qingyuan"), result="已联系")
    page = enter("handler.qingyuan").get(f"/cases/{case.number}/move/submit/").content.decode()
    assert f'data-text="清源街道：{case.number} 已办。"' in page
