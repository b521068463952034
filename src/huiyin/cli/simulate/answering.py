"""Answer: contact, the work with what may come between, the reply, the leader's approval."""

from datetime import datetime, timedelta
from typing import Any, Final

from huiyin.cases.draft import RESIDENT
from huiyin.cli.simulate import hours, words
from huiyin.cli.simulate.walk import Walk
from huiyin.kernel.chain import stamp
from huiyin.kernel.roles import Role

_DAY: Final = timedelta(days=1)
_LONG: Final = timedelta(hours=48)
# First levels where money, ownership or plans can hold a case for months.
_SLOW: Final = frozenset({"01", "02", "03", "07", "10", "16", "18"})
_DEFERRED, _RESUMED = 0.011, 0.6


def answer(walk: Walk) -> None:
    """From acceptance to the leader's approval."""
    given = walk.due - walk.at
    share = min(walk.spread(0.42, wide=0.48) * walk.character.pace, 3)
    done = walk.at + given * share
    long = given > _LONG
    _contact(walk, given, long=long)
    _between(walk, long=long)
    if long and walk.request.topic.parent in _SLOW and walk.happens(_DEFERRED):
        done = _defer(walk)
    elif long and share > 0.75 and walk.happens(0.35):
        _extend(walk)
    _until_done(walk, done)
    _submit(walk, long=long)


def _contact(walk: Walk, given: timedelta, *, long: bool) -> None:
    at = walk.at + given * min(walk.spread(0.03, wide=0.8), 0.6)
    walk.go(
        "first_contact",
        walk.handler(),
        at=hours.at_work(at, walk.rng) if long else at,
        result=walk.pick(words.CONTACTS),
    )


def _between(walk: Walk, *, long: bool) -> None:
    """What may happen while a unit works."""
    street = walk.stage.world.kinds[walk.lead] in ("street", "town")
    helpers = [code for code in walk.row["helpers"] or () if code != walk.lead]
    if helpers and street and walk.happens(0.02):
        _whistle(walk, helpers)
    elif helpers and walk.happens(0.2):
        helper = walk.stage.staff.of(Role.HANDLER, helpers[0])
        walk.go("help", helper, hours=walk.spread(4 if long else 0.5), result=walk.pick(words.HELPED))
    if walk.happens(0.03):
        walk.go("note", walk.handler(), hours=walk.spread(1), text=walk.pick(words.NOTES))
    if walk.happens(0.015):
        walk.go("supplement", RESIDENT, hours=walk.spread(3), text=walk.pick(words.ADDED))


def _whistle(walk: Walk, called: list[str]) -> None:
    kind = walk.pick(("hard", "joint", "joint", "emergency"))
    drafted: dict[str, Any] = {"whistle_kind": kind, "called": called, "reason": walk.pick(words.WHISTLES)}
    walk.go("draft_whistle", walk.handler(), hours=walk.spread(2), **drafted)
    walk.go("whistle", walk.leader(), hours=walk.spread(0.5), **drafted)
    for code in called:
        unit = walk.stage.staff.of(Role.HANDLER, code)
        if walk.happens(0.05):
            walk.go("refuse_whistle", unit, hours=walk.spread(2), reason=walk.pick(words.NOT_COMING))
        else:
            walk.go("answer_whistle", unit, hours=walk.spread(0.5))
            at = walk.at + timedelta(hours=walk.spread(3))
            walk.go("report_in", unit, at=at, arrived_at=stamp(at), text=walk.pick(words.ARRIVED))
    walk.go("whistle_result", walk.handler(), hours=walk.spread(4), result=walk.pick(words.WHISTLED))


def _extend(walk: Walk) -> None:
    """Asked shortly before the date, decided within a day."""
    at = max(walk.at, walk.due - timedelta(hours=walk.rng.uniform(10, 40)))
    until = stamp(walk.due + walk.rng.randint(3, 7) * _DAY)
    walk.go("ask_extension", walk.handler(), at=at, reason=walk.pick(words.EXTENSIONS), until=until, told_resident=True)
    decided = hours.at_work(walk.at + timedelta(hours=walk.spread(3)), walk.rng)
    if walk.happens(0.85) and stamp(decided) < until:
        walk.go("extend", walk.leader(), at=decided, due_at=until, reason="理由成立，同意延期")
    else:
        walk.go("refuse_extension", walk.leader(), at=decided, reason=walk.pick(words.NO_EXTENSION))


def _defer(walk: Walk) -> datetime:
    """Held for months with a report each month. Returns when the work is done, should it ever be."""
    reviewer = walk.any(Role.REVIEWER)
    next_on = (hours.local(walk.at) + 30 * _DAY).date().isoformat()
    walk.go(
        "defer",
        walk.leader(),
        hours=walk.spread(20),
        reason=walk.pick(words.DEFERRALS),
        plan=walk.pick(words.PLANS),
        next_report_on=next_on,
    )
    walk.go("confirm_deferral", reviewer, hours=walk.spread(30), reason="客观原因属实，同意挂账")
    if walk.happens(0.25):
        listed = walk.pick(("project_pool", "monthly_topic", "long_list"))
        walk.go("to_long_term", reviewer, hours=walk.spread(50), list=listed, reason="需统筹推进")
    for _ in range(walk.rng.randint(1, 5) if walk.happens(_RESUMED) else 36):
        at = walk.at + walk.rng.uniform(24, 33) * _DAY
        following = (hours.local(at) + 30 * _DAY).date().isoformat()
        walk.go("report_progress", walk.handler(), at=at, text=walk.pick(words.PROGRESS), next_report_on=following)
    walk.go("resume", reviewer, hours=walk.spread(60), reason="条件具备，恢复办理")
    return walk.at + timedelta(hours=walk.spread(90))


def _until_done(walk: Walk, done: datetime) -> None:
    """People urge, and what is late is supervised."""
    if walk.happens(0.03):
        walk.go(
            "urge",
            RESIDENT,
            at=walk.at + max(done - walk.at, timedelta()) * walk.rng.random(),
            text=walk.pick(words.URGED),
        )
    late = done > walk.due and walk.row["long_term"] == ""
    if late and walk.happens(0.5):
        at = walk.due + timedelta(hours=walk.spread(4))
        light = walk.pick(("yellow", "yellow", "red"))
        walk.go("supervise", walk.any(Role.SUPERVISOR), at=at, reason=walk.pick(words.SUPERVISED), light=light)
    walk.at = max(walk.at, done)


def _submit(walk: Walk, *, long: bool) -> None:
    at = hours.at_work(walk.at, walk.rng) if long else walk.at
    walk.go("submit", walk.handler(), at=at, **_reply(walk, at))
    if walk.happens(0.04):
        walk.go("send_back", walk.leader(), hours=walk.spread(2 if long else 0.3), reason=walk.pick(words.SENT_BACK))
        walk.go("submit", walk.handler(), hours=walk.spread(3 if long else 0.4), **_reply(walk, at))
    at = walk.at + timedelta(hours=walk.spread(3 if long else 0.3, wide=0.9))
    walk.go("approve", walk.leader(), at=hours.at_work(at, walk.rng) if long else at)
    if walk.row["light"]:
        walk.go("lift_supervision", walk.any(Role.SUPERVISOR), hours=walk.spread(2), reason=walk.pick(words.LIFTED))


def _reply(walk: Walk, at: datetime) -> dict[str, Any]:
    action = walk.pick(words.ACTIONS[walk.request.topic.parent])
    day = hours.local(at)
    text = walk.pick(words.REPLIES).format(
        name=walk.stage.world.units[walk.lead],
        place=walk.request.place.name,
        day=f"{day.month}月{day.day}日",
        action=action,
        state=walk.pick(words.GOOD if walk.happens(0.8) else words.PARTLY),
    )
    found: dict[str, Any] = {"text": text, "action": action}
    return found | {"evidence": walk.pick(words.EVIDENCE)} if walk.happens(0.7) else found
