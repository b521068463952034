"""What a district pack says, as read: frozen, typed, in file order. The columns: docs/packs.md."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.kernel.clock import Unit as TimeUnit
from huiyin.kernel.roles import Role

AREA_UNIT: Final = "@area"  # in the catalogue: the unit of the place the case is about


@dataclass(frozen=True)
class District:
    code: str
    name: str
    name_en: str
    prefix: str
    tz: str
    lat: float
    lon: float
    assessment_start_day: int
    report_hour: int
    tile_url: str
    languages: tuple[str, ...]
    fictional: bool


@dataclass(frozen=True)
class Unit:
    code: str
    kind: str
    name: str
    name_en: str
    parent: str
    ranked: bool
    basis: str


@dataclass(frozen=True)
class Area:
    """`lat` and `lon` are both known or both None (WGS 84 degrees)."""

    code: str
    kind: str
    parent: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    unit: str
    lat: float | None
    lon: float | None
    population: int | None


@dataclass(frozen=True)
class Category:
    code: str
    parent: str
    name: str
    name_en: str
    urgency_default: str
    words: tuple[str, ...]
    codes: dict[str, str]
    confidential_default: bool


@dataclass(frozen=True)
class Deadline:
    """So much time for one step. `categories` are code prefixes; an empty match means any."""

    name: str
    name_en: str
    step: str
    amount: int
    unit: TimeUnit
    first_contact_hours: int | None
    categories: tuple[str, ...]
    urgency: str
    channel: str
    kind: str
    basis: str
    valid_from: date


@dataclass(frozen=True)
class CatalogueRow:
    """Who leads a category in an area (empty: any). `lead` and `helpers` are unit codes or AREA_UNIT.

    `communities_help`: communities may be asked to help with it; without it they are given only what names them.
    """

    category: str
    area: str
    lead: str
    helpers: tuple[str, ...]
    deadline: str
    basis: str
    valid_from: date
    valid_to: date | None
    communities_help: bool


@dataclass(frozen=True)
class CopyRow:
    """Cases led by units of a kind are copied to `unit`."""

    kind: str
    unit: str
    basis: str
    valid_from: date


@dataclass(frozen=True)
class WarningRow:
    """At which percent of a step's time (empty: of every step without rows of its own) who is told."""

    step: str
    percent: int
    tell: tuple[str, ...]
    valid_from: date


@dataclass(frozen=True)
class AccountRow:
    username: str
    name: str
    name_en: str
    roles: tuple[Role, ...]
    unit: str


@dataclass(frozen=True)
class Pack:
    district: District
    units: tuple[Unit, ...]
    areas: tuple[Area, ...]
    categories: tuple[Category, ...]
    deadlines: tuple[Deadline, ...]
    catalogue: tuple[CatalogueRow, ...]
    copies: tuple[CopyRow, ...]
    accounts: tuple[AccountRow, ...]
    warnings: tuple[WarningRow, ...] = ()
