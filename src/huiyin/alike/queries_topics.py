"""Topics as somebody may see them: their cases within the reader's rights, day by day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils import timezone

from huiyin.alike.models import Topic
from huiyin.cases.models import Case
from huiyin.cases.queries import visible_among
from huiyin.kernel.states import OPEN
from huiyin.people.models import Account

DAYS = 14
MOST = 60
# Whoever gave a telephone number is one person; whoever gave none is counted by the case, as in `topics.find`.
PEOPLE = Count(Coalesce(NullIf("phone_index", Value("")), Cast("pk", TextField())), distinct=True)
_TALLEST = 20  # of the bars, in units of their picture


@dataclass(frozen=True, slots=True)
class Bar:
    """A day with so many new cases; place and size in a picture 20 high, 4 wide a day."""

    day: date
    cases: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with its cases that the reader may see."""

    topic: Topic
    cases: int
    open: int
    people: int
    bars: Sequence[Bar]


def cases_of(topic: Topic, account: Account) -> QuerySet[Case]:
    shown = Case.objects.filter(in_topic__topic=topic, confidential=False, withdrawn=False)
    return visible_among(shown, account)


def lines(account: Account, words: str = "") -> list[Line]:
    """The hottest topics that have a case which the account may see, counted by those cases."""
    told = Q(place__icontains=words) | Q(matter__icontains=words) if words else Q()
    seen = visible_among(Case.objects.filter(in_topic__isnull=False, confidential=False, withdrawn=False), account)
    counted = seen.values_list("in_topic__topic").annotate(
        cases=Count("pk"), open=Count("pk", filter=Q(state__in=OPEN)), people=PEOPLE
    )
    counts = {topic: (cases, still, people) for topic, cases, still, people in counted}
    hottest = list(Topic.objects.filter(told, pk__in=counts).order_by("-heat", "id")[:MOST])
    days = _days(seen.filter(in_topic__topic__in=hottest))
    # A topic may end between two statements: then it is not there any more.
    still = [topic for topic in hottest if topic.pk in days]
    now = timezone.now()
    return [Line(topic, *counts[topic.pk], bars(days[topic.pk], now)) for topic in still]


def _days(cases: QuerySet[Case]) -> Mapping[int, Counter[date]]:
    found: dict[int, Counter[date]] = {}
    per_day = cases.annotate(day=TruncDate("created_at")).values_list("in_topic__topic", "day").annotate(Count("pk"))
    for topic, day, count in per_day:
        found.setdefault(topic, Counter())[day] = count
    return found


def bars(per_day: Mapping[date, int], now: datetime) -> list[Bar]:
    """The last `DAYS` days by the district's clock, today last; the tallest bar fills the picture."""
    last = timezone.localtime(now).date()
    days = [last - timedelta(days=ago) for ago in reversed(range(DAYS))]
    most = max(_counts(per_day, days), default=0) or 1
    heights = [_TALLEST * count / most for count in _counts(per_day, days)]
    return [
        Bar(day, count, 4 * at, _TALLEST - height, height)
        for at, (day, count, height) in enumerate(zip(days, _counts(per_day, days), heights, strict=True))
    ]


def _counts(per_day: Mapping[date, int], days: Iterable[date]) -> list[int]:
    return [per_day.get(day, 0) for day in days]
