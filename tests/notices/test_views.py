"""The bell and what stands behind it: one's own notices, and nobody else's."""

import pytest
from tests.district import account

from huiyin.notices.domain import notify
from huiyin.notices.models import Notice, Preference
from huiyin.notices.sending import addresses

pytestmark = pytest.mark.django_db
SECRET = "ntfy://ntfy.example/a-token"


def tell(username, count=1, **changes):
    for number in range(count):
        fact = {
            "key": f"timer:{number}",
            "subject": f"签收时限已用50%：MH-2611-0000{number}",
            "text": "暖气不热",
            "url": "/cases/MH-2611-00001/",
        }
        notify(accounts=[account(username)], **(fact | changes))
    return Notice.objects.filter(account=account(username)).order_by("id").last()


def test_the_page_lists_ones_own_newest_first(enter):
    tell("handler.qingyuan", 2)
    page = enter("handler.qingyuan").get("/notices/").content.decode()
    assert page.index("MH-2611-00001") < page.index("MH-2611-00000")
    assert "MH-2611-00001" not in enter("leader.qingyuan").get("/notices/").content.decode()


def test_an_empty_page_says_so(enter):
    assert "没有提醒" in enter("caller").get("/notices/").content.decode()


def test_strangers_are_sent_to_the_sign_in(client):
    for path in ("/notices/", "/notices/bell/", "/notices/settings/"):
        assert client.get(path).status_code == 302


def test_the_bell_counts_what_is_not_read(enter):
    tell("caller", 3)
    browser = enter("caller")
    assert "3 条未读" in browser.get("/notices/bell/").content.decode()
    browser.post("/notices/read/")
    assert "未读" not in browser.get("/notices/bell/").content.decode()


def test_the_bell_is_one_cheap_query(enter, django_assert_num_queries):
    browser = enter("caller")
    with django_assert_num_queries(3):  # session, account with its roles, the count
        browser.get("/notices/bell/")


def test_following_reads_it_and_leads_to_the_case(enter):
    notice = tell("caller")
    answer = enter("caller").post(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer.url) == (302, "/cases/MH-2611-00001/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_nobody_follows_anothers_notice(enter):
    notice = tell("caller")
    assert enter("leader.qingyuan").post(f"/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_pages_of_fifty(enter):
    tell("caller", 60)
    browser = enter("caller")
    first = browser.get("/notices/")
    assert len(first.context["notices"]) == 50
    assert len(browser.get(f"/notices/?before={first.context['older']}").context["notices"]) == 10


def test_the_list_asks_little(enter, django_assert_num_queries):
    tell("caller", 50)
    browser = enter("caller")
    browser.get("/notices/")
    with django_assert_num_queries(3):  # session, account with its roles, the notices
        browser.get("/notices/")


def test_addresses_are_kept_encrypted(enter):
    answer = enter("caller").post(
        "/notices/settings/",
        {
            "addresses": SECRET,
            "digests": "16:30 09:00",
            "muted": ["whistle"],
            "quiet_from": "22:00",
            "quiet_to": "07:00",
        },
    )
    assert answer.status_code == 302
    preference = Preference.objects.get(account=account("caller"))
    assert b"token" not in bytes(preference.sealed)
    assert addresses(preference) == [SECRET]
    assert (preference.digests, preference.muted) == (["09:00", "16:30"], ["whistle"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"addresses": "nonsense://"}, "第 1 行不是"),
        ({"addresses": f"{SECRET}\njson://127.0.0.1/reach-into-the-house"}, "第 2 行不是"),
        ({"digests": "nine"}, "09:00 13:30"),
        ({"quiet_from": "22:00"}, "要么都填"),
        ({"addresses": "\n".join([SECRET] * 6)}, "最多五个"),
    ],
)
def test_what_is_wrong_is_said(enter, typed, said):
    answer = enter("caller").post("/notices/settings/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Preference.objects.exists()


def test_one_notice_for_many_leads_to_each_case(enter):
    lines = "反馈送审：MH-2611-00163\n签收已超期：MH-2611-00164"
    tell("caller", key="case:bundle:2026-11-24T09:04", text=lines)
    page = enter("caller").get("/notices/").content.decode()
    assert 'href="/cases/MH-2611-00163/"' in page
    assert 'href="/cases/MH-2611-00164/"' in page
