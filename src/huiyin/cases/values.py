"""Recorded values in words: codes as names, stamps as local times, choices as labels."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases import codes
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case
from huiyin.kernel.fields import FIELDS
from huiyin.people.models import Account


@dataclass
class Names:
    """Code → name in the reader's language, from tables kept in memory."""

    @cached_property
    def units(self) -> Mapping[str, str]:
        return codes.units().names(english=english())

    @cached_property
    def areas(self) -> Mapping[str, str]:
        return codes.areas().names(english=english())

    @cached_property
    def categories(self) -> Mapping[str, str]:
        return codes.categories().names(english=english())

    @cached_property
    def _accounts(self) -> dict[int, str]:
        return {}

    def meet(self, ids: Iterable[int]) -> None:
        """The names of several accounts in one query."""
        for account in Account.objects.filter(pk__in=set(ids)).only("name", "username"):
            self._accounts[account.pk] = str(account)

    def account(self, pk: int) -> str:
        if pk not in self._accounts:
            self.meet([pk])
        return self._accounts.setdefault(pk, str(pk))


def choices(name: str) -> list[tuple[str, str]]:
    """What may be chosen for a field: the kernel's own list, else that of the column of the same name."""
    if own := FIELDS[name].choices:
        return [(value, en if english() else zh) for value, zh, en in own]
    column: Field[Any, Any] = Case._meta.get_field(name)  # type: ignore[assignment]
    return [(str(value), str(label)) for value, label in column.flatchoices]


_OWN: dict[str, Callable[[str, Any, Names], str]] = {}


def tells(name: str, words: Callable[[str, Any, Names], str]) -> None:
    """A later stage puts this field into words from its own data."""
    _OWN[name] = words


def told(name: str, value: Any, names: Names) -> str:
    """One recorded field as a line; what speaks for itself has no label."""
    field = FIELDS.get(name)
    if field is None:
        return f"{name}: {value}"
    words = (_OWN.get(name) or _WORDS.get(field.widget, _plain))(name, value, names)
    return words if name == "text" else _("%(label)s: %(value)s") % {"label": say(field), "value": words}


def _plain(_name: str, value: Any, _names: Names) -> str:
    return str(value)


def _moment(_name: str, value: Any, _names: Names) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(value)), "Y-m-d H:i")


def _choice(name: str, value: Any, _names: Names) -> str:
    return dict(choices(name)).get(value, str(value))


def _units(_name: str, value: Any, names: Names) -> str:
    return _(", ").join(names.units.get(code, code) for code in value)


def _parts(_name: str, value: Any, names: Names) -> str:
    return "\n".join(" ".join(_part(part, names)) for part in value)


def _part(part: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield names.units.get(part["unit"], part["unit"])
    yield part.get("part", "")
    if part.get("due_at"):
        yield _moment("due_at", part["due_at"], names)


def _promises(_name: str, value: Any, _names: Names) -> str:
    return "\n".join(f"{one['on']} {one['words']}" for one in value)


def _pictures(_name: str, value: Any, _names: Names) -> str:
    return ngettext("%(count)d picture", "%(count)d pictures", len(value)) % {"count": len(value)}


_WORDS: dict[str, Callable[[str, Any, Names], str]] = {
    "datetime": _moment,
    "bool": lambda _name, value, _names: _("Yes") if value else _("No"),
    "choice": _choice,
    "unit": lambda _name, value, names: names.units.get(value, value),
    "units": _units,
    "area": lambda _name, value, names: names.areas.get(value, value),
    "category": lambda _name, value, names: names.categories.get(value, value),
    "account": lambda _name, value, names: names.account(value),
    "pictures": _pictures,
    "parts": _parts,
    "promises": _promises,
}
