"""Maps: which column is what. A map is a TOML file; `docs/import.md` has the grammar."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from huiyin.collect.importing.fields import FIELDS
from huiyin.collect.importing.problems import FileProblem
from huiyin.collect.models import ImportMap

FOLDER = Path(__file__).parent.parent / "maps"
WORDS = Path(__file__).parent / "words.toml"
_REMARK = re.compile(r"\([^()]*\)$")
_KEYS = {"title", "title_en", "source", "on_unknown", "required", "dates", "columns", "defaults", "values", "history"}
_HISTORY = {"category", "lead", "due_days"}


@dataclass(frozen=True, slots=True)
class History:
    """Last resorts for a past that names no category, lead or date; all of it written by the map's author."""

    category: str = ""
    lead: str = ""
    due_days: int = 15


@dataclass(frozen=True, slots=True)
class Map:
    name: str
    source: str
    columns: Mapping[str, tuple[str, ...]]
    title: str = ""
    title_en: str = ""
    refuse_unknown: bool = False
    required: tuple[str, ...] = ("text",)
    dates: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    history: History = History()


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name as names are compared: full width, spaces, case and a remark in brackets do not matter."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold().rstrip("*:")
    return _REMARK.sub("", text) or text


def read_map(text: str, name: str) -> Map:
    """Raises `FileProblem` that names the first thing the grammar does not know."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(
            f"映射 {name} 不是合法的 TOML:{error}", f"The map {name} is not valid TOML: {error}."
        ) from error
    _check(table, name)
    return Map(
        name=name,
        source=str(table["source"]),
        columns={key: _names(value) for key, value in table["columns"].items()},
        title=str(table.get("title", name)),
        title_en=str(table.get("title_en", "")),
        refuse_unknown=table.get("on_unknown", "triage") == "refuse",
        required=tuple(table.get("required", ("text",))),
        dates=tuple(table.get("dates", ())),
        defaults=dict(table.get("defaults", {})),
        values=_values(table.get("values", {})),
        history=History(**table.get("history", {})),
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _values(table: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The words every map knows, and over them the map's own."""
    merged = {name: dict(words) for name, words in common_words().items()}
    for name, words in table.items():
        merged.setdefault(name, {}).update({plain(word): value for word, value in words.items()})
    return merged


@cache
def common_words() -> Mapping[str, Mapping[str, Any]]:
    table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        name: {plain(word): meaning for meaning, words in meanings.items() for word in (meaning, *words)}
        for name, meanings in table.items()
    }


def _check(table: Mapping[str, Any], name: str) -> None:
    if unknown := set(table) - _KEYS:
        raise _wrong(name, f"不认识 {sorted(unknown)}", f"knows no {sorted(unknown)}; it may hold {sorted(_KEYS)}")
    if not isinstance(table.get("source"), str) or not 0 < len(table["source"]) <= 40:  # noqa: PLR2004 Case.source
        raise _wrong(name, "缺少 source(不超过 40 字)", "needs a source of at most 40 characters")
    if not isinstance(table.get("columns"), dict) or not table["columns"]:
        raise _wrong(name, "缺少 [columns]", "needs a table [columns]")
    if table.get("on_unknown", "triage") not in ("triage", "refuse"):
        raise _wrong(name, "on_unknown 只能是 triage 或 refuse", "may say on_unknown = triage or refuse")
    named = {*table["columns"], *table.get("defaults", {}), *table.get("values", {}), *table.get("required", ())}
    if unknown := named - set(FIELDS):
        raise _wrong(
            name, f"没有这些字段:{sorted(unknown)}", f"has no field {sorted(unknown)}; fields are {list(FIELDS)}"
        )
    if unknown := set(table.get("history", {})) - _HISTORY:
        raise _wrong(name, f"history 不认识 {sorted(unknown)}", f"knows no {sorted(unknown)} in [history]")


def _wrong(name: str, zh: str, en: str) -> FileProblem:
    return FileProblem(f"映射 {name} {zh}。", f"The map {name} {en}.")


def shipped() -> dict[str, Map]:
    return {path.stem: read_map(path.read_text(encoding="utf-8"), path.stem) for path in sorted(FOLDER.glob("*.toml"))}


def find_map(name: str) -> Map:
    """By the name of a shipped or a drawn map, or the path of a TOML file. Raises `FileProblem`."""
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise FileProblem(f"没有映射文件 {name}。", f"There is no map file {name}.")
        return read_map(path.read_text(encoding="utf-8"), path.stem)
    if (FOLDER / f"{name}.toml").is_file() and "/" not in name:
        return read_map((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)
    drawn = ImportMap.objects.filter(name=name).first()
    if drawn is None:
        known = [*shipped(), *ImportMap.objects.values_list("name", flat=True)]
        raise FileProblem(
            f"没有映射“{name}”,现有:{'、'.join(known)}。", f"There is no map {name}; known: {', '.join(known)}."
        )
    return read_map(drawn.toml, drawn.name)


def fitting_map(columns: list[str]) -> Map | None:
    """The shipped map that recognises most of the columns and can read every required field; None when none can."""
    here = {plain(column) for column in columns}

    def score(candidate: Map) -> int:
        found = {name for name, names in candidate.columns.items() if here & {plain(one) for one in names}}
        return len(found) if set(candidate.required) - set(candidate.defaults) <= found else 0

    best = max(shipped().values(), key=score)
    return best if score(best) > 1 else None


def every_map() -> dict[str, str]:
    """Name → title, shipped and drawn."""
    english = (get_language() or "").startswith("en")
    titles = {name: map_.title_en if english and map_.title_en else map_.title for name, map_ in shipped().items()}
    return titles | {name: name for name in ImportMap.objects.order_by("name").values_list("name", flat=True)}
