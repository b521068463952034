"""What everybody reads is seen: signs that nobody sees go, and a field that holds nothing else is empty."""

from typing import Any

from django import forms

from huiyin.townhall.punctuation import visible
from huiyin.townhall.words import plain


class Seen(forms.BaseForm):
    """Before a form's own `clean`. A required text has letters or digits: else it could be neither read nor pressed."""

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, typed in [(name, typed) for name, typed in told.items() if isinstance(typed, str)]:
            told[name] = visible(typed).strip()
            if typed and self.fields[name].required and not plain(typed):
                self.add_error(name, self.fields[name].error_messages["required"])
        return told
