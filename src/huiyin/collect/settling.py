"""What becomes of a call besides a new case: answered or told where to go at once, put to a case that runs."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from huiyin.cases import codes
from huiyin.cases.domain import Step, act
from huiyin.cases.draft import Actor
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.collect.domain import Message, Opened, receive_once, without_person
from huiyin.collect.knowledge import citable
from huiyin.collect.merging import merge
from huiyin.kernel.moves import LIVE, Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH, WITH_UNIT
from huiyin.language.mask import mask
from huiyin.people.models import Account

# The same words put to the same case again so soon are the same press of a button.
_SAME_PRESS = timedelta(minutes=10)


def agent(account: Account) -> Actor:
    """The account as the agent who takes the call. Raises KeyError for one that is none."""
    return Actor(f"account:{account.pk}", Role.AGENT, codes.units().code(min(account.roles[Role.AGENT])))


def take_down(message: Message, *, press: str, account: Account) -> Opened:
    """A new case; with a category it is registered as well. Raises `Refused`."""
    named = {"kind": message.kind, "category": message.category, "urgency": message.urgency}
    return receive_once(message, press=press, actor=agent(account), registration=named if message.category else None)


def answer_at_once(message: Message, *, press: str, account: Account, code: str, version: str) -> Opened:
    """Received, registered and answered from the knowledge base, as one. Raises `Refused`."""
    known = citable(code, version, on=timezone.localdate())
    recorded = {"text": known.text, "knowledge": code, "version": version}
    return _settle(message, press, account, Step("answer_directly", recorded))


def answer_case(*, case: Case, account: Account, code: str, version: str) -> Case:
    """A case that waits, answered from the knowledge base; unregistered, it is registered first.

    Raises `Refused`, `Conflict`.
    """
    known = citable(code, version, on=timezone.localdate())
    category = codes.categories().code(case.category_id or known.item.category_id)
    first = {"kind": case.kind or "consult", "category": category, "urgency": case.urgency}
    steps = [Step("register", first)] if case.state == "received" else []
    recorded = {"text": known.text, "knowledge": code, "version": version}
    return act(case=case, steps=[*steps, Step("answer_directly", recorded)], account=account)


def tell_where(message: Message, *, press: str, account: Account, route: str, law: str, where: str) -> Opened:
    """Received, registered and sent along one of the six routes, as one. Raises `Refused`."""
    return _settle(message, press, account, step("redirect", {"route": route, "law": law, "where": where}))


def merge_new(message: Message, *, press: str, account: Account, into: Case) -> Opened:
    """Received and merged into a case that runs, as one. Raises `Refused`, `Conflict`."""
    with transaction.atomic():
        opened = take_down(message, press=press, account=account)
        case = Case.objects.get(number=opened.number)
        if case.state in BEFORE_DISPATCH:
            merge(case=case, into=into, account=account, reason="同一事项，来电时并入")
    return opened


def _settle(message: Message, press: str, account: Account, last: Step) -> Opened:
    if not message.category:
        raise Refused(
            "needs", "还缺类别：请先选类别，再答复。", "A category is missing: choose one, then answer."
        )  # fmt: skip
    with transaction.atomic():
        opened = take_down(message, press=press, account=account)
        case = Case.objects.get(number=opened.number)
        if case.state == "registered":  # sent twice, it is settled already
            act(case=case, steps=[last], account=account)
    return opened


def urge(message: Message, *, account: Account, case: Case) -> Case:
    """The caller's words to a case that runs, instead of a new one: reminds its unit. Raises `Refused`, `Conflict`."""
    if case.state not in LIVE:
        raise Refused(
            "state",
            f"{case.number}已经办结，不能催办。请打开它查看结果，或登记为新诉求。",
            f"{case.number} is closed: open it to see the result, or take the call down as a new case.",
        )
    kind = "urge" if case.state in WITH_UNIT else "supplement"
    words = _words(message)
    if case.confidential:
        return act(case=case, steps=[Step(kind, {}, {"text": message.text})], account=account)
    same = {"kind": kind, "actor": agent(account).name, "public__text": words["text"]}
    if case.events.filter(at__gte=timezone.now() - _SAME_PRESS, **same).exists():
        return case
    private = {f"{kind}_{case.seq + 1}": message.text} if words["text"] != message.text else None
    return act(case=case, steps=[Step(kind, words, private)], account=account)


def _words(message: Message) -> Mapping[str, str]:
    return {"text": mask(without_person(message, message.text)).text}
