"""How a form asks for each field that moves record: one line a kind of widget."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.cases import codes
from huiyin.cases.choices import REQUESTS, Kind
from huiyin.cases.inputs import PickField, PicturesField
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case
from huiyin.cases.values import choices
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.roles import Role
from huiyin.people.models import Account
from huiyin.people.models import units as every_unit

_LONGEST, _LONGEST_LINE = 5000, 200
_LENGTHS = {"title": 120, "place": 120}
_LOCAL = "%Y-%m-%dT%H:%M"


_OWN: dict[str, Callable[..., forms.Field]] = {}


def asks(name: str, maker: Callable[..., forms.Field]) -> None:
    """A later stage asks for this field from its own data: `maker(name, case, label=…, required=…)`."""
    _OWN[name] = maker


def ask(name: str, case: Case, *, required: bool) -> forms.Field:
    """The form field for one recorded field of a case."""
    field = FIELDS[name]
    maker = _OWN.get(name) or _WIDGETS[field.widget]
    return maker(name, case, label=say(field), required=required)


def colleagues(case: Case) -> QuerySet[Account]:
    """Who may be given a case: the accounts that handle for its unit."""
    handling = Account.objects.filter(memberships__role__in=(Role.HANDLER, Role.LEADER), is_active=True)
    return handling.filter(memberships__unit=case.lead_id).distinct().order_by("name")


def units() -> dict[str, str]:
    return {unit.code: str(unit) for unit in every_unit().values() if unit.active}


def areas() -> dict[str, str]:
    return dict(codes.areas().names(english=english()))


def categories(*, groups: bool = False) -> dict[str, str]:
    """Second-level categories with their group's name, which makes them unique; with `groups` those too."""
    every = codes.categories().names(english=english())
    return {
        code: f"{every[group]} / {name}" if below else name
        for code, name in every.items()
        for group, below, _ in [code.partition(".")]
        if below or groups
    }


def within(kind: type[date]) -> list[Callable[[Any], None]]:
    """Dates that a case can have: a slip of the year is told, not stored."""
    zone = {"tzinfo": UTC} if kind is datetime else {}
    first, last = kind(2000, 1, 1, **zone), kind(2100, 1, 1, **zone)
    said = _("This date cannot be right: check the year.")
    return [MinValueValidator(first, said), MaxValueValidator(last, said)]


def _line(name: str, _case: Case, **known: Any) -> forms.Field:
    return forms.CharField(max_length=_LENGTHS.get(name, _LONGEST_LINE), **known)


def _long(_name: str, _case: Case, **known: Any) -> forms.Field:
    return forms.CharField(max_length=_LONGEST, widget=forms.Textarea({"rows": 4}), **known)


def _day(_name: str, _case: Case, **known: Any) -> forms.Field:
    return forms.DateField(
        validators=within(date), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **known
    )


def _moment(_name: str, _case: Case, **known: Any) -> forms.Field:
    return forms.DateTimeField(
        validators=within(datetime), widget=forms.DateTimeInput({"type": "datetime-local"}, format=_LOCAL), **known
    )


def _yes_no(_name: str, _case: Case, **known: Any) -> forms.Field:
    words = [("True", _("Yes")), ("False", _("No"))]
    radios = forms.RadioSelect
    return forms.TypedChoiceField(choices=words, coerce="True".__eq__, empty_value=None, widget=radios, **known)


def _choice(name: str, case: Case, **known: Any) -> forms.Field:
    offered = REQUESTS if name == "kind" and case.kind != Kind.DIRECTIVE else choices(name)
    return forms.ChoiceField(choices=[("", _("Please choose")), *offered], **known)


def _units(_name: str, _case: Case, **known: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=list(units().items()), widget=forms.CheckboxSelectMultiple, **known)


def _account(_name: str, case: Case, **known: Any) -> forms.Field:
    return forms.ModelChoiceField(colleagues(case), empty_label=_("Nobody in particular"), **known)


def _pictures(_name: str, _case: Case, **known: Any) -> forms.Field:
    return PicturesField(help_text=_("JPEG, PNG or WebP; up to 9."), **known)


_WIDGETS: dict[str, Callable[..., forms.Field]] = {
    "text": _line,
    "long": _long,
    "date": _day,
    "datetime": _moment,
    "bool": _yes_no,
    "choice": _choice,
    "unit": lambda _name, _case, **known: PickField(units(), **known),
    "units": _units,
    "area": lambda _name, _case, **known: PickField(areas(), **known),
    "category": lambda _name, _case, **known: PickField(categories(), **known),
    "account": _account,
    "pictures": _pictures,
}
