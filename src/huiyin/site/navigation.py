"""Where each role can go from any page. A room that is not installed is not listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cockpit.access import leads_district
from huiyin.kernel.roles import Role

STAFF: Final = frozenset(Role) - {Role.RESIDENT, Role.SYSTEM}


@dataclass(frozen=True)
class Room:
    name: str
    label: Promise
    icon: str
    roles: frozenset[Role]
    # Also for whoever leads the district itself, not for the leader of a unit.
    district_leader: bool = False


PUBLIC: Final = (
    Room("collect:say", _("Say it"), "message", frozenset()),
    Room("evaluate:find", _("Look it up"), "search", frozenset()),
    Room("review:public_list", _("All cases"), "list", frozenset()),
    Room("standing:public", _("Property list"), "list", frozenset()),
    Room("reception:lines", _("Secretaries' lines"), "phone", frozenset()),
)
AGEING: Final = frozenset({Role.HANDLER, Role.LEADER, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST})
RETURNS: Final = frozenset({Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR})
BULLETINS: Final = frozenset({Role.SUPERVISOR, Role.ANALYST, Role.LEADER})
RUNS: Final = frozenset({Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.DISPATCHER})
DESKS: Final = (
    Room("review:home", _("Today"), "home", STAFF),
    Room(
        "cockpit:cockpit",
        _("Cockpit"),
        "eye",
        frozenset({Role.SUPERVISOR, Role.ANALYST}),
        district_leader=True,
    ),
    Room("collect:agent", _("Take a call"), "phone", frozenset({Role.AGENT})),
    Room("assign:desk", _("Dispatch"), "send", frozenset({Role.DISPATCHER})),
    Room("assign:objections", _("Objections"), "alert", frozenset({Role.REVIEWER})),
    Room("assign:sessions", _("Joint sessions"), "users", frozenset({Role.REVIEWER, Role.DISPATCHER})),
    Room(
        "assign:blocked",
        _("Kept off the communities"),
        "lock",
        frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST}),
    ),
    Room("assign:changes", _("Changes of the rules"), "edit", frozenset({Role.REVIEWER, Role.DISPATCHER, Role.ADMIN})),
    Room("answer:inbox", _("Inbox"), "inbox", frozenset({Role.HANDLER, Role.LEADER})),
    Room(
        "answer:whistles",
        _("Whistles"),
        "whistle",
        frozenset({Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST}),
    ),
    Room("timers:extensions", _("Extensions"), "clock", frozenset({Role.LEADER, Role.REVIEWER, Role.SUPERVISOR})),
    Room("evaluate:desk", _("Callbacks"), "headset", frozenset({Role.CALLER})),
    Room("evaluate:claims", _("Exclusions and appeals"), "alert", frozenset({Role.REVIEWER})),
    Room("evaluate:supervision", _("Supervision"), "eye", frozenset({Role.SUPERVISOR})),
    Room("rounds:checks", _("My checks"), "pin", frozenset({Role.CHECKER})),
    Room("rounds:sample", _("External checks"), "photo", frozenset({Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST})),
    Room("townhall:season", _("Meetings"), "users", STAFF),
    Room("reception:manage", _("Secretaries' lines"), "phone", frozenset({Role.LEADER, Role.SUPERVISOR})),
    Room("polls:polls", _("Votes"), "check", RUNS),
    Room("evaluate:recurrence", _("What came back"), "clock", RETURNS),
    Room("alike:topics", _("Topics"), "users", AGEING),
    Room("cases:search", _("Search"), "search", STAFF),
    Room("collect:knowledge", _("Known answers"), "info", frozenset({Role.AGENT, Role.DISPATCHER, Role.CALLER})),
    Room("collect:frequent", _("Who asks often"), "users", frozenset({Role.SUPERVISOR, Role.REVIEWER})),
    Room(
        "assign:model",
        _("How good the suggestions are"),
        "chart",
        frozenset({Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN}),
    ),
    Room("review:rates", _("Rates"), "chart", STAFF),
    Room("bulletins:bulletins", _("Bulletins"), "list", BULLETINS),
    Room(
        "indicators:board",
        _("Numbers from elsewhere"),
        "chart",
        frozenset({Role.LEADER, Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST, Role.ADMIN}),
    ),
    Room("standing:manage", _("Property list"), "list", frozenset({Role.SUPERVISOR, Role.REVIEWER})),
    Room("monthly:months", _("Monthly review"), "chart", frozenset({Role.SUPERVISOR, Role.ANALYST, Role.LEADER})),
    Room("timers:ageing", _("Old lists"), "list", AGEING),
    Room("collect:imports", _("Imports"), "upload", frozenset({Role.AGENT, Role.DISPATCHER, Role.ADMIN})),
)
# Pages beside one another under one desk: tabs of what the reader may open.
WITHIN: Final = {
    "watch": (
        Room("evaluate:supervision", _("Supervision"), "eye", frozenset({Role.SUPERVISOR})),
        Room("evaluate:coached", _("Signs of coached answers"), "alert", frozenset({Role.SUPERVISOR, Role.REVIEWER})),
        Room(
            "evaluate:compared",
            _("Second calls compared"),
            "phone",
            frozenset({Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST}),
        ),
        Room("evaluate:claim_figures", _("Exclusions and two-part score"), "chart", STAFF),
    ),
}


@dataclass(frozen=True)
class Link:
    url: str
    label: Promise
    icon: str
    current: bool


def links(user: Any, path: str, within: str = "") -> Iterator[Link]:
    """Links for an account (or None, or an anonymous one) looking at `path`: the desks, or the pages `within` one."""
    staff = bool(getattr(user, "is_authenticated", False))
    for room in WITHIN[within] if within else DESKS if staff else PUBLIC:
        if staff and not _is_for(room, user):
            continue
        try:
            url = reverse(room.name)
        except NoReverseMatch:
            continue
        yield Link(url, room.label, room.icon, current=path.startswith(url) if url != "/" else path == url)


def _is_for(room: Room, user: Any) -> bool:
    if room.roles == STAFF or user.is_superuser or user.has_role(*room.roles):
        return True
    return room.district_leader and leads_district(user)
