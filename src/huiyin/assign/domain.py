"""Assignment: suggest on arrival, dispatch by the catalogue with a due date that shows how it came about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.alike.queries import Alike
from huiyin.assign import triage
from huiyin.assign.communities import unlisted
from huiyin.assign.history import past_units, similar_to
from huiyin.assign.models import SAID, CatalogueRule, CopyRule, DeadlineRule, Suggestion
from huiyin.assign.parts import Part, recorded
from huiyin.assign.queries import Rulebook, due, forget_rules, rules_at, suggested_area
from huiyin.cases import codes
from huiyin.cases import domain as cases
from huiyin.cases.draft import SYSTEM, Draft
from huiyin.cases.models import Case
from huiyin.cases.reactions import Due
from huiyin.kernel.chain import stamp
from huiyin.kernel.clock import render
from huiyin.kernel.fold import Row, blank
from huiyin.kernel.moves import DIRECTIVE, MOVES, Refused
from huiyin.language.mask import mask
from huiyin.packs.shapes import Pack
from huiyin.people.models import Account

# Auto-dispatch on import only when the taxonomy or the model is this sure; a person decides the rest.
STREET_OF_AREA = "@area"
BY_CATALOGUE = ("按目录派单", "By the catalogue")


@dataclass(frozen=True, slots=True)
class Plan:
    """Who should answer by when, and why. Units are codes; `trace` is the reckoning in Chinese, line by line."""

    lead: str
    helpers: tuple[str, ...]
    start: datetime
    due_at: datetime
    basis: str
    catalogue: str
    trace: tuple[str, ...]


def suggest(drafts: Sequence[Draft]) -> None:
    """Reaction to opened cases: one suggestion each, and dispatch at once where the door allows and all is sure.

    A directive names its unit itself, and gets none.
    """
    drafts = [draft for draft in drafts if draft.row["kind"] != DIRECTIVE]
    guesses = triage.guess([f"{draft.row['title']}\n{draft.row['text']}" for draft in drafts])
    for draft, guess in zip(drafts, guesses, strict=True):
        given, area = draft.row["category"], area_of(draft.row)
        category = _narrowed(given, guess.category)
        draft.guessed = {"category": category, "area": area}
        confidence = 1.0 if given and category == given else guess.confidence
        plan = plan_for({**draft.row, "category": category, "area": area}, draft.entries[-1].event.at)
        lead = draft.lead_hint or (plan.lead if plan else None)
        draft.extras.append(
            Suggestion(
                case_id=draft.id,
                category_id=codes.categories().id(category),
                area_id=codes.areas().id(area),
                lead_id=codes.units().id(lead),
                confidence=round(confidence, 4),
                words=list(guess.words),
                model=SAID if given and category == given else guess.model,
            )
        )
        sure = draft.auto_dispatch and confidence >= rules_at(draft.entries[-1].event.at).sure
        if sure and plan and not _pushed_down(draft, plan, category, area, lead or plan.lead):
            _dispatch_at_once(draft, plan, {"category": category, "area": area}, lead or plan.lead)


def _pushed_down(draft: Draft, plan: Plan, category: str | None, area: str | None, lead: str) -> bool:
    """Whether the order would give a community what the list does not: a person decides then."""
    row = {"category": category, "area": area}
    return bool(unlisted(row, lead=lead, helpers=plan.helpers, at=draft.entries[-1].event.at))


def _narrowed(given: str | None, guessed: str | None) -> str | None:
    """What the door named; where that is a first level only and the guess lies within it, the guess."""
    inside = given and guessed and guessed.startswith(f"{given}.")
    return guessed if inside else given or guessed


def look_at(messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What triage says of texts that are no cases yet: category, unit, confidence, reasons, similar cases, masked text.

    A message needs `text`; `title` and `place` help. The unit is the catalogue's, or where that has none the one that
    answered most of the similar cases.
    """
    masked = [
        {name: mask(str(message.get(name) or "")).text for name in ("title", "text", "place")} for message in messages
    ]
    guesses = triage.guess([f"{row['title']}\n{row['text']}" for row in masked])
    now, blank_row = timezone.now(), blank()
    found = []
    for row, guess in zip(masked, guesses, strict=True):
        full = {**blank_row, **row, "category": guess.category}
        full["area"] = area_of(full)
        plan = plan_for(full, now)
        similar = similar_to(f"{row['title']}\n{row['text']}".strip(), row["place"], now)
        unit, basis = (plan.lead, plan.basis) if plan else _by_history(similar)
        found.append(
            {
                "category": guess.category,
                "unit": unit,
                "confidence": round(guess.confidence, 4),
                "reasons": [*guess.words, *([basis] if basis else [])],
                "similar": [_told(one) for one in similar],
                "masked": row["text"],
            }
        )
    return found


def _by_history(similar: Sequence[Alike]) -> tuple[str | None, str]:
    past = past_units(similar)
    if not past:
        return None, ""
    numbers = "、".join(one.case.number for one in past[0].cases)
    return past[0].unit.code, f"相似件多由{past[0].unit.name}办理：{numbers}"


def _told(one: Alike) -> dict[str, Any]:
    return {"number": one.case.number, "score": round(one.score, 4), "reasons": [str(reason) for reason in one.reasons]}


def area_of(row: Row) -> str | None:
    """The area the door named, else one found in place, title, text or by the pin. The dispatcher confirms it."""
    said = f"{row['place']} {row['title']} {row['text'][:200]}"
    return row["area"] or suggested_area(said, row["lat_e3"], row["lon_e3"])


def _dispatch_at_once(draft: Draft, plan: Plan, chosen: Mapping[str, Any], lead: str) -> None:
    at = draft.entries[-1].event.at
    reason = "按目录自动派单"
    draft.add("register", at=at, actor=SYSTEM, public=_registration(draft.row, chosen))
    draft.add("dispatch", at=at, actor=SYSTEM, public=_order(plan, lead=lead, reason=reason))


def _registration(row: Row, chosen: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: row[name] for name in ("kind", "category", "urgency", "area")}
    merged = {**known, **{name: value for name, value in chosen.items() if value not in (None, "")}}
    merged["kind"] = merged["kind"] or "help"
    return {name: value for name, value in merged.items() if value is not None}


def _order(
    plan: Plan, *, lead: str, reason: str, helpers: Sequence[str] | None = None, parts: Sequence[Part] = ()
) -> dict[str, Any]:
    """What a dispatch records."""
    return {
        "lead": lead,
        "due_at": stamp(plan.due_at),
        "basis": plan.basis,
        "catalogue": plan.catalogue,
        "trace": list(plan.trace),
        "reason": reason,
        **owners(lead, plan.helpers if helpers is None else helpers, parts, start=plan.start, due_at=plan.due_at),
    }


def owners(
    lead: str, helpers: Sequence[str], parts: Sequence[Part], *, start: datetime, due_at: datetime
) -> dict[str, Any]:
    """Helping units, their parts, and who gets a copy, as every move that gives a case to a unit records them."""
    helping = [code for code in dict.fromkeys(helpers) if code != lead]
    told = {
        "helpers": helping,
        "parts": recorded(helping, parts, start=start, due_at=due_at),
        "copies": list(rules_at(start).copies(lead)),
    }
    return {name: value for name, value in told.items() if value or name == "helpers"}


def plan_for(
    row: Mapping[str, Any], start: datetime, *, lead: str | None = None, book: Rulebook | None = None
) -> Plan | None:
    """What the rules of the day (or of `book`) say; None where the catalogue has no answer.

    `row` needs category, area, urgency, channel and kind. A `lead` chosen by a person stands before the catalogue's.
    """
    book = book or rules_at(start)
    match = book.match(row["category"], row["area"])
    if match is None:
        return None
    rule = book.deadline_rule(
        category=row["category"], urgency=row["urgency"], channel=row["channel"], kind=row["kind"], name=match.deadline
    )
    lead = lead or book.lead(match, row["area"])
    if lead is None or rule is None:
        return None
    found = due(start, rule)
    if found.due_at is None:
        return None
    lines = (f"规则：{rule.name}（{rule.basis}）", *render(found.trace, "zh"))
    return Plan(lead, book.helpers(match, row["area"]), start, found.due_at, match.basis, str(match.rule_id), lines)


def due_by_rules(row: Row, start: datetime) -> Due | None:
    """For another round of a case: the date that the rules of the day give."""
    plan = plan_for(row, start)
    return Due(plan.due_at, plan.trace) if plan else None


def step_due_by_rules(row: Row, start: datetime, step: str) -> Due | None:
    """When a step begun at `start` must be done, by the rules of the day; None where there is none for it."""
    rule = rules_at(start).deadline_rule(
        step=step, **{name: row[name] for name in ("category", "urgency", "channel", "kind")}
    )
    found = due(start, rule) if rule else None
    if rule is None or found is None or found.due_at is None:
        return None
    return Due(found.due_at, (f"规则：{rule.name}（{rule.basis}）", *render(found.trace, "zh")))


def dispatch(*, case: Case, account: Account, **order: Any) -> Case:
    """Register (or correct) where needed and dispatch, as one transaction; `order` as for `draft_dispatch`.

    Raises `Refused` (also when no rule gives a due date, and `NotListed`), `Conflict`.
    """
    draft, before = cases.begin(case)
    draft_dispatch(draft, case, account, **order)
    return cases.finish(case, draft, before)


def draft_dispatch(
    draft: Draft,
    case: Case,
    account: Account,
    *,
    lead: str,
    reason: str,
    helpers: Sequence[str] | None = None,
    parts: Sequence[Part] = (),
    **chosen: Any,
) -> None:
    """The moves of a dispatch, not stored yet.

    `chosen`: kind, category, urgency, area, confidential. `lead` and `helpers` are unit codes; a helping unit without a
    part gets the usual date. The clock starts now and is never reset by objection or hand-over. Raises `Refused`.
    """
    at = timezone.now()
    for kind, public in _before_dispatch(case, draft.row, chosen, reason):
        draft.add(kind, at=at, actor=cases.actor_for(account, MOVES[kind], case), public=public)
    plan = plan_for(draft.row, at, lead=lead)
    if plan is None:
        raise Refused(
            "plan",
            "目录里没有这个类别和辖区的规则，算不出期限：请改类别或辖区，或先补派单目录。",
            "No rule of the catalogue fits, so there is no due date: change category or area, or add a rule first.",
        )
    _require_reason(plan_for(draft.row, at), lead, reason)
    actor = cases.actor_for(account, MOVES["dispatch"], case)
    order = _order(plan, lead=lead, reason=reason, helpers=helpers, parts=parts)
    draft.add("dispatch", at=at, actor=actor, public=order)


def _require_reason(by_rules: Plan | None, lead: str, reason: str) -> None:
    """“By the catalogue” is on record for the resident to read: it must be true."""
    if by_rules and by_rules.lead != lead and reason in BY_CATALOGUE:
        raise Refused(
            "reason",
            "目录里的主办是另一个单位：请写明为什么派给这个单位。",
            "The catalogue names another lead: write down why it goes to this one.",
        )


def _before_dispatch(case: Case, row: Row, chosen: dict[str, Any], reason: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What must be on record first: the registration, or what differs from it."""
    if case.state == "received":
        yield "register", _registration(row, {**chosen, "area": chosen.get("area") or area_of(row)})
        return
    changed = {name: value for name, value in chosen.items() if value not in (None, "", row[name])}
    if changed:
        yield "correct", {**changed, "reason": reason}


@transaction.atomic
def load_rules(pack: Pack) -> None:
    """The pack's deadlines and catalogue, replacing what an earlier load of a pack left. Does not touch cases."""
    DeadlineRule.objects.all().delete()
    CatalogueRule.objects.all().delete()
    CopyRule.objects.all().delete()
    unit, area, category = codes.units(), codes.areas(), codes.categories()
    DeadlineRule.objects.bulk_create(
        DeadlineRule(
            name=row.name, step=row.step, amount=row.amount, unit=row.unit, category_id=category.id(code or None),
            urgency=row.urgency, channel=row.channel, kind=row.kind, basis=row.basis, valid_from=row.valid_from,
        )
        for row in pack.deadlines
        for code in row.categories or ("",)
    )  # fmt: skip
    rules = CatalogueRule.objects.bulk_create(
        CatalogueRule(
            category_id=category.id(row.category), area_id=area.id(row.area or None),
            lead_id=None if row.lead == STREET_OF_AREA else unit.id(row.lead),
            street_helps=STREET_OF_AREA in row.helpers, communities_help=row.communities_help,
            deadline=row.deadline, basis=row.basis, valid_from=row.valid_from, valid_to=row.valid_to,
        )
        for row in pack.catalogue
    )  # fmt: skip
    helpers = CatalogueRule.helpers.through
    helpers.objects.bulk_create(
        helpers(cataloguerule_id=rule.pk, unit_id=unit.id(code))
        for rule, row in zip(rules, pack.catalogue, strict=True)
        for code in row.helpers
        if code != STREET_OF_AREA
    )
    CopyRule.objects.bulk_create(
        CopyRule(kind=row.kind, unit_id=unit.id(row.unit), basis=row.basis, valid_from=row.valid_from)
        for row in pack.copies
    )
    forget_rules()
