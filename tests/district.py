"""Shorthands for tests in the invented district: who, and a case as far along as a test needs it."""

from huiyin.assign.domain import dispatch
from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case
from huiyin.cases.moving import record
from huiyin.collect.domain import Message, receive
from huiyin.people.models import Account

TEXT = "东里小区3号楼暖气不热，家里只有15度，老人怕冷。我叫张三丰，电话13900000421。"
REPLY = {"text": "师傅今天下午上门排气测温，室温已到二十度。", "action": "排气测温"}


def make(kind, *, case, account, **values):
    """One move of the table, as a desk makes it."""
    return record(case=case, account=account, kind=kind, values=values)


def account(username):
    return Account.objects.get(username=username)


def received(**changes):
    message = {
        "text": TEXT,
        "channel": "web",
        "place": "东里小区",
        "person": "张三丰",
        "phone": "13900000421",
        "address": "3号楼2单元501",
    }
    opened = receive(Message(**{**message, **changes}))
    return Case.objects.get(number=opened.number)


def dispatched(lead="qingyuan", category="03.01", **changes):
    case = received(**changes)
    return dispatch(case=case, account=account("dispatcher"), lead=lead, reason="按目录", category=category)


def in_progress(**changes):
    return act(case=dispatched(**changes), steps=[Step("accept")], account=account("handler.qingyuan"))


def submitted(**changes):
    steps = [Step("first_contact", {"result": "已联系"}), Step("submit", REPLY)]
    return act(case=in_progress(**changes), steps=steps, account=account("handler.qingyuan"))


def to_call_back(**changes):
    return act(case=submitted(**changes), steps=[Step("approve")], account=account("leader.qingyuan"))
