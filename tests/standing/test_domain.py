from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.district import account
from tests.standing import firms
from tests.threads import at_once

from huiyin.assign.queries import calendar
from huiyin.cli.simulate.standing import _PARTS
from huiyin.standing import domain, domain_entries, domain_rules, queries
from huiyin.standing.choices import Listed, Stage, State, Verb
from huiyin.standing.log import Late
from huiyin.standing.models import Estate, ScoreSheet

pytestmark = pytest.mark.django_db
WORDS = "已整改"


def who(name):
    return account(name)


def explained(begun, code="pm-linjian"):
    entry = firms.entry(begun, code)
    domain_entries.explain(entry, by=None, words=WORDS)
    return entry


def test_scores_ranks_and_lists():
    begun = firms.proposed()
    told = [(e.company.unit.code, e.score, e.rank, e.listed) for e in begun.entries.all()]
    assert told == [
        ("pm-ruhe", Decimal("95.94"), 1, Listed.RED), ("pm-muan", Decimal("83.75"), 2, Listed.NONE),
        ("pm-huaiyin", Decimal("75.63"), 3, Listed.NONE), ("pm-linjian", Decimal("59.38"), 4, Listed.BLACK),
    ]  # fmt: skip


def test_the_hotlines_part_counts_the_cases_at_the_companys_estates():
    firms.sheet()
    ruhe = firms.companies()["pm-ruhe"]
    last = timezone.localtime().replace(day=1) - timedelta(days=5)
    ago = (timezone.localtime() - last).days
    for days in (ago, ago, ago + 60):
        firms.case_at(ruhe, days)
    volume = firms.entry(firms.cycle(), "pm-ruhe").parts[0]
    assert (volume["numerator"], volume["denominator"], volume["value"]) == ("2", "300", "0.67")


def test_a_company_without_households_is_left_out_with_the_reason():
    firms.sheet(red_percent=40, black_percent=40)
    firms.companies()
    Estate.objects.filter(company__unit__code="pm-muan").update(households=None)
    entry = firms.entry(firms.proposed(), "pm-muan")
    assert (entry.score, entry.rank, entry.left_out, entry.listed) == (None, None, "有小区户数不明", Listed.NONE)


def test_a_company_whose_checks_are_missing_is_left_out():
    entry = firms.entry(firms.cycle(marks={"pm-ruhe": 90}), "pm-muan")
    assert (entry.rank, entry.left_out) == (None, "没有导入：日常检查、履职检查、业主评价")


def test_scored_again_it_replaces_until_the_list_is_proposed():
    begun = firms.cycle()
    domain.compute(cycle=begun, by=who("supervisor"))
    assert begun.entries.count() == 4
    domain.propose(cycle=begun, by=who("supervisor"))
    for verb in (domain.compute, domain.propose):
        with pytest.raises(Late):
            verb(cycle=begun, by=who("supervisor"))


def test_a_period_is_begun_once_and_only_when_it_is_over():
    firms.cycle()
    for period, said in (("last-month", "已经开始了"), ("this-month", "还没有结束")):
        with pytest.raises(ValueError, match=said):
            domain.begin(period=period, by=who("supervisor"))


def test_the_notice_gives_five_working_days():
    begun = firms.notified()
    until = firms.entry(begun, "pm-linjian").explain_until.astimezone(calendar().tz).date()
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in range(1, (until - today).days + 1)]
    assert sum(calendar().is_workday(day) for day in days) == 5


def test_fewer_than_five_working_days_are_refused():
    with pytest.raises(ValueError, match="至少五个工作日"):
        firms.sheet(explain_days=4)


def test_not_published_before_the_time_is_over():
    begun = firms.notified()
    with pytest.raises(ValueError, match="之后才能公布"):
        domain_entries.publish(begun, by=who("supervisor"))
    assert list(queries.public()) == []


def test_not_published_while_an_explanation_is_open():
    begun = firms.notified()
    explained(begun)
    firms.time_is_over(begun)
    with pytest.raises(ValueError, match="邻间物业的申辩还没有裁定"):
        domain_entries.publish(begun, by=who("supervisor"))
    assert {entry.state for entry in begun.entries.exclude(listed=Listed.NONE)} == {State.NOTIFIED, State.EXPLAINING}


def test_explained_after_its_time_is_told_so():
    begun = firms.notified()
    firms.time_is_over(begun)
    with pytest.raises(ValueError, match="申辩期已于"):
        explained(begun)


def test_explained_twice_the_second_is_late():
    begun = firms.notified()
    explained(begun)
    with pytest.raises(Late):
        explained(begun)


def test_whoever_proposed_does_not_decide():
    entry = explained(firms.notified())
    with pytest.raises(ValueError, match="要由别人裁定"):
        domain_entries.decide(entry, by=who("supervisor"), accepted=True, reasons="属实")


def test_of_two_deciders_one_decides():
    entry = explained(firms.notified())
    domain_entries.decide(entry, by=who("reviewer"), accepted=True, reasons="属实")
    with pytest.raises(Late):
        domain_entries.decide(entry, by=who("reviewer"), accepted=False, reasons="不属实")
    assert (entry.state, entry.decision) == (State.SPARED, "属实")


def test_an_accepted_explanation_keeps_it_off_the_list():
    begun = firms.notified()
    domain_entries.decide(explained(begun), by=who("reviewer"), accepted=True, reasons="属实")
    firms.time_is_over(begun)
    assert domain_entries.publish(begun, by=who("supervisor")) == 1
    assert [str(entry) for entry in queries.public()] == ["如禾物业"]


def test_coached_rechecked_and_taken_off():
    begun, today = firms.published(), timezone.localdate()
    entry, by = firms.entry(begun, "pm-linjian"), who("supervisor")
    with pytest.raises(Late):
        domain_entries.remove(entry, by=by, why="已整改")
    domain_entries.coach(entry, by=by, on=today, words="约谈", mend_by=today)
    domain_entries.recheck(entry, by=by, on=today, passed=False, words="还有堆物")
    domain_entries.recheck(entry, by=by, on=today, passed=True, words="已清")
    domain_entries.remove(entry, by=by, why="复查通过")
    verbs = list(entry.log.values_list("verb", flat=True))
    assert verbs == [Verb.NOTIFIED, Verb.PUBLISHED, Verb.COACHED, Verb.FAILED, Verb.PASSED, Verb.REMOVED]
    assert [str(entry) for entry in queries.public()] == ["如禾物业"]


def test_entries_expire_on_their_day_even_before_the_night():
    begun = firms.published()
    last = timezone.localdate() + timedelta(days=180)
    assert [queries.public(day).count() for day in (last - timedelta(days=1), last)] == [2, 0]
    assert [domain_entries.expire(day) for day in (last - timedelta(days=1), last, last)] == [0, 2, 0]
    assert firms.entry(begun, "pm-ruhe").state == State.EXPIRED


def test_a_veto_is_listed_and_said():
    begun = firms.proposed(more=[("pm-muan", "veto", Decimal(0), None, "拒不移交：北里小区")])
    entry = firms.entry(begun, "pm-muan")
    assert (entry.listed, "一票否决：拒不移交" in entry.reasons) == (Listed.BLACK, True)


def test_names_and_numbers_in_reasons_are_masked():
    entry = firms.entry(firms.proposed(), "pm-linjian")
    domain_entries.reword(entry, by=who("supervisor"), reasons="联系人张三丰，电话13900000421。")
    assert "13900000421" not in entry.reasons


def test_versions_do_not_reach_back():
    firms.sheet()
    with pytest.raises(ValueError, match="今天或以后"):
        firms.sheet()
    assert domain_rules.ScoreSheet.objects.count() == 1


def test_a_cycle_goes_stage_by_stage():
    begun = firms.published()
    assert begun.stage == Stage.PUBLISHED
    with pytest.raises(Late):
        domain_entries.publish(begun, by=who("supervisor"))


def test_a_re_check_lies_between_the_last_talk_and_today():
    begun, today = firms.published(), timezone.localdate()
    entry, by = firms.entry(begun, "pm-linjian"), who("supervisor")
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValueError, match="谈话日期在公布之后、今天以前"):
            domain_entries.coach(entry, by=by, on=day, words="约谈", mend_by=today + timedelta(days=9))
    domain_entries.coach(entry, by=by, on=today, words="约谈", mend_by=today)
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValueError, match="复查日期在最近一次谈话之后、今天以前"):
            domain_entries.recheck(entry, by=by, on=day, passed=True, words="已清")
    assert (entry.state, entry.rechecks.count(), entry.coachings.count()) == (State.COACHING, 0, 1)


def test_a_point_beyond_a_hundred_is_refused():
    """It would be more than a score can hold."""
    parts = {part: dict(told) for part, told in _PARTS.items()}
    parts["volume"]["points"] = [["0", "100000"], ["10", "0"]]
    with pytest.raises(ValueError, match="得分在 0 到 100 之间"):
        firms.sheet(parts=parts)


@pytest.mark.django_db(transaction=True)
def test_of_two_sheets_set_at_once_one_is_told_so():
    firms.sheet()
    ahead = timezone.localdate() + timedelta(days=1)
    told = {name: getattr(ScoreSheet.objects.get(), name) for name in ("parts", "vetoes", "red_percent", "ground")}
    told |= {"black_percent": 20, "explain_days": 5, "listed_days": 90}
    answers = at_once([lambda: domain_rules.set_sheet(by=None, valid_from=ahead, **told)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["ScoreSheet", "ValueError"]
    assert list(ScoreSheet.objects.values_list("version", flat=True)) == [2, 1]


def test_a_list_with_nobody_on_it_is_not_proposed():
    """A fifth of four companies is none; the cycle stays open for a sheet that says more."""
    firms.sheet(red_percent=20, black_percent=20)
    begun = firms.cycle()
    with pytest.raises(ValueError, match="没有企业上榜"):
        domain.propose(cycle=begun, by=who("supervisor"))
    begun.refresh_from_db()
    assert begun.stage == Stage.SCORED
