"""A new version of the rule as a form, begun from the last one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.monthly import checking, fields_rules
from huiyin.monthly.models import RuleBook
from huiyin.monthly.rules import OWN_VALUES, Values

# Label, hint, how the names of its fields begin, whether it is folded away.
_GROUPS: Final[tuple[tuple[Promise, Promise | str, tuple[str, ...], bool], ...]] = (
    (_("Cards: numbers"), "", ("drafting_",), False),
    (_("Cards: measures"), "", ("measures", "head"), True),
    (_("Cards: sentences"), _("Words in braces are filled in with the unit's figures."), ("sentence_",), True),
    (_("Cards: demands"), _("Each answers a shortfall of the card."), ("demand_",), True),
    (_("Who speaks: numbers"), "", ("speaking_",), False),
    (_("Who speaks: what each reason weighs"), _("The heaviest speak first; a reason of weight 0 proposes nobody."),
     ("weight_",), False),
    (_("From when, and why"), "", ("valid_from", "ground"), False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together."""

    label: Any
    hint: Any
    fields: list[BoundField]
    folded: bool

    @property
    def braces(self) -> bool:
        return any(isinstance(field.field, fields_rules.SentenceField) for field in self.fields)

    @property
    def wrong(self) -> int:
        return sum(bool(field.errors) for field in self.fields)


class RuleBookForm(forms.Form):
    valid_from = forms.DateField(
        label=_("Take effect from"),
        validators=within(date),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A month is drafted by the rules in force on its last day."),
    )
    ground = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("The document, or whose decision, that sets these rules.")
    )

    def __init__(self, data: Any = None, *, last: RuleBook | None = None) -> None:
        self.last: Values = last.values if last else OWN_VALUES
        super().__init__(data, initial={"valid_from": _usual_day(last), **_written(self.last)})
        self.fields.update(fields_rules.of_rule(self.last))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if all(told.get(f"weight_{name}") == 0 for name in checking.WEIGHTS):
            self.add_error("weight_last", checking.nothing_weighs())
        return told

    def clean_head(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["head"]
        if len(chosen) > checking.MOST_FIGURES:
            said = _("%(most)s figures at most stand at the top of a card: take some away.")
            raise ValidationError(said, params={"most": checking.MOST_FIGURES})
        return chosen

    @property
    def values(self) -> Values:
        """As a `RuleBook` keeps it."""
        told = self.cleaned_data
        chosen = {name: fields_rules.in_order(told[name], self.last["drafting"][name]) for name in ("measures", "head")}
        demands = {name: text for name, text in _named(told, "demand_").items() if text}
        return {
            "drafting": {**_named(told, "drafting_"), **chosen},
            "sentences": _named(told, "sentence_"),
            "demands": demands,
            "speaking": {**_named(told, "speaking_"), "weights": _named(told, "weight_")},
        }

    @property
    def groups(self) -> Iterator[Group]:
        for label, hint, prefixes, folded in _GROUPS:
            yield Group(label, hint, [self[name] for name in self.fields if name.startswith(prefixes)], folded)

    @property
    def wrong(self) -> int:
        return sum(group.wrong for group in self.groups)


def _written(values: Values) -> dict[str, Any]:
    """What a version says, by the names of the fields."""
    drafting, speaking = values["drafting"], values["speaking"]
    parts = {
        "drafting": drafting, "speaking": speaking, "weight": speaking["weights"],
        "sentence": values["sentences"], "demand": values["demands"],
    }  # fmt: skip
    found = {f"{part}_{name}": value for part, own in parts.items() for name, value in own.items()}
    return found | {name: drafting[name] for name in ("measures", "head")}


def _named(told: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in told.items() if name.startswith(prefix)}


def _usual_day(last: RuleBook | None) -> date:
    day = timezone.localdate() + timedelta(days=1)
    return max(day, last.valid_from + timedelta(days=1)) if last else day
