from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.district import account
from tests.polls.ballot import LEADER, drafted, ended, ids, opened, phone, voted, word_for

from huiyin.people.models import District
from huiyin.people.queries import forget_district
from huiyin.polls import codes, domain, domain_staff, mixing, results
from huiyin.polls.answers import NotCounted
from huiyin.polls.choices import Stage, Why
from huiyin.polls.models import Ballot, Code, Poll, Voter

pytestmark = pytest.mark.django_db
WRONG = "x"


def why(act):
    with pytest.raises(NotCounted) as refused:
        act()
    return refused.value.why


def chosen(poll):
    return [line.phone for line in sorted(results.result(poll).lines, key=lambda line: line.option.position)]


def test_a_phone_votes_by_the_code_that_was_sent_to_it():
    poll = opened()
    voted(poll, 2)
    assert (chosen(poll), Voter.objects.count()) == ([0, 1, 0], 1)


def test_a_second_vote_of_a_phone_is_told_and_changes_nothing():
    poll = opened()
    voted(poll, 2)
    assert (why(lambda: voted(poll, 1)), chosen(poll)) == (Why.VOTED, [0, 1, 0])


def test_whether_a_phone_has_voted_is_not_told_before_its_code_was_right():
    poll = opened()
    voted(poll, 1)
    answers = []
    for number in (0, 1):
        word_for(poll, number)
        told = {"options": ids(poll)[:1], "phone": phone(number), "code": WRONG}
        answers.append(why(lambda told=told: domain.vote(poll, **told)))
    assert answers == [Why.WRONG_CODE] * 2


def test_five_wrong_codes_and_the_right_one_does_not_count_any_more():
    poll = opened()
    word, told = word_for(poll), {"options": ids(poll)[:1], "phone": phone()}
    left = []
    for _ in range(5):
        with pytest.raises(NotCounted) as refused:
            domain.vote(poll, code=WRONG, **told)
        left.append(refused.value.tries)
    assert (left, why(lambda: domain.vote(poll, code=word, **told))) == ([4, 3, 2, 1, 0], Why.OLD_CODE)
    assert Ballot.objects.count() == 0


def test_a_code_counts_for_five_minutes():
    poll = opened()
    word = word_for(poll)
    Code.objects.update(expires_at=timezone.now())
    assert why(lambda: domain.vote(poll, options=ids(poll)[:1], phone=phone(), code=word)) == Why.OLD_CODE


def test_a_newer_code_takes_the_place_of_the_one_before():
    poll = opened()
    first, second = word_for(poll), word_for(poll)
    told = {"options": ids(poll)[:1], "phone": phone()}
    if first != second:
        assert why(lambda: domain.vote(poll, code=first, **told)) == Why.WRONG_CODE
    domain.vote(poll, code=second, **told)
    assert Ballot.objects.count() == 1


def test_the_code_of_one_vote_opens_no_other():
    one, other = opened(), opened(question="另一件")
    word = word_for(one)
    assert why(lambda: domain.vote(other, options=ids(other)[:1], phone=phone(), code=word)) == Why.OLD_CODE


def test_a_phone_gets_one_message_a_minute_and_five_a_day_over_all_votes():
    one, other = opened(), opened(question="另一件")
    domain.send_code(one, phone=phone())
    assert why(lambda: domain.send_code(other, phone=phone())) == Why.WAIT
    for poll in (one, other, one, other):
        word_for(poll)
    assert why(lambda: word_for(one)) == Why.ENOUGH
    Code.objects.update(sent_at=timezone.now() - codes.DAY)
    assert len(domain.send_code(one, phone=phone())) == 6


@pytest.mark.parametrize(
    "typed", ["139 0000 0517", "+8613900000517", "０13900000517"[1:], "１３９０００００５１７", "139-0000-0517"]
)
def test_a_number_is_one_number_however_it_is_typed(typed):
    poll = opened()
    voted(poll, 1, number=0)
    Code.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    assert phone() == "13900000517"
    word = domain.send_code(poll, phone=typed)
    assert why(lambda: domain.vote(poll, options=ids(poll)[:1], phone=typed, code=word)) == Why.VOTED


@pytest.mark.parametrize(
    "typed", ["", "110", "01012345678", "1390000051", "139000005170", "abc", "12900000517", "١٣٩٠٠٠٠٠٥١٧"]
)
def test_what_is_no_mobile_number_gets_no_code(typed):
    assert why(lambda: domain.send_code(opened(), phone=typed)) == Why.PHONE


@pytest.mark.parametrize(
    ("positions", "said"), [((), Why.TOO_FEW), ((1, 2, 3), Why.TOO_MANY)], ids=["none", "more than two"]
)
def test_a_choice_that_does_not_fit_costs_no_try(positions, said):
    poll = opened(pick=2)
    assert (why(lambda: voted(poll, *positions)), Code.objects.get().tries_left) == (said, codes.TRIES)


def test_an_option_of_another_vote_is_no_choice():
    poll, other = opened(), opened(question="另一件")
    told = {"options": ids(other)[:1], "phone": phone(), "code": word_for(poll)}
    assert why(lambda: domain.vote(poll, **told)) == Why.FOREIGN


def test_ended_while_somebody_was_choosing_nothing_is_half_done():
    poll = opened()
    word = word_for(poll)
    ended(poll)
    assert why(lambda: domain.vote(poll, options=ids(poll)[:1], phone=phone(), code=word)) == Why.ENDED
    assert (Voter.objects.count(), Ballot.objects.count(), Code.objects.get().tries_left) == (0, 0, codes.TRIES)


def test_ended_between_the_code_and_the_ballot_nothing_is_half_done(monkeypatch):
    poll, check = opened(), codes.check
    word = word_for(poll)

    def slow(*told):
        check(*told)
        domain_staff.close_poll(poll, by=account(LEADER), version=poll.version, note="停电")

    monkeypatch.setattr(codes, "check", slow)
    assert why(lambda: domain.vote(poll, options=ids(poll)[:1], phone=phone(), code=word)) == Why.ENDED
    assert (Voter.objects.count(), Ballot.objects.count()) == (0, 0)


def test_a_vote_that_opens_later_takes_none_yet():
    poll = opened(opens_at=timezone.now() + timedelta(hours=1))
    assert (poll.stage, why(lambda: domain.send_code(poll, phone=phone()))) == (Stage.ANNOUNCED, Why.LATER)


@pytest.fixture
def real_district():
    District.objects.update(fictional=False)
    forget_district()
    yield
    forget_district()


def test_a_real_district_without_a_gateway_shows_no_code(real_district):
    assert why(lambda: domain.send_code(opened(), phone=phone())) == Why.NO_MEANS
    assert Code.objects.count() == 0


def test_a_message_that_did_not_leave_may_be_asked_for_again_at_once(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "sms.toml"
    settings.SMS_FILE.write_text('url = "http://127.0.0.1:9/?to={phone}&text={text}"', "utf-8")
    poll = opened()
    assert [why(lambda: domain.send_code(poll, phone=phone())) for _ in range(2)] == [Why.NOT_SENT] * 2
    assert Code.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_with_one_phone_one_counts():
    poll = opened()
    word, told = word_for(poll), {"options": ids(poll)[:1], "phone": phone()}

    def press(_):
        try:
            domain.vote(poll, code=word, **told)
        except NotCounted as refused:
            return refused.why
        else:
            return "counted"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(press, range(4)))
    assert (answers, Voter.objects.count(), Ballot.objects.count()) == (["counted"] + [Why.VOTED] * 3, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_browsers_that_ask_at_once_get_one_message():
    poll = opened()

    def ask(_):
        try:
            return bool(domain.send_code(poll, phone=phone()))
        except NotCounted:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert (sum(pool.map(ask, range(4))), Code.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_many_phones_at_once_while_all_is_mixed_lose_no_ballot():
    poll = opened()
    words = [word_for(poll, number) for number in range(12)]

    def press(number):
        try:
            domain.vote(poll, options=ids(poll)[:1], phone=phone(number), code=words[number])
            mixing.mix(poll)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(12)))
    assert (chosen(poll), Voter.objects.count(), Ballot.objects.count()) == ([12, 0, 0], 12, 12)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 2)),
        st.tuples(st.just("vote"), st.integers(0, 2), st.sets(st.integers(0, 3), max_size=4)),
        st.tuples(st.just("guess"), st.integers(0, 2)),
        st.tuples(st.just("mix")),
        st.tuples(st.just("extend")),
        st.tuples(st.just("end")),
        st.tuples(st.just("paper"), st.integers(0, 5)),
    ),
    max_size=14,
)


@given(pick=st.integers(1, 3), steps=STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_a_phone_votes_at_most_once_and_the_sums_are_those_of_the_ballots(db, pick, steps):
    poll, words, expected = opened(pick=pick, question=f"先办哪一件{timezone.now().timestamp()}"), {}, {}
    for step in steps:
        before = poll.stage
        try:
            take(poll, words, *step)
        except (NotCounted, domain_staff.Late, ValueError):
            continue
        if step[0] == "vote":
            assert (step[1] in expected, before, 1 <= len(step[2]) <= pick) == (False, Stage.OPEN, True)
            expected[step[1]] = step[2]
    found = results.result(Poll.objects.get(pk=poll.pk))
    assert poll.voters.count() == found.turnout.phone == len(expected)
    assert found.phone_votes == sum(map(len, expected.values())) <= len(expected) * pick
    assert found.turnout.valid <= sum(line.votes for line in found.lines) <= found.turnout.valid * pick
    assert chosen(poll) == [sum(position in one for one in expected.values()) for position in range(3)]


def take(poll, words, name, number=0, positions=()):
    poll.refresh_from_db()
    by = {"by": account(LEADER), "version": poll.version}
    mine = ids(poll)
    match name:
        case "send":
            words[number] = word_for(poll, number)
        case "vote":
            picked = [mine[one] if one < 3 else 0 for one in positions]
            domain.vote(poll, options=picked, phone=phone(number), code=words.get(number, WRONG))
        case "guess":
            domain.vote(poll, options=mine[:1], phone=phone(number), code=WRONG)
        case "mix":
            mixing.mix(poll)
        case "extend":
            domain_staff.extend(poll, closes_at=poll.closes_at + timedelta(days=1), note="雨", **by)
        case "end":
            domain_staff.close_poll(poll, note="够了", **by)
        case "paper":
            votes = dict.fromkeys(mine, 0) | {mine[0]: number}
            domain_staff.enter_paper(poll, ballots=number + 1, invalid=1, votes=votes, **by)


def test_a_draft_is_nothing_anybody_votes_on():
    poll = drafted()
    assert why(lambda: domain.send_code(poll, phone=phone())) == Why.LATER
