from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.roles import DISTRICT_WIDE, UNIT_BOUND, Role
from huiyin.people.choices import AreaKind, StaffRole, UnitKind
from huiyin.people.kept import kept


class Named(models.Model):
    """A name in Chinese, and in English for the switch; the Chinese one stands in where no other is given."""

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class District(Named):
    """The loaded pack's settings: exactly one row."""

    code = models.SlugField(unique=True)
    prefix = models.CharField(max_length=4)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    assessment_start_day = models.PositiveSmallIntegerField(default=19)
    report_hour = models.PositiveSmallIntegerField(default=12)
    tile_url = models.CharField(max_length=300, blank=True)
    fictional = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")


class Unit(Named):
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Codes from the root, each followed by a dot: a subtree is one prefix match.
    path = models.CharField(max_length=200, unique=True)
    ranked = models.BooleanField(_("ranked"), default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes: ClassVar = [
            models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="people_unit_path_like")
        ]


def units(known: Iterable[int] = ()) -> Mapping[int, Unit]:
    """All units by id, from memory; read anew where one of those `known` to be is missing."""
    for pk in known:
        kept(Unit).get(pk)
    return kept(Unit).rows()  # type: ignore[return-value]


def _in_line(path: str, other: str) -> bool:
    """Whether one is the other or stands above it."""
    return path.startswith(other) or other.startswith(path)


class Area(Named):
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=AreaKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="areas")
    aliases = models.CharField(max_length=200, blank=True, help_text=_("other names, separated by |"))
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")


class Account(AbstractUser):
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="accounts")
    # Role and unit of each membership, where the query that read the account brought them along.
    held: Sequence[Mapping[str, Any]] | None = None

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def roles(self) -> dict[Role, frozenset[int]]:
        """Role → ids of the units it is held in."""
        held: dict[Role, set[int]] = {}
        for role, unit_id in self._pairs():
            held.setdefault(Role(role), set()).add(unit_id)
        return {role: frozenset(units) for role, units in held.items()}

    def _pairs(self) -> Iterable[tuple[str, int]]:
        if self.held is None:
            return self.memberships.values_list("role", "unit_id")
        return [(pair["role"], pair["unit"]) for pair in self.held]

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    @cached_property
    def every_unit_id(self) -> frozenset[int]:
        """Units it is not independent of: its own in any role, those below and those above.

        The district itself stands above them all and makes nobody partial.
        """
        own: frozenset[int] = frozenset().union(*self.roles.values(), () if self.unit_id is None else (self.unit_id,))
        tree = {pk: unit for pk, unit in units(own).items() if unit.parent_id is not None}
        paths = [tree[pk].path for pk in own if pk in tree]
        kin = (pk for pk, unit in tree.items() if any(_in_line(unit.path, path) for path in paths))
        return own.union(kin)

    @property
    def sees_district(self) -> bool:
        return self.has_role(*DISTRICT_WIDE)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Units whose cases this account may see through a unit-bound role, with their subtrees."""
        own = {unit for role in UNIT_BOUND for unit in self.roles.get(role, ())}
        tree = units(own) if own else {}
        paths = tuple(tree[pk].path for pk in own if pk in tree)
        return frozenset(pk for pk, unit in tree.items() if unit.path.startswith(paths))


class Membership(models.Model):
    """A role held in a unit: the pair is what rights are made of."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=StaffRole)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "role", "unit"], name="people_membership_once")
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")


class Cover(models.Model):
    """While `away` is away, from one day up to and including another, `by` stands in. Ends by itself, or earlier."""

    away = models.ForeignKey(Account, models.CASCADE, related_name="covers")
    by = models.ForeignKey(Account, models.CASCADE, related_name="covering")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    ended_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["first", "pk"]
        verbose_name = _("holiday cover")
        verbose_name_plural = _("holiday covers")

    def __str__(self) -> str:
        return f"{self.away} → {self.by}"
