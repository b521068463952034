from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.inputs import PicturesField
from huiyin.language.mask import mask
from huiyin.townhall.domain_feed import LONGEST
from huiyin.townhall.punctuation import visible


class FeedForm(forms.Form):
    """A text, or pictures with a caption. What looks like somebody's data is asked about once: it is for everybody."""

    text = forms.CharField(
        label=_("Text, or what the pictures show"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    pictures = PicturesField(label=_("Pictures"), required=False)
    sure = forms.BooleanField(label=_("I looked: it may stand before everybody"), required=False)
    press = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        text = visible(told.get("text", "")).strip()
        if not self.errors and not text and not told.get("pictures"):
            self.add_error("text", _("Write something, or choose a picture."))
        if hidden := [] if told.get("sure") else sorted({text[span.start : span.end] for span in mask(text).spans}):
            said = _("This looks like somebody's data: %(what)s. Take it out, or tick that it may stand.")
            self.add_error("sure", said % {"what": _(", ").join(hidden)})
        return told

    @property
    def asks(self) -> bool:
        """Whether the tick is wanted: nobody is asked without a reason."""
        return "sure" in self.errors or bool(self.data.get("sure"))
