"""Every move of the table before every account: what is asked at three doors, and what each answers."""

import csv
from base64 import b64decode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import roads
from tests.district import TEXT, account
from tests.permissions.doors import HELPED, WHO
from tests.scenarios.world import photograph

from huiyin.cases.buttons import refused_now
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.queries import visible_one
from huiyin.kernel.moves import MOVES, NEW, Move

TABLE = Path(__file__).parent / "moves.csv"
# Asked at the doors themselves, besides whoever may make the move; the others by the verbs that the doors ask.
AT_THE_DOORS = ("anonymous", "owner", "outsider")
DONE, HIDDEN, LOGIN = "done", "hidden", "login"
# What had to happen in the state before the move is possible.
_BEFORE = {
    "rule": "dispatcher:redispatch handler.qingyuan:object",
    "rate_partner": "leader.qingyuan:whistle handler.qingyuan:whistle_result",
    "submit": "handler.qingyuan:first_contact",
    "close_unreached": "caller:attempt caller:attempt caller:attempt",
}
# A case does not rest here: it is archived at once.
_PASSED = ("answered", "redirected")
# A partner rates the other, not itself.
_SAYS = {("rate_partner", "company"): {"rated": "qingyuan"}}


class Row(NamedTuple):
    """One line: the move, the state of its case, what happened there before (who:move …), the answer to each account.

    An answer: “done”, “hidden” (no such case for this account), “login”, or the code of the refusal.
    """

    move: str
    case: str
    before: str
    answers: tuple[str, ...]

    @property
    def line(self) -> str:
        return ",".join((self.move, self.case, self.before, *self.answers))


def table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        assert tuple(next(lines)) == ("move", "case", "before", *WHO)
        return [Row(*line[:3], tuple(line[3:])) for line in lines]


def proposed(kind: str) -> Row:
    """A line for a move that has none, as it is now: to be judged by a person, then put into the table."""
    state = next(state for state in MOVES[kind].sources if state not in _PASSED)
    row = Row(kind, state, _BEFORE.get(kind, ""), ())
    return row._replace(answers=answers(row, case_of(row)))


def case_of(row: Row) -> Case | None:
    """A case in the row's state; its date has passed, which changes who may call and nothing else."""
    if row.case == NEW:
        return None
    due_at = timezone.now() - timedelta(days=1)
    case = roads.at(row.case, {**HELPED, "dispatch": {**HELPED["dispatch"], "due_at": due_at}})
    for step in row.before.split():
        who, kind = step.split(":")
        roads.go(case, roads.Step(who, kind))
    return case


def answers(row: Row, case: Case | None) -> tuple[str, ...]:
    """By the verbs for each account; at the doors as well where `AT_THE_DOORS` says so, joined where they differ.

    Nothing of it stays: the case is as it was.
    """
    if case is None:
        return tuple(_joined(_handed_in(name)) for name in WHO.values())
    with transaction.atomic():
        roads.draw(row.move, case)
        move, values = MOVES[row.move], roads.sample(row.move)
        found = [
            _answer(move, case, {**values, **_SAYS.get((row.move, who), {})}, who, name) for who, name in WHO.items()
        ]
        transaction.set_rollback(True)
    return tuple(found)


def _answer(move: Move, case: Case, values: dict[str, Any], who: str, name: str | None) -> str:
    dry = _by_the_verbs(move, case, name)
    at_the_doors = who in AT_THE_DOORS or dry == DONE
    return _joined([dry, *(_at_the_doors(move, case, values, name) if at_the_doors else ())])


def _joined(found: list[str]) -> str:
    """One word where all doors agree."""
    return "|".join(dict.fromkeys(found))


def _by_the_verbs(move: Move, case: Case, name: str | None) -> str:
    if name is None:
        return LOGIN
    if not visible_one(account(name)).filter(pk=case.pk).exists():
        return HIDDEN
    refused = refused_now(move, case, account(name))
    return refused.code if refused else DONE


def _at_the_doors(move: Move, case: Case, values: dict[str, Any], name: str | None) -> Iterator[str]:
    """The form asked for, sent from the page, and the same by the API; whatever was done is undone."""
    for door in (_offered, _sent, _by_program):
        cache.clear()
        with transaction.atomic():
            browser = Client(headers={"Accept-Language": "en"})
            if name:
                browser.force_login(account(name))
            yield door(browser, move, case, values)
            transaction.set_rollback(True)


def _offered(browser: Client, move: Move, case: Case, _values: dict[str, Any]) -> str:
    """The form, or the sentence why there is none."""
    response = browser.get(_page(case, move))
    if response.status_code != 200:
        return _turned_away(response)
    if response.context["form"] is not None:
        return DONE
    (said,) = response.context["messages"]
    return _code(move, case, response.wsgi_request.user, str(said))


def _sent(browser: Client, move: Move, case: Case, values: dict[str, Any]) -> str:
    sent = {name: _written(value) for name, value in values.items()} | {"seq": case.seq}
    if "attachments" in values:
        sent["attachments"] = [ContentFile(b64decode(photograph()), name="a.jpg")]
    response = browser.post(_page(case, move), sent)
    if response.status_code != 422:
        return _turned_away(response)
    assert list(response.context["form"].errors) == ["__all__"], response.context["form"].errors
    (said,) = response.context["form"].non_field_errors()
    return _code(move, case, response.wsgi_request.user, said)


def _page(case: Case, move: Move) -> str:
    return reverse("cases:move", kwargs={"number": case.number, "kind": move.kind})


def _by_program(browser: Client, move: Move, case: Case, values: dict[str, Any]) -> str:
    record = {name: _plain(value) for name, value in values.items() if name != "attachments"}
    body = {"kind": move.kind, "record": record, "pictures": [photograph()] if "attachments" in values else []}
    response = browser.post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    return response.json()["code"] if response.status_code == 409 else _turned_away(response)


def _turned_away(response: Any) -> str:
    if response.status_code == 302:
        return LOGIN if response.url.startswith("/login/") else DONE
    return {200: DONE, 201: DONE, 401: LOGIN, 404: HIDDEN}.get(response.status_code, str(response.status_code))


def _code(move: Move, case: Case, who: Any, said: str) -> str:
    """The refusal that this sentence is; the sentence itself where it is none."""
    refused = refused_now(move, case, who)
    return refused.code if refused and say(refused) == said else said


def _written(value: Any) -> Any:
    return value if isinstance(value, list) else str(_plain(value))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _handed_in(name: str | None) -> list[str]:
    """The one move that has no case yet: the public form and the API are open to everybody."""
    found = []
    for path, sent, kind in (
        ("/say/", {"text": TEXT, "consent": "on", "press": "one"}, None),
        ("/api/v1/cases", {"text": TEXT}, "application/json"),
    ):
        cache.clear()
        with transaction.atomic():
            browser = Client()
            if name:
                browser.force_login(account(name))
            found.append(_turned_away(browser.post(path, sent, **({"content_type": kind} if kind else {}))))
            transaction.set_rollback(True)
    return found
