from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from huiyin.cases.asking import within
from huiyin.collect.forms import SayForm
from huiyin.people.models import Unit
from huiyin.reception.models import Line
from huiyin.reception.phones import as_published
from huiyin.townhall.forms_seen import Seen


class TellForm(SayForm):
    """The public form, on one page: no pictures and no map."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pictures", "lat", "lon", "address"):
            del self.fields[name]


class LineForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Line
        fields = ("unit", "title", "relay_number", "hours", "first_day", "last_day", "active")
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("first_day", "last_day")}

    def __init__(self, data: Any = None, *, units: QuerySet[Unit], **known: Any) -> None:
        super().__init__(data, **known)
        own = units.filter(pk=self.instance.unit_id) if self.instance.pk else units.filter(line=None)
        self.fields["unit"].queryset = own  # type: ignore[attr-defined]
        for name in ("first_day", "last_day"):
            self.fields[name].validators += within(date)

    def clean_relay_number(self) -> str:
        return as_published(self.cleaned_data["relay_number"])
