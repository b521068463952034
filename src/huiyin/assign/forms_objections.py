from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assign.domain import Plan
from huiyin.assign.forms import PartsForm, parts_known
from huiyin.cases.asking import units
from huiyin.cases.inputs import PickField
from huiyin.cases.models import Case

_LONG = 5000


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=_LONG, widget=forms.Textarea({"rows": 3}))


class RefuseForm(forms.Form):
    seq = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason()


class UpholdForm(PartsForm):
    seq = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason()

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["lead"] = PickField(units(), label=_("New lead unit"))


def uphold_form(case: Case, plan: Plan | None) -> UpholdForm:
    """Who helps stays; the new lead is the catalogue's where that is another unit."""
    lead = plan.lead if plan and plan.lead != getattr(case.lead, "code", None) else ""
    helpers = [part.unit.code for part in case.parts.all() if part.unit.code != lead]
    now = timezone.now()
    known = parts_known(helpers, now, case.due_at or now)
    return UpholdForm(initial={**known, "seq": case.seq, "lead": lead})


def refuse_form(case: Case) -> RefuseForm:
    return RefuseForm(initial={"seq": case.seq}, auto_id="id_refuse_%s")
