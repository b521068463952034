import pytest

from huiyin.cli.simulate.hall import hold
from huiyin.cli.simulate.polls import put_to_the_vote
from huiyin.polls import results

pytestmark = pytest.mark.django_db


def test_the_demonstration_opens_with_a_vote_that_is_open_and_one_that_has_a_result():
    opened, ended = put_to_the_vote(hold())
    found = results.result(ended)
    assert ([opened.stage, ended.stage], opened.ballots.count()) == (["open", "closed"], 0)
    assert [(line.option.position, line.votes) for line in found.lines] == [(2, 80), (1, 55), (3, 55)]
    assert (found.turnout.ballots, found.turnout.invalid) == (123, 2)
