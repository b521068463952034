"""The cockpit's refresh, as a screen on a wall asks for it every five seconds: server time, whole request to whole answer.

Screens ask less often than figures are kept, so what counts is the refresh that counts everything anew, the rates too.
"""

from time import perf_counter

from bench import data
from bench.apart import apart
from bench.table import Table, percentile

SIZES = ("×10", "×100")  # a year; its month is a twelfth
TIMES = 200
AT_MOST_MS = 200
PATH = "/cockpit/now/"


def run(table: Table) -> None:
    for name in SIZES:
        size = data.SIZES[name]
        anew, kept = apart(refresh, size)
        label = f"{name} {size:,}"
        for figure, spent in (("cockpit refresh, counted anew", anew), ("cockpit refresh, figures kept", kept)):
            table.add("cockpit", label, f"{figure}, p50", percentile(spent, 0.50), "ms")
            table.add("cockpit", label, f"{figure}, p99", percentile(spent, 0.99), "ms", at_most=AT_MOST_MS)


def refresh(size: int) -> list[list[float]]:
    """In a process of its own, which has Django on that database."""
    data.ensure(size)
    from django.core.cache import cache
    from django.test import Client

    from huiyin.people.models import Account

    browser = Client(headers={"host": "localhost"})
    browser.force_login(Account.objects.get(username="supervisor"), "huiyin.people.backends.Accounts")

    def once(*, anew: bool) -> float:
        if anew:
            cache.clear()
        start = perf_counter()
        answer = browser.get(PATH)
        spent = (perf_counter() - start) * 1000
        assert answer.status_code == 200, answer.status_code
        return spent

    for _warm in range(5):
        once(anew=True)
    return [[once(anew=anew) for _ in range(TIMES)] for anew in (True, False)]
