"""Words of the kernel's tables in the language of the reader."""

from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.roles import Role
from huiyin.people.choices import StaffRole

_OTHERS = {Role.RESIDENT: _("Resident"), Role.SYSTEM: _("System")}


class Labelled(Protocol):
    """A state, a move, a field, a refusal: whatever carries both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def english() -> bool:
    return (get_language() or "").startswith("en")


def say(thing: Labelled) -> str:
    return thing.en if english() else thing.zh


def role_label(role: str) -> str:
    other = _OTHERS.get(Role(role))
    return str(other or StaffRole(role).label)
