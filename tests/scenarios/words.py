"""The words of a scenario are the house's own: names of accounts and units, labels of moves, fields, states, choices."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from huiyin.cases.models import Case
from huiyin.evaluate.models import Reason
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.moves import MOVES, Move
from huiyin.kernel.states import STATES
from huiyin.packs.reader import read_pack
from huiyin.people.models import Account, Unit

_OUTSIDE = {"居民": "resident", "Resident": "resident", "系统": "system", "System": "system"}
_YES = {"是": True, "否": False, "yes": True, "no": False}
_NOTHING = {"空": None, "nothing": None}
_PAIR = re.compile(r"[，,：:；; ]*([^“”]+?)\s*“([^”]*)”")
_DAYS = re.compile(r"^(?:in )?(-?\d+) ?(?:天后|days?)$")
# What a case's row counts, in the words of the field.
COUNTS = {
    "异议次数": "objections", "改派次数": "redispatches", "延期次数": "extensions", "办理轮次": "rounds", "重开次数": "reopened",
    "复发次数": "rebounds", "吹哨次数": "whistles", "催办次数": "urged", "退回次数": "sent_back", "核查不符次数": "mismatches",
    "objections": "objections", "rounds": "rounds", "extensions": "extensions", "rebounds": "rebounds", "whistles": "whistles",
}  # fmt: skip
FACTS = {
    "是否解决": "solved", "二次回访的是否解决": "second_solved", "已剔除": "excluded", "已撤回": "withdrawn", "紧急转交": "emergency",
    "挂账已同意": "deferral_confirmed", "与反馈相符": "verified", "亮灯": "light", "长期清单": "long_term", "有效回访": "valid_callback",
    "满意度": "satisfaction", "紧急程度": "urgency",
    "solved": "solved", "excluded": "excluded", "valid callback": "valid_callback", "emergency": "emergency", "light": "light",
}  # fmt: skip


def kind(label: str) -> str:
    """The move that either language calls so. Raises StopIteration for a word the table does not know."""
    return next(move.kind for move in MOVES.values() if label in (move.zh, move.en))


def state(label: str) -> str:
    return next(row.name for row in STATES.values() if label in (row.zh, row.en))


@cache
def _accounts() -> dict[str, str]:
    """Name in either language → username, of the demonstration district."""
    rows = read_pack("muhe").accounts
    return {name: row.username for row in rows for name in (row.name, row.name_en)}


def username(name: str) -> str:
    """The resident and the system have no account; one that a scenario adds is found by its name."""
    known = {**_OUTSIDE, **_accounts()}
    return known.get(name) or Account.objects.get(name=name).username


def record(move: Move, said: str, names: Mapping[str, Case]) -> dict[str, Any]:
    """字段“值”，字段“值” → what the move records, as Python values. A case's nickname stands for its number."""
    asked = {label: name for name in FIELDS.keys() & {*move.needs, *move.records} for label in FIELDS[name][:2]}
    pairs = {asked[label]: words for label, words in _PAIR.findall(said)}
    return {name: names[words].number if words in names else _value(name, words) for name, words in pairs.items()}


def fact(words: str) -> Any:
    """A recorded fact: yes or no, one of a field's choices, or the word itself."""
    chosen = (row[0] for field in FIELDS.values() for row in field.choices if words in row)
    return {**_YES, **_NOTHING}.get(words, next(chosen, words))


def field(move: Move, label: str) -> str:
    return next(name for name in move.needs if label in FIELDS[name][:2])


def _value(name: str, words: str) -> Any:
    if words in _YES:
        return _YES[words]
    by_name, by_widget = _READ.get(name), _READ.get(FIELDS[name].widget)
    if read := by_name or by_widget:
        return read(words)
    return next((value for value, *labels in FIELDS[name].choices if words in labels), words)


def unit(name: str) -> str:
    return Unit.objects.get(Q(name=name) | Q(name_en=name)).code


def _moment(words: str) -> datetime:
    (days,) = _DAYS.match(words).groups()  # type: ignore[union-attr]
    return timezone.now() + timedelta(days=int(days))


_READ: dict[str, Callable[[str], Any]] = {
    "datetime": _moment,
    "date": lambda words: _moment(words).date(),
    "unit": unit,
    "units": lambda words: [unit(one) for one in re.split("[、,]", words)],
    "account": lambda words: Account.objects.get(username=username(words)).pk,
    "category_of_reason": lambda words: Reason.objects.filter(Q(name=words) | Q(name_en=words))[0].code,
}
