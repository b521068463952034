"""The life of one case, from the door to the archive and perhaps back again."""

from huiyin.cases.draft import RESIDENT
from huiyin.cli.simulate import words
from huiyin.cli.simulate.aftermath import dispute, recurs
from huiyin.cli.simulate.answering import answer
from huiyin.cli.simulate.arriving import accept, dispatch, receive, register, settle_at_once
from huiyin.cli.simulate.evaluating import evaluate
from huiyin.cli.simulate.walk import Walk, YearIsOverError


def live(walk: Walk) -> None:
    """All that happens to the case before the year is over."""
    receive(walk)
    try:
        _go_through_the_loop(walk)
    except YearIsOverError:
        return


def _go_through_the_loop(walk: Walk) -> None:
    register(walk)
    if settle_at_once(walk):
        return
    dispatch(walk)
    accept(walk)
    if walk.happens(0.006):
        walk.go("withdraw", RESIDENT, hours=walk.spread(10), reason=walk.pick(words.WITHDRAWN))
        return
    _answer_until_archived(walk)
    while recurs(walk):
        _answer_until_archived(walk)
    dispute(walk)


def _answer_until_archived(walk: Walk) -> None:
    answer(walk)
    while evaluate(walk):
        answer(walk)
