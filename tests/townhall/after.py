"""A meeting that is over, counted by hand.

Before: one by grid patrol, shown and open. During, by phone: answered and judged solved; answered and judged unsolved by
one folded into it; promised for yesterday; handed. After: one not shown.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from tests.townhall.hall import asked, meeting, shown

from huiyin.townhall import domain, domain_after
from huiyin.townhall.choices import Stage, State, Via

ANNA, BELA, CARL, DORA, ERNA = (UUID(int=number) for number in range(1, 6))


def over():
    """The meeting and its questions by name."""
    hall, today = meeting(), timezone.localdate()
    named = {"early": shown(hall, "早市占道什么时候管", via=Via.GRID)}
    domain.turn(hall, Stage.LIVE)
    named |= {
        "lift": shown(hall, asker=ANNA),
        "lamp": shown(hall, "河沿路路灯坏了", asker=BELA),
        "drain": shown(hall, "北里下水堵了，哪天通", asker=CARL),
        "park": shown(hall, "东门停车乱，谁来管", asker=DORA),
    }
    named["again"] = shown(hall, "路灯到底修不修", asker=ERNA)
    domain.fold(named["again"], named["lamp"])
    domain.spotlight(named["lift"])
    near = {"theme": "city", "term": "near"}
    domain.settle(named["lift"], State.ANSWERED, answer="明天就修", **near)
    domain.settle(named["lamp"], State.ANSWERED, answer="已经修了", **near)
    domain.settle(
        named["drain"], State.PROMISED, answer="昨天通", due=today - timedelta(days=1), theme="livelihood", term="mid"
    )
    domain.settle(named["park"], State.HANDED, due=today + timedelta(days=3), theme="safety", term="long")
    domain_after.judge(named["lift"], ANNA, solved=True, satisfaction="satisfied")
    domain_after.judge(named["lamp"], ERNA, solved=False, satisfaction="dissatisfied", words="还黑着")
    domain.turn(hall, Stage.CLOSED)
    domain.refuse(asked(hall, "骂人的话"))
    for question in named.values():
        question.refresh_from_db()
    hall.refresh_from_db()
    return hall, named
