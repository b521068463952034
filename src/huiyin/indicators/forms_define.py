from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from huiyin.indicators.domain import SETTLED
from huiyin.indicators.models import Indicator

# Addresses of pages beside those of indicators.
_TAKEN: Final = ("new", "import")


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An indicator and how it is read. What its values rest on can no longer be changed once it has some."""

    class Meta:
        model = Indicator
        fields = (
            "name", "name_en", "code", "kind", "measured_in", "better", "cycle", "source", "caveat", "position",
        )  # fmt: skip
        help_texts: Final = {
            "code": _("Short, in Latin letters, as in addresses and file names: pm25. It stays."),
            "measured_in": _("As µg/m³ or %."),
            "source": _("Who measures it, in which paper."),
            "caveat": _("What whoever reads it should know: weather, season, other points each month."),
            "position": _("Its place among those of its kind, from 0."),
        }

    def __init__(self, data: Any = None, *, indicator: Indicator | None = None) -> None:
        super().__init__(data, instance=indicator)
        settled = SETTLED if indicator and indicator.values.exists() else ()
        for name in (*settled, *(("code",) if indicator else ())):
            self.fields[name].disabled = True
        self.fields["position"].validators.append(MaxValueValidator(999))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if code in _TAKEN:
            raise forms.ValidationError(_("This code is the address of another page: choose another one."))
        return code

    def _post_clean(self) -> None:
        """The row is made by the verb; that its code is nobody else's is asked here."""
        code = self.cleaned_data.get("code")
        if not self.instance.pk and code and Indicator.objects.filter(code=code).exists():
            self.add_error("code", _("Another indicator has this code: choose another one."))
