from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.asking import within
from huiyin.kernel.measures import ScoreWeights
from huiyin.people.choices import UnitKind
from huiyin.people.models import Unit
from huiyin.review import beside
from huiyin.review.forms import PeriodForm
from huiyin.review.models import ClassRule, MonthEnds, PeerGroup
from huiyin.review.ranking import RANKED_BY

_COMPARED = (UnitKind.BUREAU, UnitKind.STREET, UnitKind.TOWN)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, validators=within(date), widget=widget)


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100)


class WeightsForm(forms.Form):
    """The weights of the score from a day on."""

    response = _percent(_("Response rate, %"))
    satisfaction = _percent(_("Satisfaction rate, %"))
    resolution = _percent(_("Resolution rate, %"))
    valid_from = _day(_("Take effect from"))
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("The document that sets these weights."))

    def __init__(self, data: Any = None) -> None:
        today = timezone.localdate()
        rule = beside.rule_on(today)
        now = rule.weights if rule else beside.DEFAULT
        told = {"response": now.response, "satisfaction": now.satisfaction, "resolution": now.resolution}
        super().__init__(data, initial=told | {"valid_from": today + timedelta(days=1)})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        parts = [told[name] for name in ("response", "satisfaction", "resolution") if name in told]
        if len(parts) == 3 and sum(parts) != 100:  # noqa: PLR2004 percent
            said = _("The three weights sum to %(sum)s %%; change one of them so that they sum to 100 %%.")
            raise forms.ValidationError(said, params={"sum": sum(parts)})
        return told

    @property
    def weights(self) -> ScoreWeights:
        told = self.cleaned_data
        return ScoreWeights(told["response"], told["satisfaction"], told["resolution"])


class MonthEndsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    label = forms.RegexField(
        r"^20[0-9]{2}-(0[1-9]|1[0-2])$", label=_("Assessment month"), widget=forms.TextInput({"placeholder": "2026-02"})
    )
    first = _day(_("First day"))
    last = _day(_("Last day"))

    class Meta:
        model = MonthEnds
        fields = ("label", "first", "last", "basis")

    def clean_label(self) -> str:
        return f"assess:{self.cleaned_data['label']}"

    def validate_unique(self) -> None:
        """The same month again takes the place of what was set."""


class ClassForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    valid_from = _day(_("Take effect from"))

    class Meta:
        model = ClassRule
        fields = (
            "name", "name_en", "order", "first_percent", "last_percent", "rose", "fell", "score_from", "score_below",
            "valid_from",
        )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()})
        for name in ("order", "rose", "fell"):
            self.fields[name].validators.append(MaxValueValidator(1000))

    def clean(self) -> dict[str, Any]:
        """Conditions that no unit can meet together are a slip."""
        told = super().clean() or {}
        least, below = told.get("score_from"), told.get("score_below")
        if least is not None and below is not None and least >= below:
            self.add_error("score_below", _("No score is both: write one above “score from”, or leave it empty."))
        if told.get("rose") and told.get("fell"):
            self.add_error("fell", _("No unit both rose and fell: leave one of them empty."))
        return told


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    valid_from = _day(_("Take effect from"))

    class Meta:
        model = PeerGroup
        fields = ("name", "name_en", "units", "valid_from")
        widgets = {"units": forms.CheckboxSelectMultiple}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()}, prefix="group")
        self.fields["units"].queryset = Unit.objects.filter(active=True, kind__in=_COMPARED)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    on = _day(_("Ends on (not including)"))


class RankingForm(PeriodForm):
    by = forms.ChoiceField(choices=[(name, name) for name in RANKED_BY], required=False)
    variant = forms.ChoiceField(choices=[("all", "all"), ("net", "net")], required=False)
    group = forms.ModelChoiceField(PeerGroup.objects.all(), required=False)
    sort = forms.RegexField(
        r"^-?(rank|rise|volume|score|response|satisfaction|resolution|shrunk|adjusted)$", required=False
    )
