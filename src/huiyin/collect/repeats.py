"""Who asked the same before: same person, same point, same matter, each said as a reason. Advice, never a fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.cases.queries import search
from huiyin.kernel.moves import LIVE
from huiyin.kernel.states import WITH_UNIT
from huiyin.language.ngrams import VIEWS, counts

RECENT = timedelta(days=90)
_SHOWN = 5
_EACH = 40
# What each likeness weighs; person alone or place alone is no repeat.
_PERSON, _POINT, _CATEGORY, _TEXT = 3, 2, 2, 4
_ALIKE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is compared: a call being typed, or a case. `area` and `category` are codes, `pk` the case's own id."""

    text: str
    phone_index: str = ""
    area: str | None = None
    place: str = ""
    category: str | None = None
    pk: int | None = None


@dataclass(frozen=True)
class Repeat:
    """An earlier case, and why it is likely the same matter."""

    case: Case
    reasons: tuple[str, ...]
    score: int
    same_person: bool

    @cached_property
    def can_urge(self) -> bool:
        return self.case.state in LIVE

    @cached_property
    def can_take(self) -> bool:
        """Whether another case can be merged into it."""
        return self.case.state in WITH_UNIT and not self.case.confidential

    @property
    def answer(self) -> str:
        return self.case.body.reply


def asked_by(case: Case) -> Asked:
    return Asked(
        text=f"{case.title}\n{case.body.text}",
        phone_index=case.phone_index,
        area=codes.areas().code(case.area_id),
        place=case.place,
        category=codes.categories().code(case.category_id),
        pk=case.pk,
    )


def likely(asked: Asked, *, now: datetime | None = None) -> list[Repeat]:
    """The likeliest repeats, best first: open, or closed within `RECENT`."""
    since = (now or timezone.now()) - RECENT
    cases = [case for case in _candidates(asked, since) if case.pk != asked.pk]
    alike = _likenesses(asked.text, [f"{case.title}\n{case.body.text}" for case in cases])
    found = (_compared(asked, case, likeness) for case, likeness in zip(cases, alike, strict=True))
    return sorted((one for one in found if one), key=lambda one: (-one.score, -one.case.pk))[:_SHOWN]


def _candidates(asked: Asked, since: datetime) -> Iterable[Case]:
    """The newest of each likeness. Another person's confidential case is never among them."""
    recent = Case.objects.filter(Q(state__in=LIVE) | Q(closed_at__gte=since)).filter(withdrawn=False)
    shown = recent.select_related("body").order_by("-pk")
    others = shown.filter(confidential=False)
    lists: list[QuerySet[Case]] = []
    if asked.phone_index:
        lists.append(shown.filter(phone_index=asked.phone_index))
    if asked.area:
        here = others.filter(area__code=asked.area)
        lists += [here, here.filter(category__code=asked.category)] if asked.category else [here]
    if asked.place.strip():
        lists.append(search(others.filter(created_at__gte=since), asked.place))
    return {case.pk: case for found in lists for case in found[:_EACH]}.values()


def _compared(asked: Asked, case: Case, likeness: float) -> Repeat | None:
    same_area = bool(case.area and case.area.code == asked.area and case.area.kind != "street")
    same_place = bool(asked.place.strip() and case.place.strip() == asked.place.strip())
    person = bool(asked.phone_index) and case.phone_index == asked.phone_index
    point = same_area or same_place
    category = case.category is not None and case.category.code == asked.category
    matter = category or likeness >= _ALIKE
    if person + point + matter < 2:  # noqa: PLR2004 one likeness alone says nothing
        return None
    said = (
        (person, _("same person")),
        (point, _("same place: %(place)s") % {"place": case.area if same_area else case.place}),
        (category, _("same category: %(category)s") % {"category": case.category}),
        (likeness >= _ALIKE, _("told alike: %(percent)s %%") % {"percent": round(100 * likeness)}),
    )
    score = _PERSON * person + _POINT * point + _CATEGORY * category + round(_TEXT * likeness)
    return Repeat(case, tuple(reason for holds, reason in said if holds), score, person)


def _likenesses(text: str, others: Sequence[str]) -> list[float]:
    """Cosine of the n-gram counts of `text` with each of `others`, 0..1."""
    if not others:
        return []
    found = counts([text, *others])
    bounds = found.bounds[::VIEWS]  # all views of a text together
    mine, *theirs = ((found.bucket[start:end], found.times[start:end].astype(float)) for start, end in pairwise(bounds))
    return [_cosine(mine, other) for other in theirs]


def _cosine(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    _shared, here, there = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    size = float(np.linalg.norm(one[1]) * np.linalg.norm(other[1]))
    return float(one[1][here] @ other[1][there]) / size if size else 0.0
