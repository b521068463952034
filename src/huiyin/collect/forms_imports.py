from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.choices import DOORS, Channel
from huiyin.collect.importing.fields import FIELDS
from huiyin.collect.importing.maps import every_map
from huiyin.collect.importing.preview import Preview

MOST_BYTES = 300 * 1024 * 1024


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A file of another system"),
        help_text=gettext_lazy("CSV (UTF-8 or GBK), XLSX, XLS or Parquet, up to 300 MB and 1,048,576 rows."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx,.xls,.parquet"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 300 MB. Split it, for instance by month."))
        return file


class StartForm(forms.Form):
    map = forms.ChoiceField(label=gettext_lazy("Column map"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"] = forms.ChoiceField(
            label=_("Column map"), choices=[("", _("Choose …")), *every_map().items()]
        )


class DrawForm(forms.Form):
    """One choice a field: which column of this file it is in."""

    name = forms.CharField(label=gettext_lazy("Name of this map"), max_length=50)
    source = forms.CharField(
        label=gettext_lazy("Where the rows come from"),
        max_length=40,
        help_text=gettext_lazy("Rows are known by this and their number: the same file twice imports nothing twice."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=DOORS, initial=Channel.PHONE)

    def __init__(self, look: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", "—"), *((name, name) for name in dict.fromkeys(filter(None, look.columns)))]
        for name, field in FIELDS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=field.label, choices=columns, required=name == "text", initial=look.guess.get(name, "")
            )

    @property
    def pairs(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in FIELDS]

    def clean_name(self) -> str:
        name: str = slugify(self.cleaned_data["name"], allow_unicode=False)
        if not name:
            raise ValidationError(_("Use letters, digits and dashes, like hotline-2026."))
        return name

    def drawn(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = {name: values[f"column_{name}"] for name in FIELDS if values[f"column_{name}"]}
        return {"name": values["name"], "source": values["source"], "channel": values["channel"], "pairs": pairs}
