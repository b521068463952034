from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from huiyin.cases.labels import english
from huiyin.collect.importing.problems import FileProblem
from huiyin.townhall.choices import Via
from huiyin.townhall.domain import LONGEST
from huiyin.townhall.domain_opinions import MOST_LINES, VIAS
from huiyin.townhall.opinions_sheet import MOST_BYTES, lines_of
from huiyin.townhall.words import found, refused

_MOST_TOLD = 5


class OpinionsForm(forms.Form):
    """One opinion a line; what is wrong with a line is said with its number, and nothing is taken until all fit."""

    via = forms.ChoiceField(
        label=_("How they came"), choices=[(one.value, one.label) for one in VIAS], widget=forms.RadioSelect,
        initial=Via.PAPER,
    )  # fmt: skip
    lines = forms.CharField(
        label=_("Opinions, one a line"),
        widget=forms.Textarea({"rows": 12, "data-private": ""}),
        help_text=_("Up to 300 lines, up to 500 characters each. Telephone numbers and names are masked at once."),
        error_messages={"required": _("Paste at least one opinion.")},
    )
    press = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-z]{16}\Z")])

    def clean_lines(self) -> list[str]:
        """What the lines say, without the empty ones."""
        told = [(at, line.strip()) for at, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1)]
        filled = [(at, line) for at, line in told if line]
        if len(filled) > MOST_LINES:
            told_many = {"count": len(filled), "most": MOST_LINES}
            raise ValidationError(_("%(count)d lines are more than %(most)d: send them in parts.") % told_many)
        if wrong := list(_wrong(filled)) or list(_not_taken(filled)):
            raise ValidationError(wrong[:_MOST_TOLD])
        return [line for _at, line in filled]


class SheetForm(forms.Form):
    """A spreadsheet whose opinions are put under those typed so far; nothing is taken yet."""

    file = forms.FileField(
        label=_("Or from a spreadsheet"),
        required=False,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=_("Excel or CSV, up to 2 MB: the column that says most is put into the field, to be looked over."),
    )

    def clean_file(self) -> list[str]:
        file = self.cleaned_data["file"]
        if file is None:
            raise ValidationError(_("Choose a file first."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB: send it in parts."))
        try:
            return lines_of(file)
        except FileProblem as problem:
            raise ValidationError(problem.en if english() else problem.zh) from problem


def _wrong(lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    for at, line in lines:
        if len(line) > LONGEST:
            told: dict[str, Any] = {"line": at, "length": len(line), "most": LONGEST}
            yield _("Line %(line)d has %(length)d characters, more than %(most)d: shorten or divide it.") % told
        elif not any(sign.isalnum() for sign in line):
            yield _("Line %(line)d has no words: complete it or delete it.") % {"line": at}


def _not_taken(lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    words = refused()
    for at, line in lines:
        if found(line, words):
            yield _("Line %(line)d holds a word that is not taken at meetings. Write it in other words.") % {"line": at}
