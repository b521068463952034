"""A row of the file → what it says, checked, or every reason why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from huiyin.collect.domain import Message
from huiyin.collect.importing.fields import FIELDS, ImportField
from huiyin.collect.importing.maps import Map, plain
from huiyin.collect.importing.names import Directory
from huiyin.collect.importing.past import TIMES, Past
from huiyin.collect.importing.problems import FileProblem, Problem, shown
from huiyin.collect.importing.sheet import Numbered, Row
from huiyin.collect.importing.values import Wrong, clean, empty, not_future, text_of, time_of, yes_of

NOW = "now"
_MESSAGE = (
    "text",
    "title",
    "kind",
    "category",
    "urgency",
    "confidential",
    "area",
    "place",
    "address",
    "person",
    "phone",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request out of a file, ready to be composed. `lead` is a unit's code."""

    row: int
    message: Message
    at: datetime
    lead: str | None
    past: Past | None


@dataclass(frozen=True, slots=True)
class _Column:
    field: str
    kind: ImportField
    index: int
    name: str


class RowReader:
    """Reads rows of one file by one map. Raises `FileProblem` when a required column is not there."""

    def __init__(self, map_: Map, columns: list[str], directory: Directory) -> None:
        self.map = map_
        self._directory = directory
        self._zone = ZoneInfo(settings.TIME_ZONE)
        self._now = timezone.now()
        self._columns = _pair(map_, columns)
        self._defaults = {field: self._default(field, value) for field, value in map_.defaults.items()}
        self._seen: set[int] = set()
        self._parse: dict[str, Callable[[_Column, Any], Any]] = {
            "text": self._text, "time": self._time, "yes": self._word, "choice": self._word,
            "category": self._name, "area": self._name, "unit": self._name,
        }  # fmt: skip
        paired = {column.index for found in self._columns.values() for column in found}
        self.unused = [name for index, name in enumerate(columns) if name and index not in paired]
        if missing := [name for name in map_.required if name not in self._columns and name not in map_.defaults]:
            raise _missing_columns(map_, missing, columns)

    def read(self, numbered: Numbered) -> tuple[Incoming | None, list[Problem]]:
        number, row = numbered
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for field, columns in self._columns.items():
            value = self._field(number, row, columns, problems)
            if value is not None:
                values[field] = value
        self._complete(number, values, problems)
        if any(problem.refused for problem in problems):
            return None, problems
        values["source_id"] = values.get("source_id") or _fingerprint(row)
        if self._known(values["source_id"]):
            column = self._columns.get("source_id")
            problems.append(Problem(number, column[0].name if column else "", values["source_id"], "duplicate"))
            return None, problems
        return self._incoming(number, values), problems

    def _field(self, number: int, row: Row, columns: list[_Column], problems: list[Problem]) -> Any:
        """The first of the columns that says something usable; None when none does."""
        unmatched: Problem | None = None
        for column in columns:
            cell = row[column.index] if column.index < len(row) else None
            if empty(cell):
                continue
            try:
                return self._parse[column.kind.type](column, cell)
            except Wrong as wrong:
                problem = Problem(number, column.name, shown(column.field, cell), wrong.code)
                if wrong.code not in ("unknown_name", "unknown_word"):
                    problems.append(problem)
                    return None
                unmatched = unmatched or problem
        if unmatched:
            problems.append(unmatched if self.map.refuse_unknown else _remark(unmatched))
        return None

    def _text(self, column: _Column, cell: Any) -> str:
        text = clean(text_of(cell), column.kind.longest)
        words = self.map.values.get(column.field)
        return str(words.get(plain(text), text)) if words else text

    def _time(self, column: _Column, cell: Any) -> datetime:
        at = time_of(cell, self.map.dates, self._zone)
        return at if column.field == "due_at" else not_future(at, self._now)

    def _word(self, column: _Column, cell: Any) -> Any:
        word = plain(text_of(cell))
        found = self.map.values.get(column.field, {}).get(word)
        if found is None and column.kind.type == "yes":
            found = yes_of(word)
        if found is None:
            raise Wrong("unknown_word")
        return found

    def _name(self, column: _Column, cell: Any) -> str | None:
        """The code; None where the map says on purpose that a name stands for nothing here."""
        name = text_of(cell)
        chosen = self.map.values.get(column.field, {}).get(plain(name))
        if chosen == "":
            return None
        code = self._directory.code(column.kind.type, str(chosen or name))
        if code is None:
            raise Wrong("unknown_name")
        return code

    def _complete(self, number: int, values: dict[str, Any], problems: list[Problem]) -> None:
        """Defaults, then what is required, then whether the times follow one another."""
        for field, default in self._defaults.items():
            values.setdefault(field, default)
        if "created_at" not in self.map.required:
            values.setdefault("created_at", self._now)
        wrong = {problem.column for problem in problems}
        for field in {*self.map.required, "text"}:
            columns = self._columns.get(field, ())
            if not values.get(field) and not wrong & {column.name for column in columns}:
                problems.append(Problem(number, columns[0].name if columns else field, "", "missing"))
        at = values.get("created_at")
        if isinstance(at, datetime):
            problems.extend(
                Problem(number, self._columns[field][0].name, shown(field, values[field]), "before_request")
                for field in TIMES
                if field in values and values[field].date() < at.date()
            )

    def _known(self, source_id: str) -> bool:
        key = int.from_bytes(blake2b(source_id.encode(), digest_size=8).digest())
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _incoming(self, number: int, values: dict[str, Any]) -> Incoming:
        said = {name: values[name] for name in _MESSAGE if name in values}
        channel = values.get("channel", "import")
        message = Message(channel=channel, source=self.map.source, source_id=values["source_id"], **said)
        return Incoming(number, message, values["created_at"], values.get("lead"), Past.of(values))

    def _default(self, field: str, value: Any) -> Any:
        if FIELDS[field].type != "time":
            return value
        return self._now if value == NOW else time_of(value, self.map.dates, self._zone)


def _pair(map_: Map, columns: list[str]) -> dict[str, list[_Column]]:
    places: dict[str, int] = {}
    for index, name in enumerate(columns):
        places.setdefault(plain(name), index)
    found = {
        field: [
            _Column(field, FIELDS[field], places[plain(name)], columns[places[plain(name)]])
            for name in names
            if plain(name) in places
        ]
        for field, names in map_.columns.items()
    }
    return {field: paired for field, paired in found.items() if paired}


def _missing_columns(map_: Map, missing: list[str], columns: list[str]) -> FileProblem:
    zh = "；".join(f"{field}(可用列名:{'、'.join(map_.columns.get(field, ()))})" for field in missing)
    en = "; ".join(f"{field} (one of: {', '.join(map_.columns.get(field, ()))})" for field in missing)
    here = "、".join(filter(None, columns[:30]))
    return FileProblem(
        f"文件缺少映射“{map_.name}”必需的列:{zh}。文件里有:{here}。换一个映射,或在浏览器里重新配对列。",
        f"The file lacks columns that the map {map_.name} needs: {en}. It has: {here}. Choose another map, "
        "or pair the columns in the browser.",
    )


def _remark(problem: Problem) -> Problem:
    return Problem(problem.row, problem.column, problem.value, "left_to_triage", refused=False)


def _fingerprint(row: Row) -> str:
    """A stable id for a row of a file that numbers nothing: the same row is the same request."""
    cells = "\x1f".join(text_of(cell) for cell in row)
    return "row:" + blake2b(cells.encode(errors="backslashreplace"), digest_size=16).hexdigest()
