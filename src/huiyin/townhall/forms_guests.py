from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.townhall.choices import Group
from huiyin.townhall.domain_guests import Count
from huiyin.townhall.queries_guests import Attendance

_MOST = 100_000
_FIELDS = {"invited": _("Invited"), "paper": _("Signed in on paper")}


class GuestsForm(forms.Form):
    """Two numbers a group, all groups at once; an empty field is none."""

    def __init__(self, data: Any = None, *, rows: Sequence[Attendance]) -> None:
        super().__init__(data)
        self._rows = rows
        for row in rows:
            for name, initial in (("invited", row.invited), ("paper", row.on_paper)):
                self.fields[f"{name}_{row.group}"] = _number(row, name, initial)

    @property
    def lines(self) -> Iterator[tuple[Attendance, forms.BoundField, forms.BoundField]]:
        return ((row, self[f"invited_{row.group}"], self[f"paper_{row.group}"]) for row in self._rows)

    @property
    def counts(self) -> list[Count]:
        said = self.cleaned_data
        return [Count(group, said[f"invited_{group}"] or 0, said[f"paper_{group}"] or 0) for group in Group]


def _number(row: Attendance, name: str, initial: int) -> forms.IntegerField:
    label = f"{_FIELDS[name]} · {row.group.label if row.group else ''}"
    widget = forms.NumberInput({"inputmode": "numeric", "aria-label": label})
    return forms.IntegerField(
        label=label, min_value=0, max_value=_MOST, required=False, initial=initial or None, widget=widget
    )


class HereForm(forms.Form):
    """One press."""

    group = forms.ChoiceField(choices=Group.choices, error_messages={"required": _("Choose the group you came with.")})
