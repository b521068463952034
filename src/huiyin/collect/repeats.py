"""Who asked the same before: same person, same point, same matter, each said as a reason. Advice, never a fact."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.alike.queries import alike
from huiyin.cases import codes
from huiyin.cases.marking import Piece, cut
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents, search
from huiyin.kernel.moves import LIVE
from huiyin.kernel.states import WITH_UNIT
from huiyin.language.fingerprints import POINTS
from huiyin.language.mask import mask
from huiyin.language.places import find_places
from huiyin.language.similar import Found, SimilarIndex, likeness

RECENT = timedelta(days=90)
_SHOWN = 5
_EACH = 30
# What each likeness weighs; person alone or place alone is no repeat.
_PERSON, _POINT, _CATEGORY, _TEXT = 3, 2, 2, 4
_ALIKE: Final = 0.4  # from here on two texts tell the same incident (docs/language/similar.md)
_NAMED_PLACES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is compared: a call being typed, or a case. `area` and `category` are codes, `pk` the case's own id."""

    text: str
    phone_index: str = ""
    area: str | None = None
    place: str = ""
    category: str | None = None
    pk: int | None = None
    # On the telephone: of their own cases the confidential ones are spoken of too.
    calls: bool = False


@dataclass(frozen=True)
class Repeat:
    """An earlier case, and why it is likely the same matter. `asked` is the text it was compared with."""

    case: Case
    reasons: tuple[str, ...]
    score: int
    same_person: bool
    asked: str = ""

    @cached_property
    def side_by_side(self) -> tuple[list[Piece], list[Piece]]:
        """Both texts whole, what was asked first, with the parts that they share."""
        earlier = self.case.told
        mine, theirs = likeness(self.asked, earlier, None, self.case.place or None).spans
        return list(cut(self.asked, mine)), list(cut(earlier, theirs))

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
        text=case.told,
        phone_index="" if case.confidential else case.phone_index,
        area=codes.areas().code(case.area_id),
        place=case.place,
        category=codes.categories().code(case.category_id),
        pk=case.pk,
    )


def likely(asked: Asked, *, now: datetime | None = None) -> list[Repeat]:
    """The likeliest repeats, best first: open, or closed within `RECENT`."""
    since = (now or timezone.now()) - RECENT
    asked = replace(asked, text=mask(asked.text).text)  # as the others are read
    cases = [case for case in _candidates(asked, since) if case.pk != asked.pk]
    alike = _alike(asked, cases, now or timezone.now())
    found = (_compared(asked, case, alike.get(case.pk)) for case in cases)
    return sorted((one for one in found if one), key=lambda one: (-one.score, -one.case.pk))[:_SHOWN]


def _candidates(asked: Asked, since: datetime) -> Iterable[Case]:
    """The newest of each likeness. Another person's confidential case is never among them."""
    recent = of_residents(Case.objects.filter(Q(state__in=LIVE) | Q(closed_at__gte=since)).filter(withdrawn=False))
    shown = recent.select_related("body").order_by("-pk")
    others = shown.filter(confidential=False)
    lists: list[QuerySet[Case]] = []
    if asked.phone_index:
        lists.append((shown if asked.calls else others).filter(phone_index=asked.phone_index))
    if asked.area:
        here = others.filter(area__code=asked.area)
        lists += [here, here.filter(category__code=asked.category)] if asked.category else [here]
    if asked.place.strip():
        lists.append(search(others.filter(created_at__gte=since), asked.place))
    lists += [search(others.filter(created_at__gte=since), name) for name in _named(asked)]
    near = [one.case for one in alike(asked.text, asked.place or None, among=recent.select_related("body"), k=_EACH)]
    found = (case for some in lists for case in some[:_EACH])
    return {case.pk: case for case in (*found, *near)}.values()


def _named(asked: Asked) -> list[str]:
    """Spots that the text itself names, beside the place that was filled in."""
    named = dict.fromkeys(place.name for place in find_places(asked.text) if place.kind in POINTS)
    return [name for name in named if name not in asked.place][:_NAMED_PLACES]


def _spot(alike: Found) -> str:
    """The named place that both texts tell, where it is one spot: a street or a district is none."""
    told = next((reason.detail for reason in alike.reasons if reason.kind == "place"), "")
    spots = (name for name in told.split("、") if any(place.kind in POINTS for place in find_places(name)))
    return next(spots, "")


def _alike(asked: Asked, cases: Sequence[Case], now: datetime) -> dict[Hashable, Found]:
    """Case → how surely it tells the same incident; those that share nothing are left out."""
    index = SimilarIndex()
    index.add(
        [case.pk for case in cases],
        [case.told for case in cases],
        [case.place or None for case in cases],
        [case.created_at for case in cases],
    )
    found = index.query(asked.text, asked.place or None, now, k=max(1, len(cases)))
    return {one.id: one for one in found}


def _compared(asked: Asked, case: Case, alike: Found | None) -> Repeat | None:
    score = alike.score if alike else 0.0
    named = _spot(alike) if alike else ""
    same_area = bool(case.area and case.area.code == asked.area and case.area.kind != "street")
    same_place = bool(asked.place.strip() and case.place.strip() == asked.place.strip())
    person = bool(asked.phone_index) and case.phone_index == asked.phone_index
    point = same_area or same_place or bool(named)
    where = case.area if same_area else case.place if same_place else named
    category = case.category is not None and case.category.code == asked.category
    matter = category or score >= _ALIKE
    if person + point + matter < 2:  # noqa: PLR2004 one likeness alone says nothing
        return None
    said = (
        (person, _("same person")),
        (point, _("same place: %(place)s") % {"place": where}),
        (category, _("same category: %(category)s") % {"category": case.category}),
        (score >= _ALIKE, _("told alike: %(percent)s %%") % {"percent": round(100 * score)}),
    )
    points = _PERSON * person + _POINT * point + _CATEGORY * category + round(_TEXT * score)
    return Repeat(case, tuple(reason for holds, reason in said if holds), points, person, asked.text)
