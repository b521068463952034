"""What must hold between the lines of a pack. A table that could not be read is None: what refers to it is not checked,
so one missing file does not print a thousand problems.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from huiyin.packs.shapes import AREA_UNIT, AccountRow, Area, CatalogueRow, Category, CopyRow, Deadline, Unit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from huiyin.packs.table import Lines, Row

_CODE: Final = re.compile(r"\d{2}(\.\d{2})?")


def check_units(units: Lines[Unit] | None) -> None:
    units = units or []
    _once(((row, unit.code, f"code '{unit.code}'") for row, unit in units), "give every unit its own code")
    _once(
        ((row, unit.name, f"name '{unit.name}'") for row, unit in units), "imports find units by name: tell them apart"
    )
    _tree([(row, unit.code, unit.parent) for row, unit in units], "unit")
    roots = [(row, unit) for row, unit in units if unit.kind == "district"]
    for row, unit in roots[1:]:
        row.problem(f"'{unit.code}' is a second unit of kind district; a pack has one.")


def check_areas(areas: Lines[Area] | None, units: Lines[Unit] | None) -> None:
    areas = areas or []
    _once(((row, area.code, f"code '{area.code}'") for row, area in areas), "give every area its own code")
    _tree([(row, area.code, area.parent) for row, area in areas], "area")
    known = {unit.code for _, unit in units or ()}
    for row, area in areas:
        if units is not None:
            _known(row, "unit", area.unit, known, "units.csv")
        if (area.lat is None) != (area.lon is None):
            row.problem("only one of lat and lon is given; give both or neither.")


def check_categories(categories: Lines[Category] | None) -> None:
    categories = categories or []
    _once(((row, item.code, f"code '{item.code}'") for row, item in categories), "give every category its own code")
    _tree([(row, item.code, item.parent) for row, item in categories], "category")
    for row, item in categories:
        if item.code and not _CODE.fullmatch(item.code):
            row.problem(f"code '{item.code}' is not of the form 01 or 01.03; {_ZERO}")
        elif item.parent != item.code[:-3]:
            row.problem(f"'{item.code}' has the parent '{item.parent}'; write '{item.code[:-3]}'.")


def check_deadlines(deadlines: Lines[Deadline] | None, categories: Lines[Category] | None) -> None:
    deadlines = deadlines or []
    _once(
        ((row, (item.name, item.valid_from), f"'{item.name}' from {item.valid_from}") for row, item in deadlines),
        "give the newer one a later valid_from, or another name",
    )
    known = {item.code for _, item in categories or ()}
    for row, item in deadlines:
        for code in item.categories:
            if categories is not None:
                _known(row, "category", code, known, "taxonomy.csv", hint=_ZERO)


def check_catalogue(
    rules: Lines[CatalogueRow] | None,
    *,
    units: Lines[Unit] | None,
    areas: Lines[Area] | None,
    categories: Lines[Category] | None,
    deadlines: Lines[Deadline] | None,
    problems: list[str],
) -> None:
    if rules is None:
        return
    _overlaps(rules)
    for row, rule in rules:
        if rule.valid_to is not None and rule.valid_to < rule.valid_from:
            row.problem(f"valid_to {rule.valid_to} is before valid_from {rule.valid_from}; correct one of them.")
    if areas is not None:
        known = {"", *(area.code for _, area in areas)}
        for row, rule in rules:
            _known(row, "area", rule.area, known, "areas.csv")
    if units is not None:
        _rule_units(rules, {AREA_UNIT, *(unit.code for _, unit in units)})
    if deadlines is not None:
        known = {item.name for _, item in deadlines if item.step == "handle"}
        for row, rule in rules:
            _known(row, "deadline", rule.deadline, known, "the 'handle' rows of deadlines.csv")
    if categories is not None:
        _rule_categories(rules, [item for _, item in categories], problems)


def check_copies(copies: Lines[CopyRow] | None, units: Lines[Unit] | None) -> None:
    known = {unit.code for _, unit in units or ()}
    for row, item in copies or ():
        if units is not None:
            _known(row, "unit", item.unit, known, "units.csv")


def check_accounts(accounts: Lines[AccountRow] | None, units: Lines[Unit] | None) -> None:
    accounts = accounts or []
    _once(((row, item.username, f"username '{item.username}'") for row, item in accounts), "give every account its own")
    known = {unit.code for _, unit in units or ()}
    for row, item in accounts:
        if units is not None:
            _known(row, "unit", item.unit, known, "units.csv")


_ZERO: Final = "if a spreadsheet dropped the leading zero, format the column as text."


def _known(row: Row, column: str, value: str, known: Iterable[str], where: str, *, hint: str = "") -> None:
    if value not in known and value:
        row.problem(
            f"{column} '{value}' is not in {where}; add it there or correct it here.{hint and ' ' + hint.capitalize()}"
        )


def _once(keys: Iterable[tuple[Row, Hashable, str]], advice: str) -> None:
    first: dict[Hashable, int] = {}
    for row, key, what in keys:
        if key == "":
            continue
        if key in first:
            row.problem(f"{what} is already on line {first[key]}; {advice}.")
        first.setdefault(key, row.line)


def _tree(nodes: Sequence[tuple[Row, str, str]], what: str) -> None:
    parent_of = {code: parent for _, code, parent in nodes}
    for row, code, parent in nodes:
        if parent and parent not in parent_of:
            row.problem(f"parent '{parent}' is not a code in this file; add that {what} or correct the parent.")
        elif code in (ring := _ancestors(code, parent_of)):
            row.problem(f"'{code}' is its own ancestor ({' → '.join((code, *ring))}); correct the parent.")


def _ancestors(code: str, parent_of: dict[str, str]) -> list[str]:
    seen: list[str] = []
    while (code := parent_of.get(code, "")) and code not in seen:
        seen.append(code)
    return seen


def _overlaps(rules: Lines[CatalogueRow]) -> None:
    earlier: dict[tuple[str, str], list[tuple[Row, CatalogueRow]]] = {}
    for row, rule in rules:
        same = earlier.setdefault((rule.category, rule.area), [])
        for other_row, other in same:
            if rule.valid_from <= (other.valid_to or date.max) and other.valid_from <= (rule.valid_to or date.max):
                place = f"area '{rule.area}'" if rule.area else "any area"
                row.problem(
                    f"category '{rule.category}' for {place} is already on line {other_row.line} for the same days; "
                    "keep one, or set valid_to."
                )
        same.append((row, rule))


def _rule_units(rules: Lines[CatalogueRow], known: set[str]) -> None:
    for row, rule in rules:
        _known(row, "lead", rule.lead, known, "units.csv")
        for helper in rule.helpers:
            _known(row, "helper", helper, known, "units.csv")
        if rule.lead in rule.helpers:
            row.problem(f"'{rule.lead}' leads and helps; remove it from the helpers.")


def _rule_categories(rules: Lines[CatalogueRow], categories: Sequence[Category], problems: list[str]) -> None:
    known = {item.code for item in categories}
    for row, rule in rules:
        _known(row, "category", rule.category, known, "taxonomy.csv", hint=_ZERO)
        if rule.category in known and "." not in rule.category:
            row.problem(
                f"category '{rule.category}' is of the first level; write one row for each of its subcategories."
            )
    covered = {rule.category for _, rule in rules if not rule.area}
    problems.extend(
        f"catalogue.csv: no row with an empty area for category '{item.code}' ({item.name}); add one."
        for item in categories
        if item.parent and item.code not in covered
    )
