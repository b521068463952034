from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.townhall.choices import WordUse
from huiyin.townhall.domain import LONGEST


class WordsForm(forms.Form):
    text = forms.CharField(label=_("Words, one a line"), max_length=8000, widget=forms.Textarea({"rows": 5}))
    use = forms.ChoiceField(
        label=_("what it leads to"), choices=WordUse.choices, initial=WordUse.HELD, widget=forms.RadioSelect
    )


class TryForm(forms.Form):
    sentence = forms.CharField(
        label=_("A sentence to try"), max_length=LONGEST, widget=forms.Textarea({"rows": 2, "autocomplete": "off"})
    )
