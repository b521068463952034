"""The district's numbers and reasons of a day (`evaluation.csv`, `exclusions.csv`)."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.evaluate.hours import local
from huiyin.evaluate.models import Amount, Reason
from huiyin.people.effective import in_force


def amount(name: str, at: datetime) -> int | None:
    """The number in force on the local day of `at`; None where the district has no such rule."""
    found = Amount.objects.filter(in_force(local(at).date()), name=name).order_by("-valid_from").first()
    return found.amount if found else None


def amounts(at: datetime) -> dict[str, int]:
    """All numbers in force. One query."""
    rows = Amount.objects.filter(in_force(local(at).date())).order_by("valid_from")
    return dict(rows.values_list("name", "amount"))


def reasons(at: datetime) -> QuerySet[Reason]:
    """For which a case may be left out of the rates on that day."""
    return Reason.objects.filter(in_force(local(at).date())).order_by("pk")


def reason_field(_name: str, _case: Case, **known: Any) -> forms.Field:
    """How the form of an exclusion asks for its reason: each with the evidence it needs."""
    choices = [(row.code, _offered(row)) for row in reasons(timezone.now())]
    hint = gettext_lazy("Each reason says what evidence it needs; the catalogue is the district's.")
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, help_text=hint, **known)


def _offered(row: Reason) -> str:
    evidence = row.evidence_en if english() and row.evidence_en else row.evidence
    return _("%(reason)s (needs: %(evidence)s)") % {"reason": row, "evidence": evidence}


def reason_words(_name: str, value: Any, _names: Any = None) -> str:
    """A recorded reason in words; one that the catalogue never knew stands as it was written."""
    found = Reason.objects.filter(Q(code=value) | Q(name=value)).order_by("-valid_from").first()
    return str(found or value)
