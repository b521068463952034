"""From a seed to the message that arrives."""

from dataclasses import dataclass, replace
from random import Random
from typing import Final

from huiyin.cli.simulate import voices
from huiyin.cli.simulate.persons import Person, person
from huiyin.cli.simulate.places import Place
from huiyin.cli.simulate.seasons import FIREWORKS, is_festival
from huiyin.cli.simulate.topics import Topic
from huiyin.cli.simulate.world import World
from huiyin.cli.simulate.year import Seed
from huiyin.collect.domain import Message
from huiyin.kernel.calendar import WorkCalendar

_CHANNELS: Final = ("phone", "wechat", "app", "web", "grid", "sms", "visit")
_SHARES: Final = (0.62, 0.8, 0.88, 0.95, 0.975, 0.99, 1)
DIGITAL: Final = frozenset({"wechat", "app", "web"})
_ASKING: Final = ("请问", "想问", "咨询", "怎么办理", "怎么申请", "打听", "想查", "想了解", "什么时候能")
_IDEAS: Final = ("建议", "希望把", "提个意见", "可不可以", "能不能给")
_GRIEVANCES: Final = frozenset({"13", "14", "20", "01", "08"})
_NEAR: Final = ("", "", "东门", "西门", "北口", "南口", "路口", "公交站旁", "中段")
_CALENDAR: Final = WorkCalendar()
_SPREAD_DEGREES: Final = 0.0022


@dataclass(frozen=True, slots=True)
class Request:
    """A message, and what the simulation knows about it that the message does not say."""

    seed: Seed
    message: Message
    topic: Topic
    place: Place
    who: Person
    kind: str


def request(seed: Seed, world: World, rng: Random) -> Request:
    topic, place, who = world.topics[seed.topic], world.places[seed.place], person(seed.person)
    channel = _CHANNELS[next(i for i, share in enumerate(_SHARES) if rng.random() <= share or share == 1)]
    by_agent = channel == "phone" and rng.random() < 0.55
    special = seed.planted or (topic.code == FIREWORKS and is_festival(seed.at.date(), _CALENDAR))
    text = voices.say(
        topic,
        who,
        place.name,
        rng,
        by_agent=by_agent,
        indoors="home" in place.kinds,
        before=seed.before,
        special=special,
    )
    title = voices.headline(topic, place.name, rng) if by_agent and rng.random() < 0.6 else ""
    kind = _kind(topic, text, rng)
    confidential, urgency = topic.confidential, topic.urgency if channel == "phone" else "normal"
    message = Message(text=text, title=title, channel=channel, confidential=confidential, urgency=urgency)
    return Request(seed, _located(message, place, who, rng), topic, place, who, kind)


def _located(message: Message, place: Place, who: Person, rng: Random) -> Message:
    """With where it is and who says so, as far as people tell."""
    home = "home" in place.kinds
    lat, lon = _pin(place, rng) if message.channel != "phone" and rng.random() < 0.7 else (None, None)
    return replace(
        message,
        # The rest is found by the desk.
        area=place.code if rng.random() < 0.8 else None,
        place=place.name + (f"{who.building}号楼" if home else rng.choice(_NEAR)),
        address=who.address if home and rng.random() < 0.6 else "",
        lat=lat,
        lon=lon,
        person=who.name if rng.random() < 0.9 else "",
        phone=who.phone,
    )


def _pin(place: Place, rng: Random) -> tuple[float | None, float | None]:
    if place.lat is None or place.lon is None:
        return None, None
    return place.lat + rng.gauss(0, _SPREAD_DEGREES), place.lon + rng.gauss(0, _SPREAD_DEGREES)


def _kind(topic: Topic, text: str, rng: Random) -> str:
    if topic.kind:
        return topic.kind
    if any(word in text for word in _IDEAS):
        return "suggestion"
    if any(word in text for word in _ASKING):
        return "consult"
    return "complaint" if rng.random() < (0.75 if topic.parent in _GRIEVANCES else 0.45) else "help"
