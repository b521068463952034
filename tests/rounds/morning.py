"""What the tests of the rounds start from: cases closed yesterday, the numbers of the day, a photograph, a finding."""

from datetime import timedelta
from io import BytesIO
from itertools import count

from django.utils import timezone
from PIL import Image
from tests.district import account, to_call_back

from huiyin.cases.models import Case
from huiyin.evaluate.models import Amount
from huiyin.people.models import Account, Membership, Unit
from huiyin.rounds.domain import Finding
from huiyin.rounds.models import Check

_SEEN = count()


def today():
    return timezone.localdate()


def numbers(**amounts):
    """As if the district had always decided so."""
    for name, amount in amounts.items():
        Amount.objects.filter(name=name).update(amount=amount)


def closed(days_ago=1, **columns):
    """A case that Qingyuan closed some days ago, or whatever else its row says."""
    case = to_call_back()
    lead = {"lead": Unit.objects.get(code=columns.pop("lead"))} if "lead" in columns else {}
    at = timezone.now() - timedelta(days=days_ago)
    Case.objects.filter(pk=case.pk).update(**{"closed_at": at, "lead_at": at - timedelta(days=1), **columns, **lead})
    return Case.objects.get(pk=case.pk)


def checked(case, day=None, *, who="checker", **columns):
    """A case drawn for this checker."""
    known = {"why": "random", "order": 1, "taken_at": timezone.now(), **columns}
    return Check.objects.create(
        case=case, unit=case.lead, day=day or today(), checker=who and account(who), **known
    )  # fmt: skip


def hire(name, unit="district", role="checker"):
    new = Account.objects.create(username=name, name=name, unit=Unit.objects.get(code=unit))
    Membership.objects.create(account=new, role=role, unit=new.unit)
    return account(name)


def picture():
    """JPEG bytes, each time others."""
    made = BytesIO()
    Image.new("RGB", (64, 48), (next(_SEEN) % 250, 120, 90)).save(made, "JPEG")
    return made.getvalue()


def found(*, agrees=True, **changes):
    known = {"place": "东里小区南门", "pictures": [picture()], "text": "去看过了"}
    return Finding(**{"agrees": agrees, **known, **changes})
