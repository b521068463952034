"""The desks as people open them: server time of inbox, case page, search, homes, rates at ×1, ×10, ×100.

Baseline: the peer's staff list of 50 at 500,000 cases, 620 ms (an API answer; ours are whole pages).
"""

from urllib.parse import quote

from bench import data, load
from bench.apart import apart
from bench.server import serving
from bench.table import Table

SECONDS = 3.0
HOST = "localhost"


def run(table: Table) -> None:
    for name, size in data.SIZES.items():
        found = facts(size)
        with serving(str(found["url"])) as (port, _):
            measure(table, f"{name} {size:,}", port, found)


def facts(size: int) -> dict[str, object]:
    """What the requests need, read in a process of its own that has Django on that database."""
    found: dict[str, object] = apart(prepare, size)
    return found


def prepare(size: int) -> dict[str, object]:
    url = data.ensure(size)
    from huiyin.cases.models import Case

    own = Case.objects.filter(lead__code="qingyuan").order_by("-pk").values_list("number", flat=True)
    return {
        "url": url,
        "numbers": list(own[:500]),
        "handler": cookie("handler.qingyuan"),
        "dispatcher": cookie("dispatcher"),
        "analyst": cookie("analyst"),
    }


def cookie(username: str) -> str:
    """Of somebody who has signed in. Django is ready."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from huiyin.people.models import Account

    account, session = Account.objects.get(username=username), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = account.pk, "huiyin.people.backends.Accounts"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}; lang=zh-hans"


def measure(table: Table, size: str, port: int, facts: dict[str, object]) -> None:
    numbers = facts["numbers"]
    assert isinstance(numbers, list)
    pick = load.spread(numbers)
    words = [quote(word) for word in ("暖气", "东里小区", "电梯", "夜间施工", "老人 十五度", "垃圾")]
    handler, dispatcher, analyst = str(facts["handler"]), str(facts["dispatcher"]), str(facts["analyst"])
    rows = (
        ("unit inbox", lambda _n: _get("/inbox/", handler), True),
        ("case page", lambda n: _get(f"/cases/{pick(n)}/", handler), True),
        ("search, a unit's rights", lambda n: _get(f"/cases/?q={words[n % len(words)]}", handler), True),
        ("search, whole district", lambda n: _get(f"/cases/?q={words[n % len(words)]}", dispatcher), True),
        ("dispatcher's desk", lambda _n: _get("/assign/", dispatcher), False),
        ("district home", lambda _n: _get("/home/", analyst), False),
        ("rates by unit", lambda _n: _get("/rates/", analyst), False),
        ("public list", lambda _n: _get("/cases-open/", ""), False),
        ("public front page", lambda _n: _get("/", ""), False),
    )
    for figure, make, bound in rows:
        load.run(port, make, clients=2, seconds=1.0)
        found = load.run(port, make, clients=1, seconds=SECONDS)
        wrong = f"; {found.refused} REFUSED {found.statuses}" if found.refused else ""
        note = f"peer's list 620 ms ×{620 / found.p50:.0f}{wrong}"
        table.add("pages", size, f"{figure}, p50", found.p50, "ms", at_most=30 if bound else None, note=note)
        table.add("pages", size, f"{figure}, p99", found.p99, "ms", at_most=150 if bound else None)


def _get(path: str, cookie: str) -> bytes:
    return load.request("GET", path, host=HOST, headers={"Cookie": cookie} if cookie else {})
