"""A meeting as far along as a test needs it."""

from datetime import UTC, datetime
from itertools import count

from huiyin.people.models import Unit
from huiyin.townhall import domain
from huiyin.townhall.choices import Stage
from huiyin.townhall.models import Meeting

LIFT = "3号楼电梯停了两周，什么时候修？"
DARK = "河沿路路灯坏了，晚上看不见"
_presses = count()


def meeting(unit="qingyuan", **changes):
    told = {
        "code": f"hall-{unit}",
        "unit": Unit.objects.get(code=unit),
        "title": "向居民报告",
        "venue": "社区活动中心",
        "begins_at": datetime(2026, 11, 29, 11, tzinfo=UTC),
    }
    return Meeting.objects.create(**{**told, **changes})


def live(**changes):
    return meeting(stage=Stage.LIVE, **changes)


def asked(at, text=LIFT, **said):
    return domain.ask(at, text=text, press=f"press{next(_presses)}", **said)


def shown(at, text=LIFT, **said):
    question = asked(at, text, **said)
    domain.show(question)
    return question


def posts(at):
    return [(post.number, post.kind, post.body.get("state")) for post in at.feed.order_by("number")]
