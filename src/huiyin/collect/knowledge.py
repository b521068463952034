"""What an agent may answer at once: found by words, cited by code and version, never edited back in time."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from huiyin.cases import codes
from huiyin.cases.draft import Draft
from huiyin.collect.models import KnowledgeItem, KnowledgeVersion
from huiyin.kernel.moves import Refused
from huiyin.language.segment import search_terms
from huiyin.packs.knowledge import KnowledgeRow
from huiyin.packs.shapes import AREA_UNIT, Pack
from huiyin.packs.table import PackError
from huiyin.people.models import Account, Unit

_OFFERED = 4
_CANDIDATES = 60
_MOST_TERMS = 200
_TERM_CHARS = 40
# What a shared word says: in the title or the words people use much, in the text little, the category most.
_KEY, _TEXT, _CATEGORY = 3, 1, 4
_ENOUGH = 6
_WRITTEN = ("title", "title_en", "words", "text", "source", "law", "valid_from", "valid_to")


def versions_on(day: date) -> QuerySet[KnowledgeVersion]:
    """What holds on a day: of each item the newest version that has begun, unless it has ended."""
    begun = KnowledgeVersion.objects.filter(valid_from__lte=day).order_by("item_id", "-version").distinct("item_id")
    holding = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    shown = KnowledgeVersion.objects.select_related("item")
    return shown.filter(holding, pk__in=begun.values("pk")).order_by("item__code")


def offered(text: str, category: str | None = None) -> list[KnowledgeVersion]:
    """What may answer a text that is being typed, best first. Only what may be cited today."""
    asked = set(_terms(text))
    if not asked and not category:
        return []
    holding = versions_on(timezone.localdate()).filter(item__owner__isnull=False)
    found = holding.filter(Q(keys__overlap=list(asked)) | Q(item__category__code=category or ""))[:_CANDIDATES]
    scored = [(_score(version, asked, category), version) for version in found]
    best = sorted((pair for pair in scored if pair[0] >= _ENOUGH), key=lambda pair: -pair[0])
    return [version for _, version in best[:_OFFERED]]


def _score(version: KnowledgeVersion, asked: set[str], category: str | None) -> int:
    item = version.item
    same = _CATEGORY if category and item.category and item.category.code == category else 0
    keys = asked.intersection(version.keys)
    return same + _KEY * len(keys) + _TEXT * len(asked.intersection(version.terms) - keys)


def found(words: str, *, on: date) -> QuerySet[KnowledgeVersion]:
    """What held on a day and has all the words; everything for no words."""
    terms = _terms(words)
    holding = versions_on(on)
    if not words.strip():
        return holding
    return holding.filter(Q(item__code=words.strip()) | Q(terms__contains=terms)) if terms else holding.none()


def cited(code: str, version: str) -> KnowledgeVersion | None:
    """The version that an event names, as it stood then."""
    shown = KnowledgeVersion.objects.select_related("item")
    return shown.filter(item__code=code, version=int(version)).first() if version.isdecimal() else None


def citable(code: str, version: str, *, on: date) -> KnowledgeVersion:
    """A version that may be cited on a day. Raises `Refused`: unknown, ownerless, replaced or out of date."""
    named = cited(code, version)
    if named is None:
        raise Refused(
            "knowledge",
            f"知识库里没有“{code}”第{version}版。请从话务员页面给出的条目里选。",
            f"The knowledge base has no “{code}”, version {version}. Choose one of those offered at the agent's desk.",
        )
    if named.item.owner is None:
        raise Refused(
            "knowledge",
            f"“{named.title}”没有维护单位，不能引用。请先派单办理，并请管理员指定维护单位。",
            f"Nobody looks after “{named.title}”, so it cannot be cited. Dispatch the case; have an owner named.",
        )
    if not versions_on(on).filter(pk=named.pk).exists():
        raise Refused(
            "knowledge",
            f"“{named.title}”第{version}版今天不在有效期内，不能引用。请用现行版本，或派单办理。",
            f"“{named.title}”, version {version}, does not hold today. Cite the one that does, or dispatch the case.",
        )
    return named


def cite_only_what_holds(drafts: Sequence[Draft]) -> None:
    """Reaction to moves, from whichever door: an answer at once cites what holds on that day. Raises `Refused`."""
    for draft in drafts:
        for event, _ in draft.entries:
            if event.kind == "answer_directly":
                on = timezone.localtime(event.at).date()
                citable(str(event.public["knowledge"]), str(event.public["version"]), on=on)


@transaction.atomic
def add_version(*, item: KnowledgeItem, version: KnowledgeVersion, by: Account | None = None) -> KnowledgeVersion:
    """The next version of an item; those before it stay as they are."""
    item = KnowledgeItem.objects.select_for_update().get(pk=item.pk)
    last = item.versions.order_by("-version").first()
    version.item, version.by, version.version = item, by, last.version + 1 if last else 1
    return _store(version)


def _store(version: KnowledgeVersion) -> KnowledgeVersion:
    named = f"{version.title} {version.title_en} {version.words}"
    version.keys = _terms(named)
    version.terms = _terms(f"{named} {version.text} {version.law}")
    version.save(force_insert=True)
    return version


def _terms(text: str) -> list[str]:
    return [term for term in search_terms(text, limit=_MOST_TERMS) if len(term) <= _TERM_CHARS]


@transaction.atomic
def load_knowledge(pack: Pack, rows: Iterable[KnowledgeRow]) -> None:
    """New items and new versions; nothing is changed or removed.

    Raises `PackError` for a version that stands and would say something else.
    """
    owners, units = _owners(pack), dict(Unit.objects.values_list("code", "pk"))
    categories = codes.categories()
    problems = []
    for row in rows:
        item, _ = KnowledgeItem.objects.get_or_create(
            code=row.code,
            defaults={
                "category_id": categories.id(row.category) if categories.knows(row.category) else None,
                "owner_id": units.get(row.owner or owners.get(row.category, "") or owners[""]),
            },
        )
        written = {name: getattr(row, name) for name in _WRITTEN}
        standing = KnowledgeVersion.objects.filter(item=item, version=row.version).first()
        if standing is None:
            _store(KnowledgeVersion(item=item, version=row.version, **written))
        elif any(getattr(standing, name) != value for name, value in written.items()):
            problems.append(f"knowledge.toml: '{row.code}' version {row.version} is loaded with other words; raise it.")
    if problems:
        raise PackError(problems)


def _owners(pack: Pack) -> dict[str, str]:
    """Category → the unit that leads there by the catalogue; "" → the district's own."""
    leads = {row.category: row.lead for row in pack.catalogue if not row.area and row.lead != AREA_UNIT}
    return leads | {"": next((unit.code for unit in pack.units if unit.kind == "district"), "")}
