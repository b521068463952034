"""A vote as far along as a test needs it."""

from datetime import timedelta

from django.utils import timezone
from tests.district import account

from huiyin.people.models import Unit
from huiyin.polls import domain, domain_staff
from huiyin.polls.domain_staff import Wording
from huiyin.polls.models import Code, Poll

OPTIONS = (Wording("加装电梯", "3号楼先装", 640_000), Wording("补路灯", "", 96_000), Wording("食堂送餐"))
LEADER = "leader.qingyuan"


def phone(number=0):
    return f"139{517 + number:08d}"


def drafted(unit="qingyuan", options=OPTIONS, **changes):
    told = {
        "unit": Unit.objects.get(code=unit),
        "question": "先办哪一件？",
        "pick": 1,
        "opens_at": None,
        "closes_at": timezone.now() + timedelta(days=3),
    }
    return domain_staff.plan(by=account(LEADER), options=options, **{**told, **changes})


def opened(**changes):
    poll = drafted(**changes)
    domain_staff.open_poll(poll, by=account(LEADER), version=poll.version)
    return poll


def ended(poll):
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    poll.refresh_from_db()
    return poll


def ids(poll):
    return list(poll.options.values_list("pk", flat=True))


def word_for(poll, number=0):
    """A code for this phone, as if the minute before the next one had passed."""
    Code.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    return domain.send_code(poll, phone=phone(number))


def voted(poll, *positions, number=0):
    chosen = [ids(poll)[position - 1] for position in positions]
    domain.vote(poll, options=chosen, phone=phone(number), code=word_for(poll, number))
