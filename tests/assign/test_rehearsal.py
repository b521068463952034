"""A rehearsal gives what the rules give one by one."""

from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from django.utils import timezone
from tests.district import account, received

from huiyin.assign.domain import plan_for
from huiyin.assign.domain_changes import propose, put
from huiyin.assign.models import CatalogueRule, DeadlineRule
from huiyin.assign.queries import calendar, forget_rules
from huiyin.assign.rehearsal import rehearse
from huiyin.assign.revising import books, in_codes
from huiyin.assign.worktime import WorkTime, micros, moment
from huiyin.cases.models import Case, Category
from huiyin.cases.projection import to_row
from huiyin.kernel.clock import Rule, deadline
from huiyin.people.models import Area

RULES = [
    (20, "minutes"),
    (24, "hours"),
    (7, "calendar_days"),
    (3, "working_days"),
    (9, "working_hours"),
    (15, "working_hours"),
]


@pytest.mark.parametrize(("amount", "unit"), RULES)
def test_many_dates_at_once_are_the_clocks_own(amount, unit):
    rng, first = Random(7), datetime(2026, 9, 20, tzinfo=UTC)  # noqa: S311
    starts = [first + timedelta(seconds=rng.randrange(86_400 * 30)) for _ in range(150)]
    edges = [
        datetime(2026, 9, 30, hour, minute, tzinfo=UTC) for hour, minute in ((1, 0), (4, 0), (5, 30), (9, 30), (0, 59))
    ]
    every = [*starts, *edges]
    found = WorkTime(calendar()).due(np.array([micros(at) for at in every]), amount, unit)
    assert [moment(at) for at in found] == [deadline(at, Rule(amount, unit), calendar()).due_at for at in every]


def test_an_earlier_start_later_on_is_reckoned_too():
    times = WorkTime(calendar())
    for at in (datetime(2026, 9, 20, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)):
        (found,) = times.due(np.array([micros(at)]), 30, "working_hours")
        assert moment(found) == deadline(at, Rule(30, "working_hours"), calendar()).due_at


@pytest.fixture
def change_set(db):
    """Street cases go to a bureau, one category to nobody, another rule for questions, more time for a bureau."""
    who, ahead = account("dispatcher"), timezone.localdate() + timedelta(days=7)
    found = propose(account=who, title="试行", reason="理顺职责", valid_from=ahead)

    def change(code, **after):
        rule = CatalogueRule.objects.get(category__code=code, area=None)
        put(change_set=found, account=who, table="catalogue", rule=rule, after=in_codes(rule) | after if after else {})

    change("01.01", lead="housing", helpers=["heyan"])
    change("03.01", deadline="疑难事项")
    change("02.01")
    question = DeadlineRule.objects.get(name="咨询答复")
    put(
        change_set=found,
        account=who,
        table="deadline",
        rule=question,
        after=in_codes(question) | {"amount": 9, "unit": "working_hours"},
    )
    yield found
    forget_rules()


def some_cases(number):
    """Cases of many categories, areas, urgencies and kinds; some with no area, some in a group without a rule."""
    rng = Random(3)  # noqa: S311
    categories = list(Category.objects.filter(code__regex=r"^(01|02|03|04)\."))
    areas = [None, *Area.objects.all()[:40]]
    first = received()
    fields = [field for field in Case._meta.concrete_fields if field.name not in ("id", "number")]
    blank = {field.attname: getattr(first, field.attname) for field in fields}
    changes = ({"category_id": rng.choice(categories).pk, "area_id": getattr(rng.choice(areas), "pk", None),
                "urgency": rng.choice(("normal", "normal", "urgent", "emergency")), "kind": rng.choice(("help", "consult")),
                "created_at": first.created_at - timedelta(minutes=rng.randrange(40_000))} for _ in range(number))  # fmt: skip
    Case.objects.bulk_create(Case(number=f"MH-T-{at}", **blank | change) for at, change in enumerate(changes))
    return Case.objects.exclude(pk=first.pk)


def one_by_one(cases, before, after):
    """The naive way: every case by the verb that dispatches."""

    def told(case, book):
        plan = plan_for(to_row(case), case.dispatched_at or case.created_at, book=book)
        return (
            (plan.lead, tuple(code for code in plan.helpers if code != plan.lead), plan.due_at)
            if plan
            else (None, (), None)
        )

    return {case.pk: (told(case, before), told(case, after)) for case in cases}


def test_it_says_of_every_case_what_the_rules_say(change_set):
    cases = some_cases(400)
    before, after = books(change_set)
    found, expected = rehearse(cases, before, after), one_by_one(cases, before, after)
    moved = {
        row.case: ((*row.fate.before[:2], row.due_before), (*row.fate.after[:2], row.due_after))
        for row in found.moved()
    }
    assert moved == {pk: both for pk, both in expected.items() if both[0] != both[1]}
    assert len(moved) > 20


def test_its_table_adds_up_and_opens_into_the_cases(change_set):
    cases = some_cases(400)
    before, after = books(change_set)
    found, expected = rehearse(cases, before, after), one_by_one(cases, before, after)
    for line in found.lines:
        gained = {pk for pk, (old, new) in expected.items() if new[0] == line.unit != old[0]}
        lost = {pk for pk, (old, new) in expected.items() if old[0] == line.unit != new[0]}
        kept = [
            (new[2] - old[2]).total_seconds() / 3600 for old, new in expected.values() if old[0] == new[0] == line.unit
        ]
        assert (set(found.where("gained", line.unit)), set(found.where("lost", line.unit))) == (gained, lost)
        assert (line.gained, line.lost, line.after - line.before) == (len(gained), len(lost), len(gained) - len(lost))
        assert line.hours_more == pytest.approx(sum(hours for hours in kept if hours > 0))
        assert line.hours_less == pytest.approx(-sum(hours for hours in kept if hours < 0))
        assert len(found.where("longer", line.unit)) == line.longer
    assert set(found.where("nobody")) == {pk for pk, (_, new) in expected.items() if new[0] is None}
    assert found.count("nobody") > found.count("nobody_before")


def test_no_cases_is_no_table(change_set):
    found = rehearse(Case.objects.none(), *books(change_set))
    assert (found.lines, list(found.moved()), found.where("gained"), found.count("nobody")) == ([], [], [], 0)
