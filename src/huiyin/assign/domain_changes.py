"""Changing the rules: proposed, rehearsed, then put into effect from a day ahead. What has held is never edited."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.assign.models import CatalogueRule, Change, ChangeSet, DeadlineRule
from huiyin.assign.queries import forget_rules
from huiyin.assign.revising import RULES, Table, catalogue_of, deadline_of, in_codes
from huiyin.cases import codes
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.models import Account

PROPOSERS = (Role.DISPATCHER, Role.REVIEWER, Role.ADMIN)
DECIDERS = (Role.REVIEWER, Role.ADMIN)
Rule = CatalogueRule | DeadlineRule


def propose(*, account: Account, title: str, reason: str, valid_from: date) -> ChangeSet:
    """An empty proposal. Raises `Refused` for a day that is not ahead."""
    _require(account, *PROPOSERS)
    _require_ahead(valid_from)
    return ChangeSet.objects.create(title=title, reason=reason, valid_from=valid_from, proposed_by=account)


def put(*, change_set: ChangeSet, account: Account, table: str, rule: Rule | None, after: dict[str, Any]) -> Change:
    """One more change: end `rule` (`after` empty), replace it, or add one (`rule` None). Raises `Refused`."""
    _require(account, *PROPOSERS)
    _require_open(change_set)
    if rule is not None:
        _require_standing(rule, change_set.valid_from)
        change_set.changes.filter(table=table, rule_id=rule.pk).delete()
    if after:
        _require_free(change_set, table, after, rule)
    before = in_codes(rule) if rule else {}
    change = change_set.changes.create(table=table, rule_id=rule.pk if rule else None, before=before, after=after)
    change_set.save(update_fields=["changed_at"])
    return change


def drop(*, change: Change, account: Account) -> None:
    """Take a change out of its proposal. Raises `Refused`."""
    _require(account, *PROPOSERS)
    _require_open(change.change_set)
    change.delete()
    change.change_set.save(update_fields=["changed_at"])


@transaction.atomic
def enact(*, change_set: ChangeSet, account: Account) -> ChangeSet:
    """Make it so from its day: rules end on it, others begin on it. Raises `Refused`; then nothing has changed."""
    _require(account, *DECIDERS)
    _require_ahead(change_set.valid_from)
    mine = ChangeSet.objects.filter(pk=change_set.pk, enacted_at=None)
    if not mine.update(enacted_at=timezone.now(), enacted_by=account):
        raise _taken_effect()
    changes = list(change_set.changes.all())
    if not changes:
        raise Refused("empty", "还没有任何改动：先加一条。", "There is no change in it yet: add one first.")
    for change in changes:
        _end(change, change_set.valid_from)
        _begin(change, change_set.valid_from)
    transaction.on_commit(forget_rules)
    change_set.refresh_from_db()
    return change_set


def _end(change: Change, on: date) -> None:
    if change.rule_id is None:
        return
    standing = RULES[change.table].objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), pk=change.rule_id)
    if not standing.filter(valid_from__lt=on).update(valid_to=on):
        raise _not_standing()


def _begin(change: Change, on: date) -> None:
    if not change.after:
        return
    rule = (deadline_of if change.table == Table.DEADLINE else catalogue_of)(change.after)
    rule.valid_from = on
    rule.save()
    if isinstance(rule, CatalogueRule):
        rule.helpers.set(codes.units().id(code) for code in change.after["helpers"])


def _require(account: Account, *roles: Role) -> None:
    if not account.has_role(*roles):
        raise Refused(
            "role", "您的角色不能改派单目录和时限。", "Your role may not change the catalogue or the deadlines."
        )


def _require_ahead(day: date) -> None:
    if day <= timezone.localdate():
        raise Refused(
            "past",
            "改动最早从明天起生效：已经用过的规则不回头改。请换一个生效日期。",
            "Rules are never edited back in time: a change takes effect tomorrow at the earliest. Choose a later day.",
        )


def _require_open(change_set: ChangeSet) -> None:
    if change_set.enacted_at:
        raise _taken_effect()


def _taken_effect() -> Refused:
    return Refused("enacted", "这组改动已经定下，请另提一组。", "This change has taken effect: propose another one.")


def _require_standing(rule: Rule, on: date) -> None:
    if rule.valid_from >= on or (rule.valid_to and rule.valid_to <= on):
        raise _not_standing()


def _not_standing() -> Refused:
    return Refused(
        "ended",
        "有一条规则到那天已经不生效了：请去掉这条改动，或换一个生效日期。",
        "One of the rules does not hold on that day any more: take that change out, or choose another day.",
    )


def _require_free(change_set: ChangeSet, table: str, after: dict[str, Any], rule: Rule | None) -> None:
    """Two rows for one category and area would hide one another."""
    if table != Table.CATALOGUE:
        return
    key = (after["category"], after["area"] or None)
    others = CatalogueRule.objects.filter(Q(valid_to=None) | Q(valid_to__gt=change_set.valid_from))
    others = others.filter(category__code=key[0], **({"area__code": key[1]} if key[1] else {"area": None}))
    ended = change_set.changes.filter(table=table, rule_id__isnull=False).values("rule_id")
    others = others.exclude(pk__in=[rule.pk] if rule else []).exclude(pk__in=ended)
    added = [change.after for change in change_set.changes.filter(table=table) if change.after]
    same = [told for told in added if (told["category"], told["area"] or None) == key]
    if others.exists() or same:
        raise Refused(
            "twice",
            "这个类别和辖区已经有一条规则：请改那一条，不要另加。",
            "There is a rule for this category and area already: change that one instead of adding another.",
        )
