"""A version of the rule as people set it: the house's own with something changed, as values and as a form."""

from copy import deepcopy
from datetime import timedelta

from django.utils import timezone
from tests.district import account

from huiyin.monthly import domain_rules
from huiyin.monthly.forms_rules import RuleBookForm
from huiyin.monthly.models import RuleBook
from huiyin.monthly.rules import OWN_VALUES

GROUND = "点评会工作规则"


def ahead(days=3):
    return timezone.localdate() + timedelta(days=days)


def values(part, **changes):
    told = deepcopy(OWN_VALUES)
    told[part] |= changes
    return told


def established(valid_from, part="drafting", **changes):
    told = {"values": values(part, **changes), "ground": GROUND, "by": account("supervisor")}
    return domain_rules.set_rules(valid_from=valid_from, **told)


def holds(first, last=None, part="drafting", **changes):
    """As if it had been set in time: from `first` up to `last`."""
    version = RuleBook.objects.count() + 1
    told = {"values": values(part, **changes), "ground": GROUND, "by": account("supervisor")}
    return RuleBook.objects.create(version=version, valid_from=first, valid_to=last, **told)


def typed(**changes):
    """The form as a browser sends it."""
    form = RuleBookForm()
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return {**sent, "ground": GROUND, "valid_from": ahead(), **changes}
