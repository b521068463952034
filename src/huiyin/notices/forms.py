"""What a person says about being told."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.notices.hours import DIGESTS
from huiyin.notices.kinds import KINDS
from huiyin.notices.models import Preference
from huiyin.notices.sending import addresses, refused_addresses

_LINES, _MOST_DIGESTS = 5, 6


def _clock(**known: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(required=False, widget=widget, **known)


class PreferenceForm(forms.Form):
    addresses = forms.CharField(
        label=gettext_lazy("Send to"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One Apprise address a line, for instance mailto://, wecombot://, dingtalk:// or feishu://. Kept encrypted."
        ),
    )
    digests = forms.CharField(
        label=gettext_lazy("Digest times"),
        required=False,
        help_text=gettext_lazy("Hours of a working day, separated by spaces. What is urgent does not wait for them."),
    )
    quiet_from = _clock(label=gettext_lazy("Quiet from"))
    quiet_to = _clock(label=gettext_lazy("Quiet to"))
    muted = forms.MultipleChoiceField(
        label=gettext_lazy("Do not send"),
        required=False,
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_addresses(self) -> list[str]:
        lines: list[str] = self.cleaned_data["addresses"].split()
        if len(lines) > _LINES:
            raise forms.ValidationError(_("Five addresses at most."))
        if wrong := refused_addresses(lines):
            raise forms.ValidationError(
                _("Line %(lines)s is no address that Apprise knows. Check how it begins.") % {"lines": ", ".join(wrong)}
            )
        return lines

    def clean_digests(self) -> list[str]:
        words = self.cleaned_data["digests"].replace(",", " ").replace("，", " ").split()
        try:
            times = sorted({time.fromisoformat(word).strftime("%H:%M") for word in words[:_MOST_DIGESTS]})
        except ValueError:
            raise forms.ValidationError(_("Write hours as 09:00 13:30.")) from None
        return times or list(DIGESTS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_to") is None):
            self.add_error("quiet_to", _("Give both ends of the quiet hours, or neither."))
        return cleaned


def said_so_far(preference: Preference) -> dict[str, Any]:
    return {
        "addresses": "\n".join(addresses(preference)),
        "digests": " ".join(preference.digests or DIGESTS),
        "quiet_from": preference.quiet_from,
        "quiet_to": preference.quiet_to,
        "muted": preference.muted,
    }
