"""Collect and assign: received, registered, answered at once or dispatched, accepted or objected to."""

from datetime import timedelta
from typing import Any, Final

from huiyin.assign.domain import plan_for
from huiyin.cases.draft import RESIDENT, SYSTEM, Actor
from huiyin.cli.simulate import hours, words
from huiyin.cli.simulate.walk import Walk
from huiyin.collect.domain import compose
from huiyin.kernel.chain import stamp
from huiyin.kernel.roles import Role

_STATUTORY: Final = frozenset({"20.06", "12.07"})
_DESK_HOURS: Final = (7, 22)
_OBJECTING, _UPHELD, _AGAIN = 0.022, 0.42, 0.12


def receive(walk: Walk) -> None:
    request = walk.request
    compose(walk.draft, request.message, actor=_door(walk), at=request.seed.at)


def _door(walk: Walk) -> Actor:
    channel = walk.request.message.channel
    if channel == "phone":
        return walk.any(Role.AGENT)
    if channel == "grid":
        return walk.any(Role.CHECKER)
    if channel == "visit":
        return walk.stage.staff.of(Role.HANDLER, walk.request.place.street)
    return RESIDENT


def register(walk: Walk) -> None:
    """By phone while the person is on the line; the rest when the desk comes to it."""
    phone, topic = walk.request.message.channel == "phone", walk.request.topic
    wait = walk.spread(0.05 if phone else 0.2)
    at = walk.at + timedelta(hours=wait)
    if not phone and not _DESK_HOURS[0] <= hours.local(at).hour < _DESK_HOURS[1]:
        at = hours.at_work(at, walk.rng)
    if walk.request.seed.fresh:
        at += timedelta(hours=walk.spread(0.4, wide=1))
    walk.go(
        "register",
        walk.any(Role.AGENT),
        at=at,
        kind=walk.request.kind,
        category=topic.code,
        urgency="urgent" if topic.urgency == "normal" and walk.happens(0.03) else topic.urgency,
        area=walk.request.place.code,
    )


def settle_at_once(walk: Walk) -> bool:
    """Questions that the desk answers, and the six routes of the law. Whether the walk ends here."""
    topic, agent = walk.request.topic, walk.any(Role.AGENT)
    if topic.code in _STATUTORY and walk.happens(0.7):
        route = "statutory"
    elif walk.request.seed.before and walk.happens(0.08):
        route = "known"
    elif walk.request.kind == "consult" and walk.happens(0.5):
        knowledge = walk.pick(words.KNOWLEDGE)
        walk.go(
            "answer_directly", agent, hours=0.1, text=walk.pick(words.ANSWERED), knowledge=knowledge, version="2026-1"
        )
        walk.go("archive", SYSTEM, hours=0.1)
        return True
    else:
        return False
    walk.go("redirect", agent, hours=0.1, route=route, law=words.LAW, where=words.ROUTES[route])
    walk.go("archive", SYSTEM, hours=0.1)
    return True


def dispatch(walk: Walk) -> None:
    """Mostly within minutes; what is unclear waits on the dispatcher's desk."""
    wait = walk.spread(0.06)
    if walk.request.seed.fresh or walk.happens(0.1):
        walk.go("queue", walk.any(Role.AGENT), hours=walk.spread(0.05))
        wait = walk.spread(1.5, wide=0.9)
    at = walk.at + timedelta(hours=wait)
    plan = plan_for(walk.row, at)
    if plan is None:
        raise ValueError(f"The catalogue has no row for {walk.row['category']} in {walk.row['area']}.")
    lead = walk.stage.world.units[plan.lead]
    walk.go(
        "dispatch",
        walk.any(Role.DISPATCHER),
        at=at,
        lead=plan.lead,
        helpers=[code for code in plan.helpers if code != plan.lead],
        due_at=stamp(plan.due_at),
        basis=plan.basis,
        catalogue=plan.catalogue,
        trace=list(plan.trace),
        reason=walk.pick(words.FOUND).format(name=lead),
    )


def accept(walk: Walk) -> None:
    """Accepted, or objected to in writing: then moved to another unit, or sent back to work."""
    if walk.row["helpers"] and walk.happens(_OBJECTING * (1 + 2 * walk.row["redispatches"])):
        _object(walk)
    if walk.row["state"] == "to_accept":
        walk.go(
            "accept",
            walk.handler(),
            hours=walk.spread(1.5 if walk.request.seed.fresh else 0.2, wide=0.8),
            **_assignee(walk),
        )


def _assignee(walk: Walk) -> dict[str, Any]:
    account = walk.stage.staff.account(Role.HANDLER, walk.lead)
    return {"assignee": account} if account else {}


def _object(walk: Walk) -> None:
    reviewer = walk.any(Role.REVIEWER)
    walk.go(
        "object",
        walk.handler(),
        hours=walk.spread(0.6),
        reason=walk.pick(words.OBJECTIONS),
        basis=walk.pick(("职责清单", "派单目录", "管界图")),
    )
    at = hours.at_work(walk.at + timedelta(hours=walk.spread(4)), walk.rng)
    if walk.row["objections"] > 1:
        minutes = walk.pick(words.RULING)
        walk.go("rule", reviewer, at=at, lead=walk.lead, minutes=minutes, helpers=list(walk.row["helpers"]))
    elif walk.happens(_UPHELD):
        others = [code for code in walk.row["helpers"] if code != walk.lead]
        helpers = [walk.lead, *others[1:]]
        walk.go("redispatch", reviewer, at=at, lead=others[0], helpers=helpers, reason=walk.pick(words.UPHELD))
        if walk.happens(_AGAIN):
            _object(walk)
    else:
        walk.go("refuse_objection", reviewer, at=at, reason=walk.pick(words.REFUSED_OBJECTION))
