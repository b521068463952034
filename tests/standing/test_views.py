import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.district import account
from tests.standing import firms

from huiyin.standing import domain_entries, links
from huiyin.standing.choices import ON_THE_LIST, State
from huiyin.standing.models import Entry, ScoreSheet

pytestmark = pytest.mark.django_db
WORDS = "通道已清，重新划线"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")


def page(client, path):
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_an_unpublished_entry_is_never_public():
    """The same page does show it once it is published: so it could leak."""
    begun = firms.published()
    name = "邻间物业"
    assert name in page(Client(), "/standing/")[1]
    shown = {}
    for state in State:
        Entry.objects.filter(cycle=begun).update(state=state)
        shown[state] = name in page(Client(), "/standing/")[1]
    assert {state for state, is_shown in shown.items() if is_shown} == set(ON_THE_LIST)


def test_the_public_page_tells_reasons_and_dates_and_nothing_of_the_explanation():
    begun = firms.notified()
    domain_entries.explain(firms.entry(begun, "pm-linjian"), by=None, words=WORDS)
    entry = firms.entry(begun, "pm-linjian")
    domain_entries.decide(entry, by=account("reviewer"), accepted=False, reasons="复查仍有堆物")
    firms.time_is_over(begun)
    domain_entries.publish(begun, by=account("supervisor"))
    entry.refresh_from_db()
    told = page(Client(), "/standing/")[1]
    hidden = (WORDS, "复查仍有堆物", str(account("reviewer")), str(account("supervisor")))
    assert [text in told for text in (entry.reasons, f"{entry.expires_on:%Y-%m-%d}")] == [True, True]
    assert [text for text in hidden if text in told] == []


def test_a_company_explains_with_its_account_and_pictures(enter):
    begun = firms.notified()
    mine = firms.entry(begun, "pm-linjian")
    browser = enter(firms.answers_for("pm-linjian"))
    path = f"/standing/mine/{mine.pk}/"
    assert browser.post(path, {"words": WORDS, "pictures": [picture()]}).status_code == 302
    mine.refresh_from_db()
    assert (mine.state, mine.explanation, mine.evidence.count()) == (State.EXPLAINING, WORDS, 1)
    seen = f"/standing/evidence/{mine.evidence.get().pk}/"
    answers = [enter(who).get(seen) for who in ("handler.heat", "reviewer", "handler.qingyuan", "analyst")]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]


def test_the_company_of_another_entry_sees_nothing_of_it(enter):
    begun = firms.notified()
    other, mine = firms.entry(begun, "pm-linjian"), firms.entry(begun, "pm-ruhe")
    browser = enter(firms.answers_for("pm-ruhe"))
    assert [browser.get(f"/standing/mine/{entry.pk}/").status_code for entry in (mine, other)] == [200, 404]
    assert browser.post(f"/standing/mine/{other.pk}/", {"words": WORDS}).status_code == 404
    assert browser.get("/standing/manage/").status_code == 403


def test_before_the_notice_the_company_sees_nothing(enter):
    entry = firms.entry(firms.proposed(), "pm-linjian")
    assert enter(firms.answers_for("pm-linjian")).get(f"/standing/mine/{entry.pk}/").status_code == 404


def test_a_link_explains_once():
    entry = firms.entry(firms.notified(), "pm-linjian")
    path = f"/standing/e/{links.token_of(entry)}/"
    assert page(Client(), path)[0] == 200
    assert [Client().post(path, {"words": words}).status_code for words in (WORDS, "再说一次")] == [302, 409]
    entry.refresh_from_db()
    assert entry.explanation == WORDS


def test_too_late_nothing_typed_is_lost():
    begun = firms.notified()
    firms.time_is_over(begun)
    answer = Client().post(f"/standing/e/{links.token_of(firms.entry(begun, 'pm-linjian'))}/", {"words": WORDS})
    told = answer.content.decode()
    assert (answer.status_code, WORDS in told, "申辩期已于" in told) == (422, True, True)


def test_a_guessed_link_opens_nothing():
    firms.notified()
    assert [page(Client(), f"/standing/e/{token}/")[0] for token in ("ABCDEFGH", "%20")] == [404, 404]


def test_the_whole_way_by_its_buttons(enter):
    begun = firms.cycle()
    supervisor, reviewer = enter("supervisor"), enter("reviewer")
    there = f"/standing/manage/{begun.pk}/"
    for verb in ("propose", "notify", "publish"):
        supervisor.post(f"{there}{verb}/")
    entry = firms.entry(begun, "pm-linjian")
    assert entry.state == State.NOTIFIED  # publishing was refused: its time is not over
    domain_entries.explain(entry, by=None, words=WORDS)
    decided = {"accepted": "no", "reasons": "仍有堆物"}
    door = f"/standing/manage/entries/{entry.pk}/"
    assert supervisor.post(f"{door}decide/", decided).status_code == 422
    assert reviewer.post(f"{door}decide/", decided).status_code == 302
    firms.time_is_over(begun)
    supervisor.post(f"{there}publish/")
    today = timezone.localdate()
    supervisor.post(f"{door}coach/", {"on": today, "words": "约谈", "mend_by": today})
    supervisor.post(f"{door}recheck/", {"on": today, "passed": "yes", "words": "已清"})
    supervisor.post(f"{door}remove/", {"why": "复查通过"})
    entry.refresh_from_db()
    assert (entry.state, entry.removal) == (State.REMOVED, "复查通过")
    assert [page(supervisor, path)[0] for path in (there, door, "/standing/manage/", "/standing/manage/rules/")] == [
        200
    ] * 4


def test_each_counted_part_opens_into_its_cases(enter):
    firms.sheet()
    case = firms.case_at(firms.companies()["pm-ruhe"], 0)
    begun = firms.cycle()
    case.created_at = begun.stretch.start
    case.save(update_fields=["created_at"])
    entry = firms.entry(begun, "pm-ruhe")
    supervisor = enter("supervisor")
    status, told = page(supervisor, f"/standing/manage/entries/{entry.pk}/cases/volume/")
    assert (status, case.number in told or case.title in told) == (200, True)
    assert supervisor.get(f"/standing/manage/entries/{entry.pk}/cases/duty/").status_code == 404


def test_a_sheet_with_a_mistake_changes_nothing(enter):
    begun = firms.cycle()
    before = begun.marks.count()
    file = SimpleUploadedFile("a.csv", "企业,项目,得分,满分\n甲公司,日常检查,1,2".encode())
    answer = enter("supervisor").post(f"/standing/manage/{begun.pk}/sheet/", {"file": file})
    assert (answer.status_code, begun.marks.count()) == (422, before)


def test_weights_that_do_not_sum_are_said_and_nothing_is_lost(enter):
    firms.sheet()
    told = {f"weight_{part}": 10 for part in ("volume", "resolution", "repeat", "inspection", "duty", "owners")}
    told |= {f"points_{part}": "0 100\n9 0" for part in ("volume", "resolution", "repeat")}
    told |= {
        "red_percent": 20,
        "black_percent": 20,
        "explain_days": 5,
        "listed_days": 90,
        "ground": "试",
        "valid_from": "2030-01-01",
    }
    answer = enter("supervisor").post("/standing/manage/rules/", told)
    said = answer.content.decode()
    assert (answer.status_code, "各项权重之和是 60" in said, "9 0" in said) == (422, True, True)


def _rule(**changes):
    weights = {"volume": 15, "resolution": 10, "repeat": 10, "inspection": 25, "duty": 20, "owners": 20}
    told = {f"weight_{part}": weight for part, weight in weights.items()}
    told |= {f"points_{part}": "0 100\n9 0" for part in ("volume", "resolution", "repeat")}
    told |= {"red_percent": 20, "black_percent": 20, "explain_days": 5, "listed_days": 90, "ground": "试"}
    return told | {"valid_from": "2026-01-01"} | changes


@pytest.mark.parametrize("changes", [
    {"listed_days": 0}, {"listed_days": 40000}, {"explain_days": 40000}, {"valid_from": "9999-12-31"},
    {"points_volume": "\n".join(f"{at} {at}" for at in range(30))}, {"points_volume": "0 100000\n10 0"},
    {"points_volume": "0 -1\n10 0"},
])  # fmt: skip
def test_a_score_sheet_that_cannot_be_is_refused_and_nothing_is_lost(enter, changes):
    answer = enter("supervisor").post("/standing/manage/rules/", _rule(**changes))
    kept = [str(value).splitlines()[-1] in answer.content.decode() for value in changes.values()]
    assert (answer.status_code, kept, ScoreSheet.objects.count()) == (422, [True], 0)


@pytest.mark.parametrize("who", ["analyst", "dispatcher", "leader.qingyuan", "handler.heat", "caller"])
def test_the_desk_is_for_those_who_run_it(enter, who):
    begun = firms.cycle()
    assert [enter(who).get(path).status_code for path in ("/standing/manage/", f"/standing/manage/{begun.pk}/")] == [
        403,
        403,
    ]


def test_drafted_reasons_name_nobody():
    """However the note of a deduction came in: what nobody rewords is published as it was drafted."""
    note = "联系人张建国电话13800138000投诉，<img src=x onerror=alert(1)>"
    begun = firms.proposed(more=[("pm-linjian", "deduction", 3, None, note)])
    domain_entries.notify(begun, by=account("supervisor"))
    firms.time_is_over(begun)
    domain_entries.publish(begun, by=account("supervisor"))
    told = page(Client(), "/standing/")[1]
    assert [text in told for text in ("扣 3.00 分", "13800138000", "张建国", "<img src=x")] == [
        True,
        False,
        False,
        False,
    ]
