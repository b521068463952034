"""The cockpit's own tiles. Each asks the database once."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, Subquery, Sum, Window
from django.db.models.functions import Coalesce

from huiyin.alike.models import Topic
from huiyin.cockpit import areas, flow, unit_rings
from huiyin.cockpit.counts import COUNTS, address
from huiyin.cockpit.tiles import Maker, Moment, Tile
from huiyin.kernel.measures import FIRST, MEASURES
from huiyin.review import cells, figures, periods
from huiyin.review.queries import late as late_ones
from huiyin.townhall.choices import Stage
from huiyin.townhall.models import Meeting, Watching

LATE_ROWS, MEETING_ROWS, TOPIC_ROWS = 4, 3, 3
RISING = timedelta(days=3)
BEFORE = timedelta(days=30)  # as far back as topics are looked for
HOTTEST = 40
# A live process says every few seconds how many watch; what is older is nobody's any more.
FRESH = timedelta(seconds=15)
RATES: Final = ("response", "resolution", "satisfaction")
_LATE_COLUMNS = ("number", "title", "state", "due_at", "deferral_confirmed", "solved", "lead", "confidential", "kind")


def today(moment: Moment) -> Tile:
    return Tile("today", "cockpit/_today.html", {"steps": flow.steps(moment)})


def rates(moment: Moment) -> Tile:
    period = periods.read(periods.DEFAULT, moment.now)
    found, as_of = figures.of_group(period, names=FIRST)
    names = [(cells.label(MEASURES[name]), cells.exclusions(MEASURES[name])) for name in RATES]
    shown = [(*said, cells.cell(found, name, period)) for said, name in zip(names, RATES, strict=True)]
    return Tile("rates", "cockpit/_rates.html", {"rates": shown, "period": periods.said(period), "as_of": as_of})


def late(moment: Moment) -> Tile:
    """The oldest, and how many there are."""
    found = late_ones().annotate(all=Window(Count("*"))).only(*_LATE_COLUMNS)[:LATE_ROWS]
    rows = list(found)
    count = COUNTS["late"]
    context: dict[str, Any] = {"late": rows, "cases": rows[0].all if rows else 0}
    context |= {"definition": str(count.definition), "href": address("late"), "now": moment.now}
    return Tile("late", "cockpit/_late.html", context)


def meetings(moment: Moment) -> Tile:
    """On air; where none is, those that come next."""
    streams = Watching.objects.filter(meeting=OuterRef("pk"), at__gt=moment.now - FRESH).values("meeting")
    watching = Coalesce(Subquery(streams.annotate(sum=Sum("streams")).values("sum")), 0)
    shown = Q(stage=Stage.LIVE) | Q(stage=Stage.PLANNED, begins_at__gte=moment.now)
    found = Meeting.objects.filter(shown).annotate(watching=watching).order_by("stage", "begins_at", "pk")
    rows = list(found.only("code", "title", "stage", "begins_at", "unit")[:MEETING_ROWS])
    live = [one for one in rows if one.stage == Stage.LIVE]
    return Tile("meetings", "cockpit/_meetings.html", {"live": live, "next": [] if live else rows})


def topics(moment: Moment) -> Tile:
    """Of the hottest topics those with more cases a day in the last three days than before."""
    shown = Q(members__case__confidential=False, members__case__withdrawn=False)
    new = shown & Q(members__case__created_at__gte=moment.now - RISING)
    hottest = Topic.objects.filter(pk__in=Topic.objects.order_by("-heat", "id").values("pk")[:HOTTEST])
    counted = hottest.annotate(cases=Count("members", filter=shown), new=Count("members", filter=new)).filter(new__gt=0)
    rising = [one for one in counted.order_by("-new", "-heat", "id") if _a_day(one) > _before(one)]
    return Tile("topics", "cockpit/_topics.html", {"topics": [(one, _before(one)) for one in rising[:TOPIC_ROWS]]})


def _a_day(topic: Topic) -> float:
    return float(topic.new) / RISING.days  # type: ignore[attr-defined]


def _before(topic: Topic) -> float:
    earlier = topic.cases - topic.new  # type: ignore[attr-defined]
    return float(earlier) / (BEFORE - RISING).days


def map_(moment: Moment) -> Tile:
    context = {"map": areas.picture(moment), "legend": areas.legend(), "definition": str(COUNTS["open"].definition)}
    return Tile("map", "cockpit/_map.html", context)


def units(moment: Moment) -> Tile:
    count = COUNTS["in_hand"]
    return Tile(
        "units", "cockpit/_units.html", {"rings": unit_rings.rings(moment), "definition": str(count.definition)}
    )


# As a phone shows them, from the top.
OWN: Final[tuple[Maker, ...]] = (today, rates, late, meetings, topics, map_, units)
