"""Loading a district: units, areas, accounts out of a pack."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Protocol, TypeVar

from django.db import transaction

from huiyin.packs.shapes import Pack
from huiyin.people.models import Account, Area, District, Membership, Unit
from huiyin.people.queries import forget_district


class _Node(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str: ...


Node = TypeVar("Node", bound=_Node)


@transaction.atomic
def load_people(pack: Pack, *, password: str | None = None) -> None:
    """District, units and areas of a pack: new and changed rows, nothing removed. Accounts only with a password."""
    fields = {f.name for f in District._meta.get_fields()}
    values = {name: value for name, value in asdict(pack.district).items() if name in fields}
    District.objects.exclude(code=pack.district.code).delete()
    District.objects.update_or_create(code=pack.district.code, defaults=values)
    units = _load_units(pack)
    _load_areas(pack, units)
    if password is not None:
        _load_accounts(pack, units, password)
    forget_district()


def _load_units(pack: Pack) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in _parents_first(pack.units):
        parent = units.get(row.parent)
        units[row.code], _ = Unit.objects.update_or_create(
            code=row.code,
            defaults={
                "kind": row.kind, "name": row.name, "name_en": row.name_en, "parent": parent, "ranked": row.ranked,
                "path": f"{parent.path if parent else ''}{row.code}.",
            },
        )  # fmt: skip
    return units


def _load_areas(pack: Pack, units: dict[str, Unit]) -> None:
    areas: dict[str, Area] = {}
    for row in _parents_first(pack.areas):
        areas[row.code], _ = Area.objects.update_or_create(
            code=row.code,
            defaults={
                "kind": row.kind, "name": row.name, "name_en": row.name_en, "parent": areas.get(row.parent),
                "unit": units[row.unit], "aliases": "|".join(row.aliases), "lat": row.lat, "lon": row.lon,
                "population": row.population,
            },
        )  # fmt: skip


def _load_accounts(pack: Pack, units: dict[str, Unit], password: str) -> None:
    for row in pack.accounts:
        account, created = Account.objects.get_or_create(
            username=row.username, defaults={"name": row.name, "unit": units[row.unit]}
        )
        if created:
            account.is_staff = account.is_superuser = "admin" in row.roles
            account.set_password(password)
            account.save()
        for role in row.roles:
            Membership.objects.get_or_create(account=account, role=role, unit=units[row.unit])


def _parents_first(rows: Iterable[Node]) -> list[Node]:
    """Rows in an order in which every parent comes before its children."""
    by_code = {row.code: row for row in rows}

    def depth(row: Node) -> int:
        parent = by_code.get(row.parent)
        return 1 + depth(parent) if parent else 0

    return sorted(by_code.values(), key=depth)
