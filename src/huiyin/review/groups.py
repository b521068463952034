"""The lines of a table of figures: units, categories, and what belongs to none yet."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.cases.models import Case, Category
from huiyin.kernel.measures import COLUMNS, By
from huiyin.people.models import Unit

# In addresses: the cases that belong to no group yet (an empty code reads as "all"), and, behind the code of a
# category, those that name it and nothing below it.
NONE = "none"
ITSELF = ".-"


@dataclass(frozen=True, slots=True)
class Group:
    """`ids`: the values of the counted column that belong to it."""

    code: str
    name: str
    ids: tuple[int | None, ...]


def units_of(known: Container[int | None], names: Mapping[int, str] | None = None) -> list[Group]:
    """Every ranked unit that still works, and every other that leads a case of the period: a merged one keeps its line.

    By its present name, or as `names` has it.
    """
    found = [unit for unit in Unit.objects.all() if (unit.ranked and unit.active) or unit.pk in known]
    groups = [Group(unit.code, (names or {}).get(unit.pk) or str(unit), (unit.pk,)) for unit in found]
    return [*groups, *_none(known, _("Not dispatched yet"))]


def categories_of(known: Container[int | None], under: str = "") -> list[Group]:
    """The top level with all that is below, or the children of `under` and the cases that name only itself."""
    categories = list(Category.objects.select_related("parent"))
    if under:
        children = [one for one in categories if one.parent and one.parent.code == under]
        itself = [one for one in categories if one.code == under and one.pk in known]
        return [*(Group(one.code, str(one), (one.pk,)) for one in children), *map(_itself, itself)]
    tops = [one for one in categories if one.parent is None]
    groups = [Group(top.code, str(top), _whole(top, categories)) for top in tops]
    return [*groups, *_none(known, _("Not classified yet"))]


def _whole(top: Category, categories: Iterable[Category]) -> tuple[int, ...]:
    return (top.pk, *(one.pk for one in categories if one.parent == top))


def _itself(category: Category) -> Group:
    return Group(category.code + ITSELF, _("%(name)s, no closer") % {"name": category}, (category.pk,))


def _none(known: Container[int | None], name: str) -> list[Group]:
    return [Group("", name, (None,))] if None in known else []


def find(by: By, code: str) -> Group | None:
    """A group by its code in an address, with the cases below it; None where there is no such group."""
    if code == NONE:
        return Group("", _("Not dispatched yet") if by == "unit" else _("Not classified yet"), (None,))
    if by == "unit":
        unit = Unit.objects.filter(code=code).first()
        return Group(code, str(unit), (unit.pk,)) if unit else None
    plain = code.removesuffix(ITSELF)
    family = list(Category.objects.filter(Q(code=plain) | Q(parent__code=plain)).order_by("code"))
    if not family or family[0].code != plain:
        return None
    return _itself(family[0]) if code != plain else Group(code, str(family[0]), tuple(one.pk for one in family))


def only(cases: QuerySet[Case], by: By, group: Group) -> QuerySet[Case]:
    column = COLUMNS[by]
    return cases.filter(**{f"{column}__isnull": True} if group.ids == (None,) else {f"{column}__in": group.ids})
