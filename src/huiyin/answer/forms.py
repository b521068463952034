from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import Urgency
from huiyin.cases.models import Case
from huiyin.cases.queries import search
from huiyin.people.covers import colleagues
from huiyin.people.models import Account, Unit


class InboxForm(forms.Form):
    """What one can ask of the inbox besides its tabs. Asked badly, it asks nothing."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput({"placeholder": _("Words")})
    )
    mine = forms.BooleanField(label=_("Mine"), required=False)
    late = forms.BooleanField(label=_("Late now"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=[("", _("Any urgency")), *Urgency.choices])

    def narrow(self, cases: QuerySet[Case], handlers: Collection[int], late: Q) -> QuerySet[Case]:
        """`handlers`: the account, and whom it covers today; `late`: what is late among these cases."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("q"):
            cases = search(cases, asked["q"])
        if asked.get("mine"):
            cases = cases.filter(assignee_id__in=handlers)
        if asked.get("late"):
            cases = cases.filter(late)
        return cases.filter(urgency=asked["urgency"]) if asked.get("urgency") else cases


class ReplyTemplateForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    name = forms.CharField(label=_("Name"), max_length=60)
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, data: Any = None, *, units: QuerySet[Unit]) -> None:
        super().__init__(data, initial={"unit": units.first()})
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    """Who is away, who stands in, from which day to which."""

    away = forms.ModelChoiceField(Account.objects.none(), label=_("Who is away"))
    by = forms.ModelChoiceField(Account.objects.none(), label=_("Who stands in"))
    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, account: Account, data: Any = None, *, leads: bool) -> None:
        today: date = timezone.localdate()
        super().__init__(data, initial={"away": account.pk, "first": today, "last": today})
        people = Account.objects.filter(pk__in=[account.pk, *colleagues(account).values_list("pk", flat=True)])
        self.fields["away"].queryset = people if leads else people.filter(pk=account.pk)  # type: ignore[attr-defined]
        self.fields["by"].queryset = people  # type: ignore[attr-defined]
