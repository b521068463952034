"""A change in words: each field before and after, in the names of the reader."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.assign.models import Change, DeadlineRule
from huiyin.cases.choices import Channel, Kind, Urgency
from huiyin.cases.values import Names

Said = Callable[[Any, Names], str]


class Told(NamedTuple):
    """One field of a rule; `changed` where before and after differ."""

    label: str | Promise
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def _any(value: Any, _names: Names) -> str:
    return str(value) if value not in (None, "") else _now("any")


def _choice(choices: Any) -> Said:
    return lambda value, names: str(choices(value).label) if value else _any(value, names)


def _yes(value: Any, _names: Names) -> str:
    return _now("Yes") if value else _now("No")


_FIELDS: Mapping[str, tuple[str | Promise, Said]] = {
    "name": (_("Rule"), _any),
    "step": (_("Step"), _any),
    "category": (
        _("Category"),
        lambda value, names: f"{value} {names.categories.get(value, '')}" if value else _now("any"),
    ),
    "area": (_("Area"), lambda value, names: names.areas.get(value, "") if value else _now("any")),
    "lead": (
        _("Lead unit"),
        lambda value, names: names.units.get(value, value) if value else _now("the street of the area"),
    ),
    "helpers": (
        _("Helping units"),
        lambda value, names: _now(", ").join(names.units.get(code, code) for code in value) or "—",
    ),
    "street_helps": (_("the street of the area helps"), _yes),
    "communities_help": (_("communities may be asked to help"), _yes),
    "deadline": (_("Deadline"), _any),
    "urgency": (_("Urgency"), _choice(Urgency)),
    "kind": (_("Kind of request"), _choice(Kind)),
    "channel": (_("Channel"), _choice(Channel)),
    "amount": (_("Time"), _any),
    "unit": (_("Counted in"), _choice(DeadlineRule.Unit)),
    "basis": (_("Legal basis"), _any),
}


def diff(change: Change) -> list[Told]:
    """Every field of the rule; of one that ends or begins, one side is empty."""
    names = Names()

    def said(side: Mapping[str, Any], name: str) -> str:
        return _FIELDS[name][1](side[name], names) if name in side else ""

    told = {**change.before, **change.after}
    return [
        Told(label, said(change.before, name), said(change.after, name))
        for name, (label, _how) in _FIELDS.items()
        if name in told
    ]
