"""One-time links: a resident evaluates one closing of a case without number and secret, on whichever phone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from huiyin.cases.choices import Purpose
from huiyin.cases.domain import Step, act_as, originals, secret_of, unmask
from huiyin.cases.draft import RESIDENT
from huiyin.cases.models import Case
from huiyin.cases.private import keyed
from huiyin.evaluate import domain, gateway, hours
from huiyin.evaluate.models import Link
from huiyin.evaluate.queries import attempts_of
from huiyin.evaluate.rules import amount
from huiyin.evaluate.script import script_for
from huiyin.kernel.chain import stamp
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account

# After a text message the resident has a day before anybody rings.
_TIME_TO_ANSWER = timedelta(hours=24)


def token_of(link: Link) -> str:
    """Made again by whoever has the installation's key, so that no table and no job ever holds it."""
    return secret_of(f"link:{link.case_id}:{stamp(link.closed_at)}:{link.means}")


def _digest(token: str) -> str:
    return keyed("link", token)


def give(*, case: Case, means: str) -> Link:
    """The link for this closing: asked for twice it is the same one, valid anew. Raises `Refused`."""
    now = timezone.now()
    hours_valid = amount("link_hours", now)
    if case.state != "to_call_back" or case.closed_at is None:
        raise Refused("state", "这件事现在不在待评价，不能发评价链接。", "This case does not wait for an answer now.")
    if not hours_valid:
        raise Refused("rule", "本区没有启用评价链接。", "This district does not use links.")
    link = Link(case=case, means=means, closed_at=case.closed_at, expires_at=now + timedelta(hours=hours_valid))
    known = {"case": case, "means": means, "closed_at": case.closed_at, "expires_at": link.expires_at}
    made, _new = Link.objects.update_or_create(
        digest=_digest(token_of(link)), defaults={"expires_at": link.expires_at}, create_defaults=known
    )
    return made


def find(token: str) -> Link | None:
    return Link.objects.select_related("case__body").filter(digest=_digest(token.strip().upper())).first()


@transaction.atomic
def use(*, link: Link, answers: Mapping[str, Any]) -> Case:
    """The three answers, once. Raises `Refused` when it was used, is too old or the case went on, `Conflict`."""
    if not link.is_open(timezone.now()) or not Link.objects.filter(pk=link.pk, used_at=None).update(used_at=Now()):
        raise Refused(
            "link",
            "这个链接已经用过或过期了。可以凭回执上的编号和查询码再评价，或拨打 12345。",
            "This link was used or is too old. Use the number and secret on your receipt, or call 12345.",
        )
    return domain.record(case=link.case, actor=RESIDENT, means=link.means, **answers)


@transaction.atomic
def text_message(*, case: Case, account: Account, root: str) -> Link:
    """Ask by text message; the try is on record and the next call planned a day later. `root`: our own address.

    The number is looked at for this, so that is logged. Raises `Refused`, `Conflict`.
    """
    from huiyin.evaluate.tasks import send_link  # noqa: PLC0415 - tasks import this module

    actor = domain.caller(account, "attempt", case)
    if not gateway.configured():
        raise Refused("sms", "本区没有接短信网关，请打电话。", "No text message gateway is set up: please call.")
    if not unmask(case=case, account=account, purpose=Purpose.CALLBACK).get("number"):
        raise Refused("sms", "这件事没有留电话，发不了短信。", "No number was left, so no message can be sent.")
    sent = case.links.filter(means=Link.Means.SMS)
    if case.closed_at and sent.filter(closed_at=case.closed_at).exists():
        raise Refused("sms", "这次办结已经发过短信，请打电话。", "One message was sent already: please call.")
    link, now = give(case=case, means=Link.Means.SMS), timezone.now()
    planned = hours.next_time([*attempts_of(case.pk, case.attempts), now], now + _TIME_TO_ANSWER)
    act_as(case=case, steps=[Step("attempt", {"outcome": "sms", "next_at": stamp(planned)})], actor=actor, at=now)
    send_link.defer(link_id=link.pk, root=root)
    return link


def deliver(link: Link, root: str) -> None:
    """Send it, unless it is of no use any more. Raises `gateway.NotSent`."""
    number = originals(link.case).get("number")
    if not number or link.sent_at or not link.is_open(timezone.now()):
        return
    gateway.send(number, script_for(link.case, f"{root}e/{token_of(link)}")["sms"])
    Link.objects.filter(pk=link.pk).update(sent_at=timezone.now())


def forget_old(before: datetime) -> None:
    Link.objects.filter(expires_at__lt=before).delete()
