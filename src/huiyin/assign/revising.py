"""Rules in codes: as a change keeps them, and what a change set would make of the rulebook."""

from collections.abc import Iterable
from typing import Any

from huiyin.assign.models import CatalogueRule, Change, ChangeSet, DeadlineRule
from huiyin.assign.queries import Key, Match, Revision, Rulebook
from huiyin.cases import codes
from huiyin.cases.models import Category

Table = Change.Table
RULES: dict[str, type[CatalogueRule | DeadlineRule]] = {Table.CATALOGUE: CatalogueRule, Table.DEADLINE: DeadlineRule}
_OF_DEADLINE = ("name", "step", "urgency", "channel", "kind", "amount", "unit", "basis")
_OF_CATALOGUE = ("street_helps", "communities_help", "deadline", "basis")


def in_codes(rule: CatalogueRule | DeadlineRule) -> dict[str, Any]:
    """A stored rule as a change keeps it."""
    category = codes.categories().code(rule.category_id)
    if isinstance(rule, DeadlineRule):
        return {"category": category, **{name: getattr(rule, name) for name in _OF_DEADLINE}}
    return {
        "category": category,
        "area": codes.areas().code(rule.area_id),
        "lead": codes.units().code(rule.lead_id),
        "helpers": [unit.code for unit in rule.helpers.order_by("code")],
        **{name: getattr(rule, name) for name in _OF_CATALOGUE},
    }


def deadline_of(told: dict[str, Any]) -> DeadlineRule:
    """The rule that codes mean, without its days and not stored."""
    category = Category.objects.filter(code=told["category"]).first() if told["category"] else None
    return DeadlineRule(category=category, **{name: told[name] for name in _OF_DEADLINE})


def catalogue_of(told: dict[str, Any]) -> CatalogueRule:
    """As `deadline_of`, without the helpers, which need a stored rule."""
    return CatalogueRule(
        category_id=codes.categories().id(told["category"]),
        area_id=codes.areas().id(told["area"] or None),
        lead_id=codes.units().id(told["lead"] or None),
        **{name: told[name] for name in _OF_CATALOGUE},
    )


def _match_of(told: dict[str, Any]) -> tuple[Key, Match]:
    known = {name: told[name] for name in _OF_CATALOGUE}
    return (told["category"], told["area"] or None), Match(0, told["lead"] or None, tuple(told["helpers"]), **known)


def revision(changes: Iterable[Change]) -> Revision:
    """What these changes would end and begin."""
    every = list(changes)
    ended = {table: frozenset(c.rule_id for c in every if c.table == table and c.rule_id) for table in Table.values}
    added = {table: [c.after for c in every if c.table == table and c.after] for table in Table.values}
    return Revision(
        ended_matches=ended[Table.CATALOGUE],
        ended_deadlines=ended[Table.DEADLINE],
        matches=tuple(map(_match_of, added[Table.CATALOGUE])),
        deadlines=tuple(map(deadline_of, added[Table.DEADLINE])),
    )


def books(change_set: ChangeSet) -> tuple[Rulebook, Rulebook]:
    """The rules of the day on which a proposal would take effect, without it and with it."""
    on = change_set.valid_from
    return Rulebook(on), Rulebook(on, revision(change_set.changes.all()))
