from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account
from tests.polls.ballot import LEADER, OPTIONS, drafted, ended, ids, opened, voted

from huiyin.polls import domain_staff, results
from huiyin.polls.choices import Stage
from huiyin.polls.domain_staff import Late, Wording
from huiyin.polls.models import Ballot, Poll

pytestmark = pytest.mark.django_db


def by(poll):
    return {"by": account(LEADER), "version": poll.version}


def verbs(poll):
    return list(poll.log.order_by("at", "pk").values_list("verb", flat=True))


def test_it_is_planned_opened_extended_and_ended_and_all_of_it_is_in_the_log():
    poll = drafted()
    domain_staff.open_poll(poll, **by(poll))
    later = poll.closes_at + timedelta(days=1)
    domain_staff.extend(poll, closes_at=later, note="下雨，很多人没到", **by(poll))
    assert (poll.stage, poll.closes_at) == (Stage.OPEN, later)
    domain_staff.close_poll(poll, note="都投了", **by(poll))
    assert (poll.stage, verbs(poll)) == (Stage.CLOSED, ["planned", "opened", "extended", "ended"])


def test_whoever_acts_on_an_older_version_is_late_and_nothing_is_written():
    poll = drafted()
    seen = by(poll)
    told = {"unit": poll.unit, "question": "换一个说法", "pick": 1, "opens_at": None, "closes_at": poll.closes_at}
    domain_staff.plan(poll=poll, options=OPTIONS, **told, **seen)
    with pytest.raises(Late):
        domain_staff.open_poll(Poll.objects.get(pk=poll.pk), **seen)
    assert (Poll.objects.get().stage, verbs(poll)) == (Stage.DRAFT, ["planned", "changed"])


def test_what_is_open_is_not_worded_anew():
    poll = opened()
    told = {"unit": poll.unit, "question": "换", "pick": 1, "opens_at": None, "closes_at": poll.closes_at}
    with pytest.raises(Late):
        domain_staff.plan(poll=poll, options=OPTIONS[:2], **told, **by(poll))
    assert (Poll.objects.get().question, poll.options.count()) == ("先办哪一件？", 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"options": OPTIONS[:1]},
        {"options": [Wording(str(number)) for number in range(13)]},
        {"options": [Wording("一"), Wording("一")]},
        {"pick": 0},
        {"pick": 4},
        {"closes_at": timezone.now() - timedelta(minutes=1)},
        {"opens_at": timezone.now() + timedelta(days=9)},
    ],
    ids=["one option", "thirteen", "two alike", "none may be chosen", "more than there are", "over", "never"],
)
def test_what_nobody_could_vote_on_is_not_planned(changes):
    with pytest.raises(ValueError, match=r"\w"):
        drafted(**changes)
    assert Poll.objects.count() == 0


def test_a_draft_whose_end_has_passed_is_not_opened():
    poll = ended(drafted())
    with pytest.raises(ValueError, match=r"\w"):
        domain_staff.open_poll(poll, **by(poll))
    assert poll.stage == Stage.DRAFT


def test_a_vote_that_has_ended_is_neither_extended_nor_ended_again():
    poll = ended(opened())
    with pytest.raises(Late):
        domain_staff.extend(poll, closes_at=timezone.now() + timedelta(days=1), note="再投", **by(poll))
    with pytest.raises(Late):
        domain_staff.close_poll(poll, note="再关", **by(poll))
    assert poll.stage == Stage.CLOSED


def test_an_end_is_not_put_earlier_by_extending():
    poll = opened()
    with pytest.raises(ValueError, match=r"\w"):
        domain_staff.extend(poll, closes_at=poll.closes_at - timedelta(hours=1), note="早点", **by(poll))


def test_paper_is_counted_apart_and_replaced_when_counted_again():
    poll = opened(pick=2)
    voted(poll, 1, 2)
    one, two, three = ids(poll)
    for ballots, votes in ((6, {one: 4, two: 4, three: 0}), (5, {one: 3, two: 1, three: 2})):
        domain_staff.enter_paper(poll, ballots=ballots, invalid=1, votes=votes, **by(poll))
    found = results.result(poll)
    shown = [(line.option.pk, line.phone, line.paper, line.rank) for line in found.lines]
    assert shown == [(one, 1, 3, 1), (two, 1, 1, 2), (three, 0, 2, 2)]
    assert (found.turnout.phone, found.turnout.paper, found.turnout.invalid, found.turnout.valid) == (1, 5, 1, 5)
    assert poll.log.filter(verb="counted", by=account(LEADER)).count() == 2


@pytest.mark.parametrize(
    ("ballots", "invalid", "votes"),
    [(3, 4, (0, 0, 0)), (3, 0, (4, 0, 0)), (3, 0, (1, 1, 0)), (3, 0, (3, 1, 0)), (3, 1, (3, 0, 0)), (0, 0, (0, 0, -1))],
    ids=["more invalid than all", "more than ballots", "too few", "too many", "invalid ones chose", "negative"],
)
def test_a_count_that_cannot_be_right_is_refused(ballots, invalid, votes):
    poll = opened()
    told = dict(zip(ids(poll), votes, strict=True))
    with pytest.raises(ValueError, match=r"\w"):
        domain_staff.enter_paper(poll, ballots=ballots, invalid=invalid, votes=told, **by(poll))
    assert Poll.objects.get().paper_ballots is None


def test_of_two_who_count_paper_at_once_the_second_is_told():
    poll = opened()
    seen, votes = by(poll), dict.fromkeys(ids(poll), 1)
    domain_staff.enter_paper(poll, ballots=3, invalid=0, votes=votes, **seen)
    with pytest.raises(Late):
        domain_staff.enter_paper(poll, ballots=4, invalid=1, votes=votes, **seen)
    assert Poll.objects.get().paper_ballots == 3


def test_two_votes_of_a_day_have_addresses_of_their_own():
    first, second = drafted(), drafted()
    assert second.code == f"{first.code}-2"


def test_ending_keeps_every_ballot():
    poll = opened()
    for number in range(3):
        voted(poll, 1, number=number)
    domain_staff.close_poll(poll, note="够了", **by(poll))
    assert (Ballot.objects.count(), results.result(poll).lines[0].phone) == (3, 3)
