"""A district as a folder of readable files: `read_pack("muhe")`, `read_pack("/etc/huiyin/our-district")`.

Reading checks everything and raises one `PackError` with all problems: file, line, what to do.
A folder without its own taxonomy.csv, deadlines.csv or warnings.csv uses the common one. Nothing is written; no
database is needed.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, get_args
from zoneinfo import ZoneInfo

from huiyin.kernel.clock import Unit as TimeUnit
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES
from huiyin.packs import checks
from huiyin.packs.shapes import (
    AREA_UNIT,
    AccountRow,
    Area,
    CatalogueRow,
    Category,
    CopyRow,
    Deadline,
    District,
    Pack,
    Unit,
    WarningRow,
)
from huiyin.packs.table import Lines, PackError, Row, read_rows, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AREA_UNIT",
    "AccountRow",
    "Area",
    "CatalogueRow",
    "Category",
    "CopyRow",
    "Deadline",
    "District",
    "Pack",
    "PackError",
    "Unit",
    "WarningRow",
    "built_in",
    "folder_of",
    "read_pack",
]

UNIT_KINDS: Final = ("district", "bureau", "street", "town", "community", "company")
AREA_KINDS: Final = ("street", "community", "estate")
URGENCIES: Final = ("normal", "urgent", "emergency")
CASE_KINDS: Final = ("consult", "help", "complaint", "report", "suggestion")
# Clocks that no rule of a date begins: a part, a report and a promise bring their own.
_OTHER_CLOCKS: Final = ("part", "report", "promise")
STEPS: Final = ("handle", *dict.fromkeys(state.timer for state in STATES.values() if state.timer))
TELLS: Final = ("person", "leader", "district")
STAFF_ROLES: Final = tuple(role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM))

T = TypeVar("T")

_HERE: Final = Path(__file__).parent
_COMMON: Final = _HERE / "common"


def built_in() -> list[str]:
    """Codes of the packs inside the wheel."""
    return sorted(file.parent.name for file in _HERE.glob("*/district.toml"))


def folder_of(path_or_code: str | Path) -> Path:
    """Where a pack's files are: inside the wheel for a built-in code, else the folder that was named."""
    return _HERE / path_or_code if path_or_code in built_in() else Path(path_or_code)


def read_pack(path_or_code: str | Path) -> Pack:
    """A built-in pack by its code, any other by its folder. Raises PackError with every problem found."""
    folder = folder_of(path_or_code)
    if not folder.is_dir():
        raise PackError([f"There is no pack '{path_or_code}'; name one of {', '.join(built_in())}, or a folder."])
    problems: list[str] = []
    district = _district(folder / "district.toml", problems)
    units = _table(folder / "units.csv", "code kind name", "name_en parent ranked basis", _unit, problems)
    areas = _table(
        folder / "areas.csv",
        "code kind name unit",
        "parent name_en aliases lat lon population",
        _area,
        problems,
    )
    categories = _table(
        _own_or_common(folder, "taxonomy.csv"),
        "code parent name",
        "name_en urgency_default words codes confidential_default",
        _category,
        problems,
    )
    deadlines = _table(
        _own_or_common(folder, "deadlines.csv"),
        "name step amount unit valid_from",
        "name_en first_contact_hours category urgency channel kind basis",
        _deadline,
        problems,
    )
    catalogue = _table(
        folder / "catalogue.csv",
        "category lead deadline basis valid_from",
        "area helpers valid_to communities_help",
        _catalogue_row,
        problems,
    )
    copies: Lines[CopyRow] | None = []
    if (folder / "copies.csv").exists():
        copies = _table(folder / "copies.csv", "kind unit valid_from", "basis", _copy, problems)
    warnings = _table(_own_or_common(folder, "warnings.csv"), "percent tell valid_from", "step", _warning, problems)
    accounts: Lines[AccountRow] | None = []
    if (folder / "accounts.csv").exists():
        accounts = _table(folder / "accounts.csv", "username name roles unit", "name_en", _account, problems)
    checks.check_units(units)
    checks.check_areas(areas, units)
    checks.check_categories(categories)
    checks.check_deadlines(deadlines, categories)
    checks.check_catalogue(
        catalogue, units=units, areas=areas, categories=categories, deadlines=deadlines, problems=problems
    )
    checks.check_copies(copies, units)
    checks.check_accounts(accounts, units)
    if problems or district is None:
        raise PackError(problems)
    return Pack(
        district=district,
        units=_items(units),
        areas=_items(areas),
        categories=_items(categories),
        deadlines=_items(deadlines),
        catalogue=_items(catalogue),
        copies=_items(copies),
        accounts=_items(accounts),
        warnings=_items(warnings),
    )


def _own_or_common(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else _COMMON / name


def _table(path: Path, needed: str, optional: str, build: Callable[[Row], T], problems: list[str]) -> Lines[T] | None:
    rows = read_rows(path, needed.split(), optional.split(), problems)
    return None if rows is None else [(row, build(row)) for row in rows]


def _items(lines: Lines[T] | None) -> tuple[T, ...]:
    return tuple(item for _, item in lines or ())


def _unit(row: Row) -> Unit:
    return Unit(
        code=row.needed("code"),
        kind=row.one_of("kind", UNIT_KINDS),
        name=row.needed("name"),
        name_en=row.text("name_en"),
        parent=row.text("parent"),
        ranked=row.flag("ranked"),
        basis=row.text("basis"),
    )


def _area(row: Row) -> Area:
    return Area(
        code=row.needed("code"),
        kind=row.one_of("kind", AREA_KINDS),
        parent=row.text("parent"),
        name=row.needed("name"),
        name_en=row.text("name_en"),
        aliases=row.many("aliases"),
        unit=row.needed("unit"),
        lat=row.degrees("lat", limit=90),
        lon=row.degrees("lon", limit=180),
        population=row.whole("population", least=0),
    )


def _category(row: Row) -> Category:
    return Category(
        code=row.needed("code"),
        parent=row.text("parent"),
        name=row.needed("name"),
        name_en=row.text("name_en"),
        urgency_default=row.one_of("urgency_default", URGENCIES, default="normal"),
        words=row.words("words"),
        codes=row.mapping("codes"),
        confidential_default=row.flag("confidential_default"),
    )


def _deadline(row: Row) -> Deadline:
    row.needed("amount")
    return Deadline(
        name=row.needed("name"),
        name_en=row.text("name_en"),
        step=row.one_of("step", STEPS),
        amount=row.whole("amount", least=1) or 1,
        unit=cast("TimeUnit", row.one_of("unit", get_args(TimeUnit))),
        first_contact_hours=row.whole("first_contact_hours", least=1),
        categories=row.many("category"),
        urgency=row.one_of("urgency", ("", *URGENCIES)),
        channel=row.text("channel"),
        kind=row.one_of("kind", ("", *CASE_KINDS)),
        basis=row.text("basis"),
        valid_from=_valid_from(row),
    )


def _catalogue_row(row: Row) -> CatalogueRow:
    return CatalogueRow(
        category=row.needed("category"),
        area=row.text("area"),
        lead=row.needed("lead"),
        helpers=row.many("helpers"),
        deadline=row.needed("deadline"),
        basis=row.needed("basis"),
        valid_from=_valid_from(row),
        valid_to=row.day("valid_to"),
        communities_help=row.flag("communities_help"),
    )


def _copy(row: Row) -> CopyRow:
    return CopyRow(
        kind=row.one_of("kind", UNIT_KINDS),
        unit=row.needed("unit"),
        basis=row.text("basis"),
        valid_from=_valid_from(row),
    )


def _warning(row: Row) -> WarningRow:
    row.needed("percent")
    tell = row.many("tell")
    if not tell or not set(tell) <= set(TELLS):
        row.problem(f"tell '{row.text('tell')}' is not understood; name one or more of {', '.join(TELLS)}.")
    return WarningRow(
        step=row.one_of("step", ("", *STEPS, *_OTHER_CLOCKS)),
        percent=row.whole("percent", least=1) or 1,
        tell=tell,
        valid_from=_valid_from(row),
    )


def _account(row: Row) -> AccountRow:
    roles = row.many("roles")
    if not roles or not set(roles) <= set(STAFF_ROLES):
        row.problem(f"roles '{row.text('roles')}' is not understood; name one or more of {', '.join(STAFF_ROLES)}.")
    return AccountRow(
        username=row.needed("username"),
        name=row.needed("name"),
        name_en=row.text("name_en"),
        roles=tuple(Role(role) for role in roles if role in STAFF_ROLES),
        unit=row.needed("unit"),
    )


def _valid_from(row: Row) -> date:
    row.needed("valid_from")
    return row.day("valid_from") or date.min


def _district(path: Path, problems: list[str]) -> District | None:
    if (text := read_text(path, problems)) is None:
        return None
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path.name}: not readable as TOML ({error}); correct that line.")
        return None
    wrong = [f"{path.name}: {key} {ask}" for key, (good, ask) in _SETTINGS.items() if not good(settings.get(key))]
    wrong += [f"{path.name}: {key} is not a setting; remove or rename it." for key in settings if key not in _SETTINGS]
    problems += wrong
    if wrong:
        return None
    return District(
        code=settings["code"],
        name=settings["name"],
        name_en=settings.get("name_en", ""),
        prefix=settings["prefix"],
        tz=settings["tz"],
        lat=float(settings["lat"]),
        lon=float(settings["lon"]),
        assessment_start_day=settings["assessment_start_day"],
        report_hour=settings["report_hour"],
        tile_url=settings.get("tile_url", ""),
        languages=tuple(settings["languages"]),
        fictional=settings.get("fictional", False),
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_prefix(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isalpha() and value.isupper() and len(value) <= 4  # noqa: PLR2004


def _is_zone(value: Any) -> bool:
    try:
        return isinstance(value, str) and ZoneInfo(value).key == value
    except (ValueError, KeyError, OSError):
        return False


def _is_between(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_whole_between(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and _is_between(low, high)(value)


def _is_languages(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_name, value))


_SETTINGS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "code": (_is_name, 'is missing; write a short code, as code = "muhe".'),
    "name": (_is_name, "is missing; write the district's name."),
    "name_en": (lambda value: value is None or isinstance(value, str), "must be text in quotation marks."),
    "prefix": (_is_prefix, 'must be 1 to 4 capital letters, as prefix = "FT".'),
    "tz": (_is_zone, 'must be a time zone, as tz = "Asia/Shanghai".'),
    "lat": (_is_between(-90, 90), "must be a number of degrees from -90 to 90."),
    "lon": (_is_between(-180, 180), "must be a number of degrees from -180 to 180."),
    "assessment_start_day": (_is_whole_between(1, 28), "must be a day of the month from 1 to 28."),
    "report_hour": (_is_whole_between(0, 23), "must be an hour from 0 to 23."),
    "tile_url": (
        lambda value: value is None or isinstance(value, str),
        "must be text in quotation marks, or left out.",
    ),
    "languages": (_is_languages, 'must be a list of language codes, as languages = ["zh-hans", "en"].'),
    "fictional": (lambda value: value is None or isinstance(value, bool), "must be true or false, or left out."),
}
