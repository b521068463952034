"""The peer's workload on our REST face: create, list, filters, detail, status update (see docs/benchmarks.md).

Baseline: the better of the peer's default and persistent-connection figures, measured on a machine like this one. Ours does more on
create (mask, triage, encrypted originals, hash-chained events, search terms) and nothing waits in a queue afterwards.
"""

import json
import random
from collections.abc import Callable

from bench import data, load
from bench.apart import apart
from bench.server import serving
from bench.table import Table

WORDS = "暖气 停水 电梯 垃圾 噪声 停车 路灯 井盖 漏水 物业 施工 楼道 老人 孩子 昨天 今天 三天 五层 小区 门口 没有 处理 希望 尽快 反映 多次 仍然 影响 休息".split()  # noqa: SIM905
SECONDS = 5.0
MOST_CLIENTS = 8
HOST = "localhost"


def run(table: Table) -> None:
    for name, size in data.SIZES.items():
        facts = apart(prepare, size)
        with serving(facts["url"], worker=True) as (port, _):
            measure(table, f"{name} {size:,}", port, facts, largest=size == max(data.SIZES.values()))


def prepare(size: int) -> dict[str, object]:
    """What the requests need from the database, read in a process that has Django on it."""
    url = data.ensure(size)
    from huiyin.api.models import ApiToken
    from huiyin.cases.models import Case
    from huiyin.people.models import Account

    def token(username: str) -> str:
        return ApiToken.make(Account.objects.get(username=username), "bench")

    total = Case.objects.count()
    rng = random.Random(7)
    numbers = list(Case.objects.filter(pk__in=rng.sample(range(1, total), 2000)).values_list("number", flat=True))
    with_units = Case.objects.filter(state__in=("to_accept", "in_progress", "to_review", "deferred", "to_call_back"))
    return {
        "url": url,
        "total": total,
        "district": token("dispatcher"),
        "unit": token("handler.qingyuan"),
        "supervisor": token("supervisor"),
        "numbers": numbers,
        "movable": list(with_units.values_list("number", flat=True)[:2000]),
        "middle": _middle(total),
    }


def _middle(total: int) -> str:
    from huiyin.cases.models import Case
    from huiyin.cases.paging import paged

    near = Case.objects.filter(pk__lte=total // 2 + 50)
    return paged(near, order=("-id",)).next


def measure(table: Table, size: str, port: int, facts: dict[str, object], *, largest: bool) -> None:
    district, unit = str(facts["district"]), str(facts["unit"])
    _warm(port, district)
    creates(table, size, port, largest=largest)
    reads(table, size, port, district, unit, str(facts["middle"]), largest=largest)
    numbers, movable = facts["numbers"], facts["movable"]
    assert isinstance(numbers, list)
    assert isinstance(movable, list)
    pick = load.spread(numbers)
    for clients in (1, 8):
        found = load.run(port, lambda n: _get(f"/cases/{pick(n)}", district), clients=clients, seconds=SECONDS)
        _rows(
            table,
            size,
            f"detail c={clients}",
            found,
            peer_rate=23.9 if clients == 1 else 56.6,
            at_least=400 if clients == 8 and largest else None,
        )
    updates(table, size, port, str(facts["supervisor"]), movable, largest=largest)
    texts = json.dumps({"texts": ["小区三号楼暖气不热，家里只有十五度，老人怕冷"]}).encode()
    headers = {"X-Api-Token": district, "Content-Type": "application/json"}
    asked = load.request("POST", "/api/v1/triage", host=HOST, headers=headers, body=texts)
    found = load.run(port, lambda _n: asked, clients=8, seconds=SECONDS)
    _rows(table, size, "category through the API c=8", found, peer_rate=66, at_least=600 if largest else None)


def creates(table: Table, size: str, port: int, *, largest: bool) -> None:
    peer = {1: 10.2, 8: 14.0, 32: 10.3}
    for clients in (1, 8, 32):
        found = load.run(port, _create, clients=clients, seconds=SECONDS)
        bound = 140 if clients == 8 and largest else None
        _rows(table, size, f"create, fully processed c={clients}", found, peer_rate=peer[clients], at_least=bound,
              p99_at_most=150 if clients == 8 and largest else None)  # fmt: skip


def _create(number: int) -> bytes:
    rng = random.Random(number)
    body = {
        "text": "".join(rng.choices(WORDS, k=160)) + f"编号{number}",
        "place": "东里小区",
        "lat": round(36.4 + rng.random() / 5, 6),
        "lon": round(115.9 + rng.random() / 5, 6),
        "person": "张三丰",
        "phone": f"139{rng.randrange(10**8):08d}",
    }
    headers = {"Content-Type": "application/json"}
    return load.request(
        "POST", "/api/v1/cases", host=HOST, headers=headers, body=json.dumps(body, ensure_ascii=False).encode()
    )


def reads(table: Table, size: str, port: int, district: str, unit: str, middle: str, *, largest: bool) -> None:
    """(figure, path, who, clients, the peer's p50 in ms at 500,000, our bound for p50 in ms)."""
    rows: tuple[tuple[str, str, str, int, float, float], ...] = (
        ("list of 50, newest c=1", "/cases", district, 1, 620, 30),
        ("list of 50, newest c=8", "/cases", district, 8, 2000, 150),
        ("two states + district", "/cases?state=received,in_progress&area=qingyuan", district, 1, 1375, 40),
        ("main category + 3 months", "/cases?category=03&since=2026-08-23T00:00:00Z", district, 1, 621, 60),
        ("place substring", "/cases?q=%E4%B8%9C%E9%87%8C%E5%B0%8F", district, 1, 978, 60),
        ("late, oldest first", "/cases?late=true", district, 1, 1100, 40),
        ("page in the middle", f"/cases?cursor={middle}", district, 1, 3710, 40),
        ("limited user's list c=1", "/cases", unit, 1, 866, 40),
        ("limited user's list c=8", "/cases", unit, 8, 4927, 150),
        ("map, 4,000 points", "/cases/points", district, 1, 341, 60),
    )
    for figure, path, token, clients, peer_ms, bound in rows:
        found = load.run(port, _always(_get(path, token)), clients=clients, seconds=SECONDS / 2)
        note = (
            f"p99 {found.p99:.1f} ms, {found.rate:.0f}/s, peer {peer_ms:g} ms ×{peer_ms / found.p50:.0f}{_wrong(found)}"
        )
        table.add("peer", size, f"{figure}, p50", found.p50, "ms", at_most=bound if largest else None, note=note)


def updates(table: Table, size: str, port: int, token: str, movable: list[str], *, largest: bool) -> None:
    """A status update here is a supervisor's light: it changes the row, chains an event and leaves the case open."""
    headers = {"X-Api-Token": token, "Content-Type": "application/json"}
    body = json.dumps(
        {"kind": "supervise", "record": {"reason": "久拖不决", "light": "yellow"}}, ensure_ascii=False
    ).encode()

    def make(number: int) -> bytes:
        client, turn = divmod(number, load.CLIENT)
        own = movable[client % len(movable) :: MOST_CLIENTS] or movable
        path = f"/api/v1/cases/{own[turn % len(own)]}/moves"
        return load.request("POST", path, host=HOST, headers=headers, body=body)

    for clients in (1, 8):
        found = load.run(port, make, clients=clients, seconds=SECONDS)
        peer = {1: 16.2, 8: 18.5}[clients]
        _rows(
            table,
            size,
            f"status update c={clients}",
            found,
            peer_rate=peer,
            at_least=180 if clients == 8 and largest else None,
        )


def _rows(table: Table, size: str, figure: str, found: load.Outcome, *, peer_rate: float, at_least: float | None,
          p99_at_most: float | None = None) -> None:  # fmt: skip
    note = f"p50 {found.p50:.1f} ms, peer {peer_rate:g}/s ×{found.rate / peer_rate:.0f}{_wrong(found)}"
    table.add("peer", size, figure, found.rate, "req/s", at_least=at_least, note=note)
    table.add("peer", size, f"{figure}, p99", found.p99, "ms", at_most=p99_at_most)


def _wrong(found: load.Outcome) -> str:
    return f"; {found.refused} REFUSED {found.statuses}" if found.refused else ""


def _get(path: str, token: str) -> bytes:
    return load.request("GET", f"/api/v1{path}", host=HOST, headers={"X-Api-Token": token})


def _always(asked: bytes) -> Callable[[int], bytes]:
    return lambda _number: asked


def _warm(port: int, token: str) -> None:
    load.run(port, lambda _n: _get("/cases", token), clients=8, seconds=2)
    load.run(port, _create, clients=8, seconds=2)
