"""Cases that single tests spend, as far along as each needs them; printed as JSON. Runs in the product's environment."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from huiyin.cli.environment import setup

COPIES = 6
SAID = "东里小区5号楼暖气不热，家里只有16度。我叫李思源，电话13900000517。"
MADE = ("dispatched", "in_progress", "submitted", "to_call_back")
STATES = ("objected", "whistled", "extension", "exclusion", "appeal")


def main() -> None:
    setup()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests import district, roads  # noqa: PLC0415 - needs Django

    made = {name: [{"number": getattr(district, name)().number} for _ in range(COPIES)] for name in MADE}
    made |= {state: [{"number": roads.at(state).number}] for state in STATES}
    made["drawn"] = [drawn() for _ in range(COPIES)]
    # What stands in the path of a page where that is no case's number.
    others = {
        "to_call_again": to_call_again,
        "came_back": came_back,
        "session": session,
        "changes": changes,
        "link": link,
        "topic": topic,
        "meeting": meeting,
        "desk": desk,
        "line": line,
        "poll": poll,
        "poll_ended": poll_ended,
        "cut_off": cut_off,
        "month": month,
        "month_held": month_held,
    }
    made |= {name: [{"number": make()}] for name, make in others.items()}
    made["promised"] = [{"number": promised()}]
    made["answered"] = [answered()]
    json.dump(made | {"received": [received() for _ in range(COPIES)]}, sys.stdout)


def drawn() -> dict[str, str]:
    """Closed by Qingyuan and on the list of the district's own checker."""
    from django.utils import timezone  # noqa: PLC0415
    from tests import district  # noqa: PLC0415 - needs Django

    from huiyin.rounds.models import Check  # noqa: PLC0415

    case, now = district.to_call_back(), timezone.localtime()
    known = {"unit": case.lead, "day": now.date(), "taken_at": now, "why": "random", "order": case.pk % 30_000}
    Check.objects.create(case=case, checker=district.account("checker"), **known)
    return {"number": case.number}


def to_call_again() -> str:
    """Judged by the resident, drawn for a second call."""
    from tests import roads  # noqa: PLC0415 - needs Django

    from huiyin.evaluate import second  # noqa: PLC0415

    number = roads.at("archived").number
    second.draw_these([number])
    return number


def came_back() -> str:
    """A sign that a closed case came back."""
    from tests import district, roads  # noqa: PLC0415 - needs Django

    from huiyin.evaluate.models import RecurrenceHint  # noqa: PLC0415

    earlier = roads.at("archived", place="西里小区", area="qingyuan-e1")
    again = district.received(place="西里小区", area="qingyuan-e1", category=earlier.category.code)
    return str(RecurrenceHint.objects.get(case=again, earlier=earlier).pk)


def topic() -> str:
    """Two people, one cold house."""
    from django.utils import timezone  # noqa: PLC0415
    from tests import district  # noqa: PLC0415 - needs Django

    from huiyin.alike import domain, topics  # noqa: PLC0415
    from huiyin.alike.models import TopicCase  # noqa: PLC0415

    case = district.dispatched()
    domain.read_new(seconds=30)
    topics.find(timezone.now())
    return str(TopicCase.objects.get(case=case).topic_id)


def meeting() -> str:
    """A question of each kind: being answered, in the queue, not looked at, promised."""
    from datetime import date  # noqa: PLC0415

    from tests.townhall import hall  # noqa: PLC0415 - needs Django

    from huiyin.townhall import domain, domain_feed  # noqa: PLC0415
    from huiyin.townhall import domain_words as words  # noqa: PLC0415
    from huiyin.townhall.choices import State, WordUse  # noqa: PLC0415

    held = hall.live(account="今年修了十二部电梯。")
    domain.settle(hall.shown(held), State.PROMISED, answer="周五前修好", theme="livelihood", due=date(2026, 12, 4))
    domain.spotlight(hall.shown(held, hall.DARK))
    domain_feed.write(held, text="报告会开始了，书记正在讲今年办的事。", press="text")
    words.add(text="加微信", use=WordUse.HELD)
    hall.shown(held, "西门早市占道，出不了门"), hall.asked(held, "早市占道什么时候管")
    return held.code


def desk() -> str:
    """Beside the meeting: one number called, two that wait, one consultation that became a case."""
    from tests.reception import beside  # noqa: PLC0415 - needs Django

    from huiyin.reception.choices import Outcome  # noqa: PLC0415
    from huiyin.townhall.models import Meeting  # noqa: PLC0415

    at = beside.desk(Meeting.objects.get(code="hall-qingyuan"))
    beside.recorded(at, ticket=beside.called(at), outcome=Outcome.CASE, lead="qingyuan")
    beside.called(at), beside.taken(at), beside.taken(at)
    return str(at.pk)


def line() -> str:
    """The line of the secretary of Qingyuan, which the demonstration publishes."""
    from huiyin.reception.models import Line  # noqa: PLC0415 - needs Django

    return str(Line.objects.get(unit__code="qingyuan").pk)


def poll() -> str:
    """Open, two votes by phone so far."""
    from tests.polls import ballot  # noqa: PLC0415 - needs Django

    opened = ballot.opened(pick=2, eligible=1200, eligible_source="社区台账")
    ballot.voted(opened, 1, 2), ballot.voted(opened, 2, number=1)
    return opened.code


def poll_ended() -> str:
    """With its result: two options as good as one another."""
    from tests.polls import ballot  # noqa: PLC0415 - needs Django

    over = ballot.opened(question="哪一天开会？")
    ballot.voted(over, 1, number=2), ballot.voted(over, 2, number=3)
    return ballot.ended(over).code


def cut_off() -> str:
    """The assessment month as it stands, kept."""
    from tests import district  # noqa: PLC0415 - needs Django

    from huiyin.review import freezing, periods  # noqa: PLC0415

    return str(freezing.freeze(periods.read(periods.DEFAULT), by=district.account("supervisor")).pk)


def month() -> str:
    """The review that is being drafted; `huiyin fill` has planned it."""
    return _review(newest=True)


def month_held() -> str:
    """The one before it, with demands that are out."""
    return _review(newest=False)


def _review(*, newest: bool) -> str:
    from huiyin.monthly.models import Review  # noqa: PLC0415 - needs Django

    return (
        Review.objects.latest("freeze__starts_at") if newest else Review.objects.earliest("freeze__starts_at")
    ).label


def promised() -> str:
    """The question of that meeting that stands on its register."""
    from huiyin.townhall.choices import State  # noqa: PLC0415 - needs Django
    from huiyin.townhall.models import Question  # noqa: PLC0415

    return str(Question.objects.get(meeting__code="hall-qingyuan", state=State.PROMISED).pk)


def session() -> str:
    """Two units at a table about one objection."""
    from django.utils import timezone  # noqa: PLC0415
    from tests import district, roads  # noqa: PLC0415 - needs Django

    from huiyin.assign.domain_sessions import convene  # noqa: PLC0415
    from huiyin.people.models import Unit  # noqa: PLC0415

    units, cases = Unit.objects.filter(code__in=("qingyuan", "heat-co")), [roads.at("objected")]
    told = {"topic": "界桩两侧供热", "at": timezone.now(), "place": "三楼会议室", "units": units, "cases": cases}
    return str(convene(account=district.account("reviewer"), **told).pk)


def changes() -> str:
    """A proposal with one change in it."""
    from django.utils import timezone  # noqa: PLC0415
    from tests import district  # noqa: PLC0415 - needs Django

    from huiyin.assign.domain_changes import propose, put  # noqa: PLC0415
    from huiyin.assign.models import CatalogueRule  # noqa: PLC0415
    from huiyin.assign.revising import in_codes  # noqa: PLC0415

    who, ahead = district.account("dispatcher"), timezone.localdate() + timedelta(days=7)
    proposal = propose(account=who, title="试行", reason="理顺职责", valid_from=ahead)
    rule = CatalogueRule.objects.get(category__code="01.01", area=None)
    put(change_set=proposal, account=who, table="catalogue", rule=rule, after=in_codes(rule) | {"lead": "housing"})
    return str(proposal.pk)


def link() -> str:
    """The token of a one-time link."""
    from tests import district  # noqa: PLC0415 - needs Django

    from huiyin.evaluate import links  # noqa: PLC0415

    return links.token_of(links.give(case=district.to_call_back(), means="sms"))


def answered() -> dict[str, str]:
    """As `to_call_back`, for whoever has the secret."""
    from tests import district, roads  # noqa: PLC0415 - needs Django

    from huiyin.assign.domain import dispatch  # noqa: PLC0415
    from huiyin.cases.models import Case  # noqa: PLC0415

    made = received()
    case, told = Case.objects.get(number=made["number"]), {"lead": "qingyuan", "reason": "按目录", "category": "03.01"}
    case = dispatch(case=case, account=district.account("dispatcher"), **told)
    for step in (roads.Step(roads.HANDLER, "accept"), *roads.REPLY):
        roads.go(case, step)
    return made


def received() -> dict[str, str]:
    from huiyin.collect.domain import Message, receive  # noqa: PLC0415 - needs Django

    opened = receive(Message(text=SAID, channel="web", place="东里小区", person="李思源", phone="13900000517"))
    return {"number": opened.number, "secret": opened.secret}


main()
