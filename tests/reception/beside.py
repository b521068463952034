"""A meeting with desks beside it, as far along as a test needs them."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone
from tests.townhall.hall import live

from huiyin.people.models import Account, Unit
from huiyin.reception import domain, domain_records
from huiyin.reception.choices import Outcome
from huiyin.reception.models import Desk, Line

ASKED = "老母亲八十五岁，上门护理怎么申请？"
ADVISED = "先到社区做能力评估，评上后每月有护理补贴。"
_presses = count()


def press():
    return f"press{next(_presses)}"


def desk(meeting=None, *, minutes=120, begun=10, **changes):
    """Begun ten minutes ago, for two hours: the times of a meeting that is under way."""
    begins = timezone.now() - timedelta(minutes=begun)
    told = {
        "meeting": meeting or live(),
        "topic": "elderly",
        "expert_title": "养老服务顾问",
        "organisation": "区民政局",
        "place": "一号台",
        "begins_at": begins,
        "ends_at": begins + timedelta(minutes=minutes),
        "slot_minutes": 10,
    }
    return Desk.objects.create(**{**told, **changes})


def taken(at, **told):
    return domain.take(at, press=press(), viewer=uuid4(), **told)


def called(at, **told):
    taken(at, **told)
    return domain.call_next(at)


def recorded(at, *, ticket=None, outcome=Outcome.ADVISED, by="leader.qingyuan", **changes):
    told = {"question": ASKED, "advice": ADVISED, "press": press()}
    who = Account.objects.get(username=by)
    return domain_records.record(at, by=who, ticket=ticket, outcome=outcome, **{**told, **changes})


def line(unit="qingyuan", **changes):
    told = {"unit": Unit.objects.get(code=unit), "title": "清源街道书记专线", "relay_number": "0531-8600 0000"}
    return Line.objects.create(**{**told, **changes})
