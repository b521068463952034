"""The lines of a table of figures: units, categories, and what belongs to none yet."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.cases.models import Case, Category
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


def units_of(known: Container[int | None]) -> list[Group]:
    """Every ranked unit, and every other that leads a case of the period."""
    groups = [Group(unit.code, str(unit), (unit.pk,)) for unit in Unit.objects.all() if unit.ranked or unit.pk in known]
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


def only(cases: QuerySet[Case], *, unit: str = "", category: str = "") -> QuerySet[Case]:
    """The cases of one group, by its code; `NONE` for those without. A category takes in what is below it."""
    ids = ids_of(unit=unit, category=category)
    if ids is None:
        return cases
    column = "category" if category else "lead"
    return cases.filter(**{f"{column}__isnull": True} if ids == {None} else {f"{column}_id__in": ids})


def title_of(*, unit: str = "", category: str = "") -> str | None:
    """The group's name, empty for the whole district, None when there is no such group."""
    if not unit and not category:
        return ""
    if NONE in (unit, category):
        return _("Not dispatched yet") if unit == NONE else _("Not classified yet")
    code = unit or category.removesuffix(ITSELF)
    found = (Unit if unit else Category).objects.filter(code=code).first()
    return str(found) if found else None


def ids_of(*, unit: str = "", category: str = "") -> set[int | None] | None:
    """Values of the counted column that belong to a group; None for the whole district."""
    if not unit and not category:
        return None
    if NONE in (unit, category):
        return {None}
    if unit:
        return set(Unit.objects.filter(code=unit).values_list("pk", flat=True))
    if category.endswith(ITSELF):
        return set(Category.objects.filter(code=category.removesuffix(ITSELF)).values_list("pk", flat=True))
    return set(Category.objects.filter(Q(code=category) | Q(parent__code=category)).values_list("pk", flat=True))
