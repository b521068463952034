import pytest
from tests.district import account, dispatched, in_progress, make

from huiyin.answer.domain import accept
from huiyin.cases.models import Case
from huiyin.cases.seen import first_news, look, mark_news

pytestmark = pytest.mark.django_db


def handler():
    return account("handler.qingyuan")


def leader():
    return account("leader.qingyuan")


def news(*cases, who=None):
    rows = list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    mark_news(who or leader(), rows)
    return [row.has_news for row in rows]


def test_a_row_has_news_once_somebody_moved_it_after_i_looked(django_assert_num_queries):
    looked, never = dispatched(), dispatched()
    look(leader(), looked)
    assert news(looked, never) == [False, False]
    accept(case=looked, account=handler())
    accept(case=never, account=handler())
    assert news(looked, never) == [True, False]
    rows = list(Case.objects.all())
    who = leader()
    with django_assert_num_queries(1):
        mark_news(who, rows)


def test_my_own_move_is_no_news_to_me():
    case = dispatched()
    look(handler(), case)
    accept(case=case, account=handler())
    assert (news(case, who=handler()), look(handler(), case)) == ([False], case.seq)


def test_looking_never_forgets_what_was_seen():
    case = in_progress()
    stale = Case.objects.get(pk=case.pk)
    make("first_contact", case=case, account=handler(), result="已联系")
    look(handler(), stale)
    assert look(handler(), case) == case.seq


def test_the_line_stands_before_the_first_event_of_somebody_else(enter):
    case = dispatched()
    page = enter("leader.qingyuan").get(f"/cases/{case.number}/")
    assert page.context["news_at"] is None  # the first look: all is new, so nothing is
    accept(case=case, account=handler())
    page = enter("leader.qingyuan").get(f"/cases/{case.number}/")
    assert page.context["news_at"] == case.seq
    assert "上次查看之后" in page.content.decode()
    assert enter("leader.qingyuan").get(f"/cases/{case.number}/").context["news_at"] is None


def test_nothing_is_new_to_whoever_never_looked():
    assert first_news(handler(), [], None) is None


def test_the_inbox_shows_the_dot(enter):
    case = in_progress()
    look(leader(), case)
    make("first_contact", case=case, account=handler(), result="已联系")
    page = enter("leader.qingyuan").get("/inbox/?tab=in_progress")
    assert [row.has_news for row in page.context["page"].rows] == [True]
    assert "有新进展" in page.content.decode()
