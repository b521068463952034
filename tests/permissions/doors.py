"""Every door of the product and who stands before it: the walk over the URLs, the accounts, the samples in the paths."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests import roads
from tests.district import account

from huiyin.cases.models import Attachment, Case, SavedFilter
from huiyin.collect.models import ImportRun
from huiyin.evaluate import links
from huiyin.evaluate.models import RecurrenceHint

TABLE = Path(__file__).parent / "matrix.csv"
# Column → account. The case is led by Qingyuan; Muhe Heating helps, so it is a company that sees it; Heyan is outside.
WHO = {
    "anonymous": None, "owner": "handler.qingyuan", "colleague": "leader.qingyuan", "outsider": "handler.heyan",
    "company": "handler.heat", "agent": "agent", "dispatcher": "dispatcher", "caller": "caller", "reviewer": "reviewer",
    "supervisor": "supervisor", "checker": "checker", "analyst": "analyst", "admin": "admin",
}  # fmt: skip
# Django's own administration is one door with one rule: see test_doors.py.
APART = ("admin",)
HELPED = {"dispatch": {"helpers": ["heat-co"]}}


class Row(NamedTuple):
    """One line of the table: `case` is the state of the case in the path, `args` the path's other parts (name=value,
    “@name” stands for a sample), `sends` the form as a browser encodes it, “@seq” the version of the case.
    """

    url: str
    method: str
    case: str
    args: str
    sends: str
    statuses: tuple[str, ...]

    @property
    def line(self) -> str:
        return ",".join((self.url, self.method, self.case, self.args, self.sends, *self.statuses))


def table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        assert tuple(next(lines)) == ("url", "method", "case", "args", "sends", *WHO)
        return [Row(*first, tuple(rest)) for *first, rest in ((*line[:5], line[5:]) for line in lines)]


def urls() -> dict[str, URLPattern]:
    """Every path of the product by its name, API operations among them."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern
        elif pattern.namespace not in APART:
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def operations() -> dict[str, str]:
    """API operation → its one method."""
    from huiyin.api.views import api  # noqa: PLC0415

    found = (
        operation
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    )
    return {f"api:{operation.view_func.__name__}": operation.methods[0] for operation in found}


def wanted() -> set[tuple[str, str]]:
    """(url, method) pairs that the table must hold: reading and writing for each path, each operation by its method."""
    by_method = operations()
    return {
        (name, method) for name in urls() for method in ([by_method[name]] if name in by_method else ["GET", "POST"])
    }


def statuses(row: Row) -> tuple[str, ...]:
    case = roads.at(row.case, HELPED) if row.case else None
    path = path_of(row, case)
    sent = row.sends.replace("@seq", str(case.seq)) if case else row.sends
    return tuple(answer(path, row.method, sent, who).status for who in WHO.values())


def path_of(row: Row, case: Case | None) -> str:
    return reverse(row.url, kwargs=dict(_args(row, case)))


def proposed(url: str, method: str) -> Row:
    """A line for a door that has none, as it is now: to be judged by a person, then put into the table."""
    parts = urls()[url].pattern.converters
    args = " ".join(f"{name}={_USUAL.get(name, '1')}" for name in parts if name != "number")
    row = Row(url, method, "in_progress" if "number" in parts else "", args, "", ())
    return row._replace(statuses=statuses(row))


def _args(row: Row, case: Case | None) -> Iterator[tuple[str, Any]]:
    given = dict(pair.split("=", 1) for pair in row.args.split()) if row.args else {}
    for name in urls()[row.url].pattern.converters:
        if name not in given and name == "number" and case:
            yield name, case.number
        else:
            value = given[name]
            yield name, SAMPLES[value[1:]](case) if value.startswith("@") else value


class Answer(NamedTuple):
    """`status`: the code, or “login” for a way to the sign-in."""

    status: str
    body: bytes


def answer(path: str, method: str, sent: str, who: str | None) -> Answer:
    """What this account (None: a stranger) is answered; whatever it did is undone."""
    cache.clear()
    api = path.startswith("/api/")
    with transaction.atomic():
        browser = Client(raise_request_exception=False)
        if who:
            browser.force_login(account(who))
        response = browser.generic(method, path, sent or ("{}" if api else ""), content_type=_JSON if api else _FORM)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    to_sign_in = response.status_code == 302 and response.url.startswith("/login/")
    return Answer("login" if to_sign_in else str(response.status_code), body)


_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


def _attachment(case: Case | None) -> int:
    assert case
    file = ContentFile(b"\xff\xd8", name="a.jpg")
    known = {"file": file, "width": 1, "height": 1, "size": 2, "by": "x"}
    return Attachment.objects.get_or_create(case=case, sha256="0" * 64, defaults=known)[0].pk


def _run(_case: Case | None) -> int:
    file = ContentFile("工单编号,主要内容\nK1,暖气不热\n".encode(), name="a.csv")
    return ImportRun.objects.create(file=file, report=file, name="a.csv", source="a", by=account("agent")).pk


def _filter(_case: Case | None) -> int:
    """A question that the owner keeps."""
    return SavedFilter.objects.get_or_create(account=account(WHO["owner"]), page="cases:search", name="冬天")[0].pk


def _hint(case: Case | None) -> int:
    assert case
    known = {"closed_at": timezone.now(), "days": 3, "within": 30, "percent": 80}
    return RecurrenceHint.objects.create(case=case, earlier=roads.at("archived"), **known).pk


def _link(case: Case | None) -> str:
    """The token that opens a closing; “1”, which opens nothing, for a case that waits for no answer."""
    assert case
    return links.token_of(links.give(case=case, means="sms")) if case.state == "to_call_back" else "1"


_USUAL = {"kind": "note", "code": "qingyuan", "form": "csv", "pk": "@none"}
# What stands in a path beside the case's number: “@name” in the table → made for the row.
SAMPLES: dict[str, Callable[[Case | None], Any]] = {
    "attachment": _attachment, "run": _run, "filter": _filter, "hint": _hint, "link": _link, "none": lambda _case: 0,
}  # fmt: skip
