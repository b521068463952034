from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, to_call_back
from tests.rounds.morning import checked, closed, found, hire, numbers, picture, today

from huiyin.cases.domain import Step, act, act_as
from huiyin.cases.draft import RESIDENT
from huiyin.cases.models import Attachment, Case, Event
from huiyin.cases.rebuild import check_cases
from huiyin.cases.store import Conflict
from huiyin.evaluate.domain import record as judge
from huiyin.kernel.moves import Refused
from huiyin.notices.models import Notice
from huiyin.people.models import Account
from huiyin.review import figures, periods
from huiyin.rounds import domain
from huiyin.rounds.distance import Spot
from huiyin.rounds.models import Check

pytestmark = pytest.mark.django_db
POINT = {"lat_e3": 36501, "lon_e3": 116003}


def kinds(case):
    return list(Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))


def told(who):
    return [notice.key for notice in Notice.objects.filter(account=account(who)) if notice.kind == "check"]


def record(check, who="checker", **changes):
    return domain.record(check=check, account=account(who), finding=found(**changes))


def test_draw_spreads_evenly_over_the_independent_and_tells_each_once():
    numbers(checks_random_per_mille=1000)
    for _ in range(4):
        closed()
    assert domain.draw(today()) == 4
    held = {check.checker.username for check in Check.objects.all()}
    # Qingyuan's own grid checker has none of Qingyuan's.
    assert held == {"checker", "checker.heyan"}
    assert [Check.objects.filter(checker=account(who)).count() for who in sorted(held)] == [2, 2]
    assert {who: told(who) for who in ("checker", "checker.heyan", "checker.qingyuan")} == {
        "checker": [f"check:day:{today()}"],
        "checker.heyan": [f"check:day:{today()}"],
        "checker.qingyuan": [],
    }


def test_draw_of_a_day_is_drawn_once():
    closed()
    assert (domain.draw(today()), domain.draw(today())) == (1, 0)
    closed(mismatches=1)
    assert domain.draw(today()) == 0


def test_draw_with_nobody_independent_leaves_it_untaken():
    Account.objects.filter(username__in=["checker", "checker.heyan"]).update(is_active=False)
    closed()
    domain.draw(today())
    assert Check.objects.get().checker is None


def test_record_is_the_move_with_photograph_and_place():
    case = closed(**POINT)
    check, at = checked(case), timezone.now() - timedelta(minutes=5)
    case = record(check, spot=Spot(36.5012, 116.0028), accuracy_m=12, visited_at=at)
    check.refresh_from_db()
    event = Event.objects.get(case=case, kind="verify")
    (photograph,) = Attachment.objects.filter(case=case)
    assert event.public == {
        "agrees": True, "place": "东里小区南门", "text": "去看过了", "attachments": [photograph.sha256],
        "lat_e3": 36501, "lon_e3": 116003, "distance_m": 30,
    }  # fmt: skip
    assert (case.verified, case.state, case.mismatches) == (True, "to_call_back", 0)
    assert (check.result, check.seq, check.done_at, check.distance_m, check.accuracy_m, check.visited_at) == (
        "matches", event.seq, event.at, 30, 12, at,
    )  # fmt: skip


def test_record_far_away_is_recorded_as_far():
    check = checked(closed(**POINT))
    record(check, spot=Spot(36.512, 116.003))
    assert Check.objects.get().distance_m == 1220


def test_record_without_the_phones_place_knows_no_distance():
    case = record(checked(closed(**POINT)))
    assert Event.objects.get(case=case, kind="verify").public.keys() == {"agrees", "place", "text", "attachments"}


@pytest.mark.parametrize("missing", [{"pictures": []}, {"place": ""}])
def test_record_needs_photograph_and_place(missing):
    check = checked(closed())
    with pytest.raises(Refused) as refused:
        record(check, **missing)
    assert (refused.value.code, Check.objects.get().done_at, Attachment.objects.count()) == ("needs", None, 0)


def test_record_with_a_photograph_that_the_case_has_is_refused():
    case, same = to_call_back(), picture()
    record(checked(case), pictures=[same])
    with pytest.raises(Refused) as refused:
        record(checked(case, today() + timedelta(days=1)), pictures=[same])
    assert refused.value.code == "pictures"


def test_a_mismatch_reopens_with_a_new_date_counts_and_tells():
    case = to_call_back()
    judge(case=case, actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")
    case = record(checked(case), agrees=False, text="路灯还是不亮")
    assert kinds(case)[-3:] == ["archive", "verify", "reopen"]
    assert (case.state, case.verified, case.mismatches, case.reopened) == ("in_progress", False, 1, 1)
    assert (case.closed_at, case.solved, case.valid_callback, case.evaluated_at) == (None, None, None, None)
    assert case.due_at > timezone.now()
    reopened = Event.objects.get(case=case, kind="reopen")
    assert (reopened.role, bool(reopened.public["trace"])) == ("system", True)
    key = f"check:mismatch:{case.number}:{reopened.seq - 1}"
    assert [told(who) for who in ("handler.qingyuan", "leader.qingyuan", "supervisor", "handler.heyan")] == [
        [key], [key], [key], [],
    ]  # fmt: skip
    assert Check.objects.get().result == "mismatch"
    assert [one.differs for one in check_cases() if one.differs] == []


def test_after_a_mismatch_no_rate_counts_it_solved():
    case = to_call_back()
    judge(case=case, actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")

    def counted():
        sums, _ = figures.of_group(periods.read(f"{today()}"))
        return [(sums["all"][name].numerator, sums["all"][name].denominator) for name in ("closed", "resolution")]

    before = counted()
    record(checked(case), agrees=False)
    figures.cache.clear()
    assert (before, counted()) == ([(1, None), (1, 1)], [(0, None), (0, 0)])


def test_a_mismatch_from_any_door_does_the_same():
    case = closed()
    checked(case, who="checker.heyan")
    said = {"agrees": False, "place": "东里小区", "attachments": ["0" * 64]}
    case = act(case=case, steps=[Step("verify", said)], account=account("checker"))
    check = Check.objects.get()
    assert (case.state, check.result, check.checker) == ("in_progress", "mismatch", account("checker"))


def test_pressed_twice_is_recorded_once():
    case, finding = closed(), found(agrees=False)
    check = checked(case)
    for _ in range(2):
        domain.record(check=check, account=account("checker"), finding=finding)
    assert (kinds(case).count("verify"), kinds(case).count("reopen")) == (1, 1)


def test_another_result_after_the_first_is_refused():
    check = checked(closed())
    record(check)
    with pytest.raises(Refused) as refused:
        record(check, agrees=False)
    assert refused.value.code == "done"


def test_of_two_checkers_one_takes_it():
    check = checked(closed(), who=None)
    domain.take(check=check, account=account("checker"))
    with pytest.raises(Refused) as refused:
        domain.take(check=check, account=account("checker.heyan"))
    assert (refused.value.code, Check.objects.get().checker) == ("taken", account("checker"))
    with pytest.raises(Refused):
        record(check, who="checker.heyan")


def test_of_two_checkers_on_an_untaken_one_the_first_to_record_counts():
    case = closed()
    check = checked(case, who=None)
    record(check, who="checker.heyan")
    with pytest.raises(Refused):
        record(check, who="checker")
    assert (kinds(case).count("verify"), Check.objects.get().checker) == (1, account("checker.heyan"))


def test_a_case_that_moved_meanwhile_is_a_conflict(monkeypatch):
    case = closed()
    check = checked(case)
    held = Check.objects.select_related("case").get()
    monkeypatch.setattr(domain, "_held", lambda *_: held)
    act_as(case=case, steps=[Step("supplement", {"text": "又来了"})], actor=RESIDENT)
    with pytest.raises(Conflict):
        record(check)
    assert Check.objects.get().done_at is None


@pytest.mark.parametrize("verb", ["record", "take", "could_not", "hand_over"])
def test_nobody_of_the_handling_unit_checks_its_own_case(verb):
    check, own = checked(closed(), who=None), account("checker.qingyuan")
    calls = {
        "record": lambda: record(check, who="checker.qingyuan"),
        "take": lambda: domain.take(check=check, account=own),
        "could_not": lambda: domain.could_not(check=check, account=own, words="没找到"),
        "hand_over": lambda: domain.hand_over(check=check, to=own, by=account("supervisor")),
    }
    with pytest.raises(Refused) as refused:
        calls[verb]()
    assert (refused.value.code, Check.objects.get().checker, Check.objects.get().done_at) == ("guard", None, None)


def test_could_not_keeps_why_masked_and_leaves_the_case_alone():
    case = closed()
    check = checked(case)
    for _ in range(2):
        domain.could_not(check=check, account=account("checker"), words="大门锁着，门卫张三丰电话13900000421。")
    check.refresh_from_db()
    assert (check.result, "13900000421" in check.words, check.words[:5]) == ("failed", False, "大门锁着，")
    assert (Case.objects.get(pk=case.pk).seq, Case.objects.get(pk=case.pk).verified) == (case.seq, None)


def test_hand_over_is_told_and_only_by_who_decides():
    check, other = checked(closed()), hire("checker.2")
    domain.hand_over(check=check, to=other, by=account("supervisor"))
    assert (Check.objects.get().checker, len(told("checker.2"))) == (other, 1)
    with pytest.raises(Refused):
        domain.hand_over(check=check, to=account("checker"), by=account("checker"))
    with pytest.raises(Refused):
        domain.hand_over(check=check, to=account("handler.heyan"), by=account("supervisor"))
    record(check, who="checker.2")
    with pytest.raises(Refused):
        domain.hand_over(check=check, to=account("checker"), by=account("supervisor"))


@pytest.mark.parametrize("kind", ["reopen", "evaluate"])
def test_a_case_that_went_back_to_its_unit_needs_no_check(kind):
    case = to_call_back()
    check = checked(case)
    if kind == "reopen":
        told = {"reason": "群众再次反映", "due_at": (timezone.now() + timedelta(days=5)).isoformat()}
        act(case=case, steps=[Step("reopen", told)], account=account("supervisor"))
    else:
        judge(case=case, actor=RESIDENT, contacted=True, solved=False, satisfaction="dissatisfied")
    assert Check.objects.get().result == "gone"
    with pytest.raises(Refused):
        record(check)
