from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress

from huiyin.cases.moving import record
from huiyin.kernel.moves import Refused
from huiyin.notices.domain import notify
from huiyin.notices.models import Notice
from huiyin.people.covers import covered_by, end_cover, set_cover, stand_in
from huiyin.people.models import Account, Cover, Membership

pytestmark = pytest.mark.django_db


def handler():
    return account("handler.qingyuan")


def leader():
    return account("leader.qingyuan")


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def covered(first=0, last=3):
    return set_cover(away=handler(), by=leader(), first=day(first), last=day(last), account=handler())


def reassigned():
    case = in_progress()
    return record(case=case, account=leader(), kind="reassign", values={"assignee": handler().pk}).assignee


def test_what_is_handed_to_somebody_away_goes_to_the_cover():
    assert reassigned() == handler()
    covered()
    assert reassigned() == leader()


def test_notices_reach_the_cover_once():
    covered()
    said = {"key": "case:1", "subject": "MH-1 转给您", "text": "", "url": "/inbox/"}
    assert notify(accounts=[handler()], **said) == 2
    assert notify(accounts=[handler(), leader()], **said) == 0
    assert set(Notice.objects.values_list("account", flat=True)) == {handler().pk, leader().pk}


@pytest.mark.parametrize(("first", "last"), [(1, 3), (-5, -1)])
def test_a_cover_holds_on_its_days_only(first, last):
    Cover.objects.create(away=handler(), by=leader(), first=day(first), last=day(last), set_by=handler())
    assert (stand_in(handler().pk), covered_by(leader())) == (handler().pk, [])


def test_ended_early_all_is_as_before(enter):
    cover = covered()
    assert [one.away for one in enter("leader.qingyuan").get("/inbox/").context["covering"]] == [handler()]
    for who, status in (("dispatcher", 302), ("handler.heyan", 302)):
        assert enter(who).post(f"/inbox/cover/{cover.pk}/end/").status_code == status
    assert reassigned() == leader()
    enter("handler.qingyuan").post(f"/inbox/cover/{cover.pk}/end/")
    assert reassigned() == handler()


def test_mine_includes_whom_i_cover(enter):
    case = record(case=in_progress(), account=leader(), kind="reassign", values={"assignee": handler().pk})

    def mine():
        page = enter("leader.qingyuan").get("/inbox/?tab=in_progress&mine=1")
        return [row.number for row in page.context["page"].rows]

    assert mine() == []
    covered()
    assert mine() == [case.number]


@pytest.mark.parametrize(
    ("away", "by", "first", "last", "who"),
    [
        ("handler.qingyuan", "handler.heyan", 0, 3, "handler.qingyuan"),  # another unit
        ("handler.qingyuan", "handler.qingyuan", 0, 3, "handler.qingyuan"),  # oneself
        ("leader.qingyuan", "handler.qingyuan", 0, 3, "handler.qingyuan"),  # for the leader
        ("handler.qingyuan", "leader.qingyuan", 0, 3, "leader.heyan"),  # a stranger's leader
        ("handler.qingyuan", "leader.qingyuan", -3, -1, "handler.qingyuan"),  # gone by
        ("handler.qingyuan", "leader.qingyuan", 3, 1, "handler.qingyuan"),  # ends before it begins
    ],
)
def test_who_may_cover_whom(away, by, first, last, who):
    with pytest.raises(Refused):
        set_cover(away=account(away), by=account(by), first=day(first), last=day(last), account=account(who))


def test_one_cover_at_a_time():
    cover = covered()
    with pytest.raises(Refused):
        covered(2, 9)
    end_cover(cover=cover, account=handler())
    assert covered(2, 9).first == day(2)


def test_setting_it_on_the_page(enter):
    sent = {"away": handler().pk, "by": leader().pk, "first": day(0), "last": day(2)}
    assert enter("handler.qingyuan").post("/inbox/cover/", sent).status_code == 302
    assert enter("handler.qingyuan").post("/inbox/cover/", sent).status_code == 422  # set already
    assert [str(one.by) for one in enter("leader.qingyuan").get("/inbox/cover/").context["covers"]] == [str(leader())]
    assert enter("handler.heyan").get("/inbox/cover/").context["covers"] == []
    assert enter("caller").get("/inbox/cover/").context["covers"] == []


def test_a_caller_is_covered_by_a_caller_of_the_same_unit_and_by_nobody_else(enter):
    hotline = account("caller").unit
    other = Account.objects.create(username="caller.2", name="回访员二", unit=hotline)
    with pytest.raises(Refused):
        set_cover(away=account("caller"), by=other, first=day(0), last=day(1), account=account("caller"))
    Membership.objects.create(account=other, role="caller", unit=hotline)
    made = set_cover(away=account("caller"), by=other, first=day(0), last=day(1), account=account("caller"))
    assert stand_in(account("caller").pk) == made.by_id == other.pk
