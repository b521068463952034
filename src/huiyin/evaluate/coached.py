"""Signs that answers were coached or given for somebody (domain.md 14, #9): evidence to look at, never a verdict.

Each sign says what was seen, how often, and opens into its cases. How much it takes is the district's to decide
(`evaluation.csv`); a name that has no rule that day is not looked for.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt
from typing import Final, NamedTuple

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case, Event
from huiyin.cases.queries import of_residents
from huiyin.evaluate.rules import amounts
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role

KINDS: Final[dict[str, tuple[Promise, Promise]]] = {
    "minute": (_("Same minute"), _("So many cases of one unit were judged within one minute.")),
    "place": (
        _("Same place"),
        _("So many residents of one place judged one unit within a short time, all alike."),
    ),
    "words": (_("Same words"), _("Different people used the same words about one unit.")),
    "soon": (_("Right after the visit"), _("The resident judged while somebody of the unit had just been there.")),
    "swing": (_("Sudden swing"), _("The share of satisfied changed more than chance explains.")),
}
_FEWEST_LETTERS: Final = 6  # “很满意” is what everybody says
_FEWEST_JUDGED: Final = 20
_BEYOND_CHANCE: Final = 3.0  # standard errors between two shares
_BY_RESIDENT: Final = ("web", "sms", "qr")


class Answer(NamedTuple):
    """One evaluation, without anybody's name. `point`: an estate; `phone` (keyed) tells people apart."""

    number: str
    at: datetime
    means: str
    words: str
    satisfaction: str
    lead: int
    point: int | None
    phone: str
    contacted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sign:
    """Something to look at. `unit` is an id; `about`: the words or the shares before and after."""

    kind: str
    unit: int
    at: datetime
    count: int
    numbers: tuple[str, ...] = ()
    about: str = ""


def signs(period: Period) -> list[Sign]:
    """By kind in the order of `KINDS`, the largest first. Four queries, however long the period."""
    limits = amounts(period.end - timedelta(microseconds=1))
    answers = list(_answers(period))
    found = [sign for seen in (_minute, _place, _words, _soon) for sign in seen(answers, limits)]
    found += _swings(period.end, limits)
    order = list(KINDS)
    return sorted(found, key=lambda sign: (order.index(sign.kind), -sign.count, sign.unit))


def _answers(period: Period) -> Iterator[Answer]:
    """What people said in the period, in the order of time; judgements taken over from another system are not ours."""
    heard = Event.objects.filter(kind="evaluate", at__gte=period.start, at__lt=period.end, case__lead__isnull=False)
    rows = heard.exclude(role=Role.SYSTEM).order_by("at", "id").values_list(
        "case__number", "at", "public__means", "public__text", "public__satisfaction",
        "case__lead_id", "case__area_id", "case__area__kind", "case__phone_index", "case__first_contact_at",
    )  # fmt: skip
    for number, at, means, words, satisfaction, lead, area, kind, phone, contacted_at in rows.iterator():
        point = area if kind == "estate" else None  # a street is no one place
        yield Answer(
            str(number),
            at,
            str(means or "phone"),
            str(words or ""),
            str(satisfaction),
            lead,
            point,
            phone,
            contacted_at,
        )


def _minute(answers: Sequence[Answer], limits: Mapping[str, int]) -> Iterator[Sign]:
    least = limits.get("same_minute_answers")
    return _grouped("minute", answers, least, lambda one: (one.lead, one.at.replace(second=0, microsecond=0)))


def _place(answers: Sequence[Answer], limits: Mapping[str, int]) -> Iterator[Sign]:
    """Residents' own answers from one estate, all satisfied, each within the window of the first."""
    least, minutes = limits.get("same_place_answers"), limits.get("same_place_minutes")
    if not least or not minutes:
        return
    alike = [one for one in answers if one.point and one.means in _BY_RESIDENT and one.satisfaction == "satisfied"]
    for group in _by(alike, lambda one: (one.lead, one.point)):
        for near in _windows(group, timedelta(minutes=minutes)):
            if len({one.phone or one.number for one in near}) >= least:
                yield _sign("place", near)


def _words(answers: Sequence[Answer], limits: Mapping[str, int]) -> Iterator[Sign]:
    """The same letters in the same order by different people, whatever the punctuation."""
    least = limits.get("same_words_answers")
    for group in _by(answers, lambda one: (one.lead, _letters(one.words))):
        people = {one.phone or one.number for one in group}
        if least and len(_letters(group[0].words)) >= _FEWEST_LETTERS and len(people) >= least:
            yield replace(_sign("words", group), about=group[0].words)


def _soon(answers: Sequence[Answer], limits: Mapping[str, int]) -> Iterator[Sign]:
    minutes = limits.get("soon_minutes")
    if not minutes:
        return
    soon = [
        one
        for one in answers
        if one.contacted_at and timedelta() <= one.at - one.contacted_at <= timedelta(minutes=minutes)
    ]
    yield from _grouped("soon", soon, 1, lambda one: one.lead)


def _swings(end: datetime, limits: Mapping[str, int]) -> list[Sign]:
    """Units whose share of satisfied moved by over three standard errors, the last days against those before."""
    days = limits.get("swing_days")
    if not days:
        return []
    middle = end - timedelta(days=days)
    judged = Case.objects.filter(
        valid_callback=True, evaluated_at__gte=middle - timedelta(days=days), evaluated_at__lt=end, lead__isnull=False
    )
    late, satisfied = Q(evaluated_at__gte=middle), Q(satisfaction="satisfied")
    rows = of_residents(judged).order_by().values_list("lead").annotate(
        before=Count("pk", ~late), good_before=Count("pk", ~late & satisfied),
        after=Count("pk", late), good_after=Count("pk", late & satisfied),
    )  # fmt: skip
    return [
        Sign("swing", unit, end, after, about=f"{100 * good_before // before} % → {100 * good_after // after} %")
        for unit, before, good_before, after, good_after in rows
        if _beyond_chance(before, good_before, after, good_after)
    ]


def _beyond_chance(before: int, good_before: int, after: int, good_after: int) -> bool:
    """Two-proportion z-test with the pooled share."""
    if min(before, after) < _FEWEST_JUDGED:
        return False
    share = (good_before + good_after) / (before + after)
    error = sqrt(share * (1 - share) * (1 / before + 1 / after))
    return error > 0 and abs(good_after / after - good_before / before) > _BEYOND_CHANCE * error


def _grouped(
    kind: str, answers: Iterable[Answer], least: int | None, key: Callable[[Answer], Hashable]
) -> Iterator[Sign]:
    return (_sign(kind, group) for group in _by(answers, key) if least and len(group) >= least)


def _by(answers: Iterable[Answer], key: Callable[[Answer], Hashable]) -> Iterable[list[Answer]]:
    groups: dict[Hashable, list[Answer]] = defaultdict(list)
    for one in answers:
        groups[key(one)].append(one)
    return groups.values()


def _windows(group: Sequence[Answer], width: timedelta) -> Iterator[list[Answer]]:
    """Consecutive answers, each within `width` of the first of its window."""
    window: list[Answer] = []
    for one in group:
        if window and one.at - window[0].at > width:
            yield window
            window = []
        window.append(one)
    if window:
        yield window


def _sign(kind: str, group: Sequence[Answer]) -> Sign:
    return Sign(kind, group[0].lead, group[0].at, len(group), tuple(one.number for one in group))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
