"""Text as people type it: kept as it is, refused with a sentence where it cannot be."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What no keyboard types; PostgreSQL cannot even store the first of them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PHONE = re.compile(r"\+?\d{5,18}")
_BETWEEN_DIGITS = re.compile(r"[\s()./-]+")


class SpokenField(forms.CharField):
    """At most `longest` characters: one too many is said, nothing is cut. Signs that nobody sees alone are nothing."""

    def __init__(self, *, longest: int, rows: int = 0, **kwargs: Any) -> None:
        widget = kwargs.pop("widget", None) or (forms.Textarea({"rows": rows}) if rows else forms.TextInput())
        super().__init__(widget=widget, **kwargs)
        self.longest = longest
        self.validators = []

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace("\r\n", "\n").replace("\r", "\n")
        if _UNSEEN.search(text) or any("\ud800" <= char <= "\udfff" for char in text):
            raise ValidationError(_("This holds invisible control characters. Type it again, or paste it as text."))
        if text and all(unicodedata.category(sign)[0] in "CZ" for sign in text):
            self.validate(None)
            return ""
        if len(text) > self.longest:
            raise ValidationError(
                _("This is %(length)s characters; %(longest)s fit. Please leave out %(over)s.")
                % {"length": f"{len(text):,}", "longest": f"{self.longest:,}", "over": f"{len(text) - self.longest:,}"}
            )
        return text


class PhoneField(SpokenField):
    """Digits, however they are grouped or widened."""

    def __init__(self, **kwargs: Any) -> None:
        look = {"inputmode": "tel", "autocomplete": "tel", "type": "tel", "data-private": ""}
        super().__init__(longest=40, widget=forms.TextInput(look), **kwargs)

    def clean(self, value: Any) -> str:
        digits = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", super().clean(value)))
        if digits and not _PHONE.fullmatch(digits):
            raise ValidationError(_("This is not a telephone number. Digits only, like 13800000000 or 010-12345678."))
        return digits
