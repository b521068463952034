from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.townhall.forms_seen import Seen
from huiyin.townhall.models import Season


class SeasonForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Season
        fields = ("title", "first_day", "last_day")

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        for name in ("first_day", "last_day"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            self.fields[name].validators += within(date)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("A season ends on or after its first day."))
        return told
