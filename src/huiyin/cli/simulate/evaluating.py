"""Evaluate: callbacks by the hotline, answers by residents, what comes of the unsolved."""

from datetime import timedelta
from typing import Any, Final

from huiyin.assign.domain import plan_for
from huiyin.cases.draft import RESIDENT, SYSTEM, Actor
from huiyin.cli.simulate import hours, photographs, words
from huiyin.cli.simulate.requesting import DIGITAL
from huiyin.cli.simulate.walk import Walk
from huiyin.evaluate.domain import new_due
from huiyin.kernel.chain import stamp
from huiyin.kernel.roles import Role
from huiyin.rounds.distance import Spot, metres

# Chances that nobody answers the first, second and third call.
_UNREACHED: Final = (0.32, 0.53, 0.65)
_SOLVED: Final = (0.88, 0.78, 0.7)
_CHECKED, _CHECKED_LATELY, _LATELY = 0.03, 0.25, timedelta(days=14)
_MEANS: Final = ("phone", "phone", "phone", "sms")


def evaluate(walk: Walk) -> bool:
    """Until the case is archived. True when it went back to the unit instead."""
    walk_in = walk.any(Role.CHECKER)
    if walk_in.unit != walk.lead and walk.happens(_looked_at(walk)) and _found_otherwise(walk, walk_in):
        return True
    judge = _reach(walk)
    if judge is None:
        walk.go("archive", SYSTEM)
        return False
    return _judge(walk, judge)


def _looked_at(walk: Walk) -> float:
    """How likely somebody goes and looks: more of late, so that the samples of these days have something in them."""
    return _CHECKED_LATELY if walk.at > walk.stage.until - _LATELY else _CHECKED


def _found_otherwise(walk: Walk, checker: Actor) -> bool:
    """Somebody goes and looks. What does not match is reopened at once, as the reaction to the move does it."""
    agrees = walk.happens(0.94)
    text = walk.pick(words.CHECKED if agrees else words.MISMATCH)
    at = hours.at_work(walk.at + timedelta(hours=walk.spread(8)), walk.rng)
    photograph = photographs.attach(walk.draft, checker.name, walk.rng)
    told: dict[str, Any] = {"place": walk.request.place.name, "text": text, "attachments": [photograph.sha256]}
    walk.go("verify", checker, at=at, agrees=agrees, **told, **_stood(walk))
    walk.draft.extras.append(photograph)
    if agrees:
        return False
    due = new_due(dict(walk.row), walk.at)
    walk.go("reopen", SYSTEM, reason=words.MISMATCH[0], due_at=stamp(due.at), trace=list(due.trace))
    return True


def _stood(walk: Walk) -> dict[str, Any]:
    """Mostly at the point, now and then a street away."""
    place = walk.request.place
    if place.lat is None or place.lon is None:
        return {}
    aside = walk.rng.gauss(0, 0.009 if walk.happens(0.06) else 0.0006)
    spot, lat_e3, lon_e3 = Spot(place.lat + aside, place.lon), walk.row["lat_e3"], walk.row["lon_e3"]
    point = Spot(place.lat, place.lon) if lat_e3 is None else Spot(lat_e3 / 1000, lon_e3 / 1000)
    return {"lat_e3": round(spot.lat * 1000), "lon_e3": round(spot.lon * 1000), "distance_m": metres(point, spot)}


def _reach(walk: Walk) -> Actor | None:
    """Who answers: the resident alone on the tracking page, or asked by a caller; None when nobody could be reached."""
    caller = walk.any(Role.CALLER)
    by_themselves = walk.request.message.channel in DIGITAL and walk.happens(0.4)
    if by_themselves or caller.unit == walk.lead:
        walk.at += timedelta(hours=walk.spread(7))
        return RESIDENT
    part = walk.rng.randrange(3)
    walk.at = hours.ring(walk.at + timedelta(hours=walk.spread(6)), part, walk.rng)
    for tried, chance in enumerate(_UNREACHED, start=1):
        if walk.row["rounds"] > 1 or not walk.happens(chance):
            return caller
        following = hours.ring(walk.at + timedelta(hours=1), part + tried, walk.rng)
        outcome = walk.pick(("no_answer", "no_answer", "busy", "refused"))
        walk.go("attempt", caller, outcome=outcome, next_at=stamp(following))
        walk.at = following if tried < len(_UNREACHED) else walk.at
    walk.go("close_unreached", caller, hours=0.02, reason=walk.pick(words.UNREACHED))
    return None


def _judge(walk: Walk, judge: Actor) -> bool:
    unit, rounds = walk.character, int(walk.row["rounds"])
    # Whoever writes to praise finds the matter settled.
    solved = walk.request.topic.code == "20.07" or walk.happens(unit.chance(_SOLVED[min(rounds, len(_SOLVED)) - 1]))
    satisfaction = _satisfaction(walk, solved=solved)
    walk.go(
        "evaluate",
        judge,
        contacted=walk.happens(unit.chance(0.996 if solved else 0.92)),
        solved=solved,
        satisfaction=satisfaction,
        means="web" if judge is RESIDENT else walk.pick(_MEANS),
        **_remark(walk, solved=solved),
    )
    if solved:
        walk.go("archive", SYSTEM if judge is RESIDENT else judge)
        return False
    if rounds <= 2 and walk.happens(0.8 if rounds == 1 else 0.35):
        _redo(walk, judge)
        return True
    at = hours.at_work(walk.at + timedelta(hours=walk.spread(24)), walk.rng)
    walk.go("archive_unsolved", walk.any(Role.REVIEWER), at=at, reason=walk.pick(words.EXPLAINED))
    return False


def _remark(walk: Walk, *, solved: bool) -> dict[str, Any]:
    said = walk.happens(0.25 if solved else 0.7)
    return {"text": walk.pick(words.PLEASED if solved else words.UNPLEASED)} if said else {}


def _satisfaction(walk: Walk, *, solved: bool) -> str:
    mood = walk.rng.random()
    if solved:
        return "satisfied" if mood < walk.character.chance(0.9) else "basic" if mood < 0.992 else "dissatisfied"
    return "satisfied" if mood < 0.12 else "basic" if mood < 0.5 else "dissatisfied"


def _redo(walk: Walk, judge: Actor) -> None:
    plan = plan_for(walk.row, walk.at)
    if plan is None:
        raise ValueError(f"No date for another round of {walk.draft.number}.")
    walk.go("redo", judge, due_at=stamp(plan.due_at), trace=list(plan.trace), reason=walk.pick(words.REDO))
