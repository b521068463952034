"""The steps, in both languages. “X does/“动作”” must succeed; “tries/试着” must be refused, and the next line says why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_bdd import given, parsers, then, when
from tests import roads
from tests.scenarios import words
from tests.scenarios.world import HIDDEN, World, hire, page, sees, timeline

from huiyin.cases.models import Case
from huiyin.kernel.moves import INITIAL, MOVES


@pytest.fixture
def world(db: None) -> World:
    return World()


def said(step: Callable[..., Any], *patterns: str) -> Callable[..., Any]:
    """One function for the sentence in each language; its groups are named."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        for pattern in patterns:
            function = step(parsers.re(pattern), stacklevel=2)(function)
        return function

    return register


# — given —


@said(
    given,
    r"一件(?P<secret>保密的)?“(?P<state>[^”]+)”的诉求(，叫做“(?P<name>[^”]+)”)?$",
    r"a (?P<secret>confidential )?case in “(?P<state>[^”]+)”(, called “(?P<name>[^”]+)”)?$",
)
def a_case(world: World, state: str, secret: str | None, name: str | None) -> None:
    world.take(roads.at(words.state(state), confidential=bool(secret)), name or "")


@said(given, r"还有一位“(?P<name>[^”]+)”，与(?P<like>.+)同职$", r"“(?P<name>[^”]+)” works beside (?P<like>.+)$")
def a_colleague(name: str, like: str) -> None:
    hire(name, words.username(like))


@said(
    given,
    r"一件“(?P<state>[^”]+)”的诉求，期限已过$",
    r"a case in “(?P<state>[^”]+)”, past its date$",
)
def a_late_case(world: World, state: str) -> None:
    world.take(roads.at(words.state(state), {"dispatch": {"due_at": timezone.now() - timedelta(days=1)}}))


@said(given, r"居民在三个不同的钟点都没有接通$", r"nobody answered at three different hours$")
def three_attempts(world: World) -> None:
    for _ in range(3):
        roads.go(world.case, roads.Step("caller", "attempt"))


# — when —


_DOES_ZH = r"(?!说到)(?P<who>[^“”]+?)(?<!试着)“(?P<move>[^”]+)”(：(?P<record>.+))?$"
_DOES_EN = r"(?P<who>[^“”]+?) does “(?P<move>[^”]+)”(: (?P<record>.+))?$"
_TRIES_ZH = r"(?P<who>[^“”]+?)试着“(?P<move>[^”]+)”(，但没有“(?P<without>[^”]+)”)?(：(?P<record>.+))?$"
_TRIES_EN = r"(?P<who>[^“”]+?) tries “(?P<move>[^”]+)”( without “(?P<without>[^”]+)”)?(: (?P<record>.+))?$"


def _act(world: World, who: str, label: str, record: str | None, without: str | None = None) -> None:
    move = MOVES[words.kind(label)]
    left_out = [words.field(move, without)] if without else []
    given = words.record(move, record or "", names=world.cases)
    parent = Case.objects.filter(number=given.get("parent")).first()
    values = {**roads.sample(move.kind, *left_out, *given, parent=parent), **given}
    language = "en" if label.isascii() else "zh-hans"
    if world.current:
        roads.draw(move.kind, world.case)
    if move.kind == INITIAL:
        world.hands_in(words.username(who), values, language=language)
    else:
        world.does(words.username(who), move.kind, values, language=language)


@said(when, _DOES_ZH, _DOES_EN)
def does(world: World, who: str, move: str, record: str | None) -> None:
    _act(world, who, move, record)
    assert world.answer.code == "", f"{who} {move}: {world.answer}"


@said(when, _TRIES_ZH, _TRIES_EN)
def tries(world: World, who: str, move: str, record: str | None, without: str | None) -> None:
    _act(world, who, move, record, without)
    assert world.answer.code != "", f"{who} {move}: was allowed"


@said(when, r"说到“(?P<name>[^”]+)”$", r"we turn to “(?P<name>[^”]+)”$")
def turn_to(world: World, name: str) -> None:
    world.take(world.cases[name], name)


# — then —


@said(then, r"状态是“(?P<state>[^”]+)”$", r"the state is “(?P<state>[^”]+)”$")
def state_is(world: World, state: str) -> None:
    assert world.case.state == words.state(state)


@said(then, r"经过了“(?P<state>[^”]+)”$", r"it passed through “(?P<state>[^”]+)”$")
def passed(world: World, state: str) -> None:
    assert words.state(state) in world.passed()


@said(then, r"随即“(?P<move>[^”]+)”$", r"“(?P<move>[^”]+)” follows at once$")
def follows(world: World, move: str) -> None:
    assert words.kind(move) in world.kinds()[world.seq_before + 1 :]


@said(then, r"被拒绝：“(?P<why>.+)”$", r"it is refused: “(?P<why>.+)”$")
def refused_because(world: World, why: str) -> None:
    assert why in world.answer.message
    nothing_happened(world)


@said(then, r"角色不对，被拒绝$", r"it is refused for the role$")
def refused_for_the_role(world: World) -> None:
    assert world.answer.code in {"role", HIDDEN}
    nothing_happened(world)


@said(then, r"因为状态不对，被拒绝$", r"it is refused for the state$")
def refused_for_the_state(world: World) -> None:
    assert world.answer.code == "state"
    nothing_happened(world)


@said(then, r"因为缺“(?P<label>[^”]+)”，被拒绝$", r"it is refused for want of “(?P<label>[^”]+)”$")
def refused_for_want(world: World, label: str) -> None:
    assert world.answer.code in {"record", "needs"}
    nothing_happened(world)


@said(then, r"什么也没有发生$", r"nothing happened$")
def nothing_happened(world: World) -> None:
    assert (world.case.seq if world.current else 0) == world.seq_before


@said(then, r"期限没有变$", r"the due date stands$")
def due_stands(world: World) -> None:
    assert world.case.due_at == world.due_before


@said(then, r"期限变了$", r"the due date moved$")
def due_moved(world: World) -> None:
    assert world.case.due_at != world.due_before


@said(then, r"主办是“(?P<name>[^”]+)”$", r"the lead is “(?P<name>[^”]+)”$")
def lead_is(world: World, name: str) -> None:
    assert world.case.lead.code == words.unit(name)


@said(then, r"(?P<what>[^“”]+次数|办理轮次)是(?P<count>\d+)$", r"(?P<what>[a-z]+) is (?P<count>\d+)$")
def count_is(world: World, what: str, count: str) -> None:
    assert getattr(world.case, words.COUNTS[what]) == int(count)


@said(then, r"“(?P<what>[^”]+)”记为“(?P<value>[^”]+)”$", r"“(?P<what>[^”]+)” is recorded as “(?P<value>[^”]+)”$")
def fact_is(world: World, what: str, value: str) -> None:
    assert getattr(world.case, words.FACTS[what]) == words.fact(value)


@said(then, r"(?P<who>[^“”]+)看不到这件事$", r"(?P<who>[^“”]+) does not see the case$")
def does_not_see(world: World, who: str) -> None:
    assert not sees(words.username(who), world.case)


@said(then, r"(?P<who>[^“”]+)看得到这件事$", r"(?P<who>[^“”]+) sees the case$")
def does_see(world: World, who: str) -> None:
    assert sees(words.username(who), world.case)


@said(then, r"居民在进展页读到“(?P<text>[^”]+)”$", r"the resident reads “(?P<text>[^”]+)”$")
def resident_reads(world: World, text: str) -> None:
    assert text in timeline(world.case)


@said(then, r"居民在进展页读不到“(?P<text>[^”]+)”$", r"the resident does not read “(?P<text>[^”]+)”$")
def resident_does_not_read(world: World, text: str) -> None:
    assert text not in timeline(world.case)


@said(
    then,
    r"(?P<who>[^“”]+)的页面上没有“(?P<text>[^”]+)”$",
    r"the page of (?P<who>[^“”]+) does not show “(?P<text>[^”]+)”$",
)
def page_without(world: World, who: str, text: str) -> None:
    assert text not in page(words.username(who), world.case)


@said(then, r"(?P<who>[^“”]+)的页面上有“(?P<text>[^”]+)”$", r"the page of (?P<who>[^“”]+) shows “(?P<text>[^”]+)”$")
def page_with(world: World, who: str, text: str) -> None:
    assert text in page(words.username(who), world.case)
