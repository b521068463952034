"""A bulletin from its cut-off to its number."""

import hashlib
from datetime import date

import pytest
from django.utils import timezone
from tests.bulletins.desk import drafted, issued, saved, signed
from tests.district import account
from tests.review import november

from huiyin.bulletins import domain, drafting
from huiyin.bulletins.choices import Kind, Stage
from huiyin.bulletins.counting import counted
from huiyin.bulletins.models import Bulletin
from huiyin.cases.models import Case
from huiyin.notices.models import Notice
from huiyin.review import figures, periods
from huiyin.review.models import Freeze, MonthEnds, ScoreRule

pytestmark = pytest.mark.django_db
MONTH = "assess:2025-11"  # 19 October to 18 November


@pytest.fixture(autouse=True)
def _cases():
    november.load()


def test_a_monthly_one_tells_the_figures_counted_by_hand():
    made = drafted(Kind.MONTHLY, MONTH)
    whole = made.counted["whole"]
    assert (whole["received"]["text"], whole["received"]["before"], whole["received"]["change"]) == ("16", "0", "—")
    assert made.sections[0]["text"].startswith(
        "2025年11月考核期（10月19日至11月18日），共受理群众诉求16件[1]，上期没有可比的数；"
    )
    assert (made.title, made.stage, made.said_number) == (
        "关于2025年11月考核期接诉即办工作情况的通报", Stage.DRAFT, "通报（未编号，草稿）",
    )  # fmt: skip


def test_it_weighs_and_compares_as_the_page_of_rates_does():
    ScoreRule.objects.create(response=20, satisfaction=30, resolution=50, valid_from=date(2025, 1, 1))
    MonthEnds.objects.create(label="assess:2025-10", first=date(2025, 9, 25), last=date(2025, 10, 18))
    made, period = drafted(Kind.MONTHLY, MONTH), periods.read(MONTH)
    page = figures.table("unit", period)
    before = periods.compared(period, page.as_of)
    defined = next(row["definition"] for row in made.numbers if row["name"] == "score")
    assert made.counted["whole"]["score"]["text"] == page.pooled["all"]["score"].text
    assert made.counted["before"]["label"] == before.label
    assert made.counted["before"]["said"] == "2025年10月考核期（9月25日至10月18日）"
    assert defined.startswith(page.measures["score"].exclusions_zh)


def test_every_number_of_the_text_stands_in_the_appendix_and_nothing_else_does():
    made = drafted(Kind.MONTHLY, MONTH)
    text = "".join(one["text"] for one in made.sections)
    assert [row["mark"] for row in made.numbers] == list(range(1, text.count("[") + 1))
    assert [row for row in made.numbers if f"[{row['mark']}]" not in text or not row["definition"]] == []


@pytest.mark.parametrize(
    ("kind", "period"), [(Kind.MONTHLY, MONTH), (Kind.WEEKLY, "2025-W45"), (Kind.DAILY, "day:2025-11-07")]
)
def test_made_again_from_its_cut_off_alone_it_is_the_same_whatever_happened_since(kind, period):
    made = issued(drafted(kind, period))
    Case.objects.update(excluded=True, solved=False, valid_callback=False, lead=None, category=None)
    again = counted(Freeze.objects.get(pk=made.freeze_id), topic=made.topic)
    fresh = Bulletin.objects.get(pk=made.pk)
    assert (again, drafting.sections(kind, again)) == (fresh.counted, (fresh.sections, fresh.numbers))


def test_it_uses_the_cut_off_made_after_the_period():
    from huiyin.review import freezing  # noqa: PLC0415 - needs django.setup()

    frozen = freezing.freeze(periods.read(MONTH), by=account("supervisor"))
    assert (drafted(Kind.MONTHLY, MONTH).freeze, Freeze.objects.count()) == (frozen, 1)


@pytest.mark.parametrize(
    ("kind", "period", "says"),
    [
        (Kind.DAILY, MONTH, "day:2026-11-27"),
        (Kind.MONTHLY, "2025-11", "assess:2026-11"),
        (Kind.MONTHLY, "assess:1999-01", "没有受理"),
    ],
)
def test_a_period_that_does_not_fit_or_has_no_case_is_refused_and_nothing_is_frozen(kind, period, says):
    with pytest.raises(ValueError, match=says):
        drafted(kind, period)
    assert Freeze.objects.count() == 0


def test_a_topic_counts_its_matter_alone():
    with pytest.raises(ValueError, match="专题"):
        drafted(Kind.TOPIC, topic=None)
    made = drafted()
    found = Case.objects.filter(category__code__startswith="03", created_at__year=2025, created_at__month=11).count()
    assert (made.counted["whole"]["received"]["text"], made.title) == (str(found), "关于供暖诉求情况的专报")


def test_numbers_are_given_without_a_gap_by_kind_and_year():
    monthly = [issued(drafted(Kind.MONTHLY, MONTH)) for _ in range(2)]
    weekly = issued(drafted(Kind.WEEKLY, "2025-W45"))
    year = timezone.localdate().year
    assert [one.said_number for one in (*monthly, weekly)] == [
        f"通报〔{year}〕1号", f"通报〔{year}〕2号", f"周报〔{year}〕1号",
    ]  # fmt: skip


def test_a_second_press_gives_no_second_number():
    made = signed(drafted(Kind.MONTHLY, MONTH))
    seen = made.version
    domain.issue(bulletin=made, by=account("supervisor"), version=seen)
    with pytest.raises(domain.Late):
        domain.issue(bulletin=made, by=account("supervisor"), version=seen)
    assert issued(drafted(Kind.MONTHLY, MONTH)).number == made.number + 1


def test_the_file_is_kept_as_it_was_issued_and_leaders_are_told():
    made = issued(drafted(Kind.MONTHLY, MONTH))
    with made.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == made.sha256
    assert Notice.objects.filter(key=f"bulletin:{made.pk}", account=account("leader.qingyuan")).count() == 1


def test_a_number_that_was_not_counted_keeps_it_from_being_signed():
    made = drafted(Kind.MONTHLY, MONTH)
    saved(made, late="超期99件[1]，见[98]。")
    with pytest.raises(ValueError, match="16"):
        signed(made)
    signed(saved(made, late="与上期相比，共16件[1]。"))
    assert made.stage == Stage.SIGNED


def test_what_is_signed_is_not_written_any_more_until_it_is_taken_back():
    made = signed(drafted(Kind.MONTHLY, MONTH))
    with pytest.raises(domain.Late):
        saved(made, next="改一改")
    domain.take_back(bulletin=made, by=account("supervisor"), version=made.version)
    saved(made, next="改一改\x0b")
    assert (made.sections[-1]["text"], made.signed_by) == ("改一改", None)


def test_an_analyst_drafts_and_does_not_sign():
    with pytest.raises(ValueError, match="督办"):
        domain.sign(bulletin=drafted(Kind.MONTHLY, MONTH), by=account("analyst"), version=1)
