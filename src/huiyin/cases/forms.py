"""Forms out of the move table: what a move needs and records is what its form asks for."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import ask, colleagues
from huiyin.cases.choices import Purpose
from huiyin.cases.filling import aside_for, known_for
from huiyin.cases.models import Case
from huiyin.cases.panels import Panel
from huiyin.cases.projection import to_row
from huiyin.cases.reactions import due_again
from huiyin.kernel.fields import FROM_DOORS
from huiyin.kernel.moves import Move, move_of
from huiyin.people.models import Account

# Reckoned, never typed.
_RECKONED = ("trace", "catalogue", "arrive_by")
# What a case already has: shown for correction, recorded only when it changes.
_STANDING = ("kind", "category", "urgency", "place", "area", "title", "confidential")
_USUAL_EXTENSION = timedelta(days=3)


class MoveForm(forms.Form):
    """`seq` is the version of the case that the person was looking at."""

    seq = forms.IntegerField(widget=forms.HiddenInput)
    trace: tuple[str, ...] = ()
    aside: Panel | None = None

    def recorded(self) -> dict[str, Any]:
        """Field → value as the event keeps it; what stands already is not repeated unless the move needs it."""
        values = {name: value for name, value in self.cleaned_data.items() if self._says(name)}
        if self.trace and "due_at" not in self.changed_data:
            values["trace"] = list(self.trace)
        return {name: value.pk if isinstance(value, Account) else value for name, value in values.items()}

    def _says(self, name: str) -> bool:
        if name in ("seq", "attachments"):
            return False
        return name not in _STANDING or name in self.changed_data or self.fields[name].required

    @property
    def pictures(self) -> list[bytes]:
        return list(self.cleaned_data.get("attachments") or ())


def move_form(move: Move, case: Case, account: Account, data: Any = None, files: Any = None) -> MoveForm:
    """An unbound form with what is known filled in, or one bound to `data`; a field not sent takes what is known."""
    move = move_of(move.kind, case.kind)
    fields = {name: ask(name, case, required=name in move.needs) for name in asked(move)}
    known, trace = _known(fields, case, account)
    known |= known_for(move.kind, case)
    if data is not None:
        data = data.copy()
        for name in known.keys() - data.keys():
            if not isinstance(known[name], list):  # boxes without a tick are not sent either
                data[name] = known[name]
    built = type("BuiltMoveForm", (MoveForm,), fields)
    form: MoveForm = built(data, files, initial={**known, "seq": case.seq}, auto_id=f"id_{move.kind}_%s")
    _begin_at_the_first(form)
    form.trace = trace if "trace" in move.records else ()
    form.aside = aside_for(move.kind, case, known)
    return form


def _begin_at_the_first(form: MoveForm) -> None:
    """The cursor stands where typing begins."""
    first = next(iter(form.visible_fields()), None)
    if first and not isinstance(first.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        first.field.widget.attrs["autofocus"] = True


def asked(move: Move) -> list[str]:
    return [name for name in (*move.needs, *move.records) if name not in (*_RECKONED, *FROM_DOORS)]


def _known(fields: dict[str, forms.Field], case: Case, account: Account) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Values to begin with, and how the due date among them came about."""
    row = to_row(case)
    known = {name: row[name] for name in _STANDING if name in fields}
    if "confidential" in known:
        known["confidential"] = str(row["confidential"])  # as radio buttons send it
    due = due_again(row, timezone.now()) if "due_at" in fields else None
    if due:
        known["due_at"] = _to_the_minute(due.at)
    if "until" in fields and case.due_at:
        known["until"] = _to_the_minute(case.due_at + _USUAL_EXTENSION)
    if "assignee" in fields and colleagues(case).filter(pk=account.pk).exists():
        known["assignee"] = account.pk
    return {name: value for name, value in known.items() if value is not None}, due.trace if due else ()


def _to_the_minute(at: datetime) -> datetime:
    """As the browser's field shows it, so that leaving it alone is no change."""
    return at.replace(second=0, microsecond=0)


class UnmaskForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your words"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("purpose") == Purpose.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Write down the reason: it is kept with your name."))
        return cleaned
