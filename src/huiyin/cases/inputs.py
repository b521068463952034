"""Inputs that Django does not have: one row of a long list by any part of its name, and pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiyin.cases.attachments import NotAPicture, read_pictures

_SHOWN_MATCHES = 4


class PickWidget(forms.TextInput):
    """A text field with a native list of proposals: works without JavaScript, filters as one types."""

    template_name = "cases/widgets/pick.html"

    def __init__(self, options: dict[str, str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = self.options.values()
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-list"
        return context

    def format_value(self, value: Any) -> str | None:
        return self.options.get(value) or super().format_value(value)


class PickField(forms.CharField):
    """Cleans to the code. `options`: code → label, labels unique."""

    def __init__(self, options: dict[str, str], **kwargs: Any) -> None:
        self.options = options
        super().__init__(widget=PickWidget(options), **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return self._code(typed) if typed else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.options.get(initial, initial), self.options.get(data, data))

    def _code(self, typed: str) -> str:
        if typed in self.options:
            return typed
        exact = [code for code, label in self.options.items() if label == typed]
        found = exact or [code for code, label in self.options.items() if typed.casefold() in label.casefold()]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("Nothing in the list is called “%(typed)s”.") % {"typed": typed[:40]})
        some = _(", ").join(self.options[code] for code in found[:_SHOWN_MATCHES])
        raise ValidationError(_("This fits several: %(some)s. Type more of the name.") % {"some": some})


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "multiple": True})

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> list[Any]:
        return list(files.getlist(name)) if files else []


class PicturesField(forms.FileField):
    """Cleans to JPEG bytes, drawn anew (`cases.attachments`)."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        try:
            return read_pictures(super(PicturesField, self).clean(file, initial) for file in data or ())
        except NotAPicture as refused:
            raise ValidationError(str(refused)) from refused
