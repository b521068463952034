import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _fresh(db):
    """The rules of a test are gone with it: nobody keeps them in memory."""
    from huiyin.people.kept import kept  # noqa: PLC0415 - needs django.setup()
    from huiyin.people.models import Area, Unit  # noqa: PLC0415 - as above
    from huiyin.review.models import MonthEnds, ScoreRule  # noqa: PLC0415 - as above

    cache.clear()
    yield
    for table in (Area, MonthEnds, ScoreRule, Unit):
        kept(table).forget()


@pytest.fixture
def enter():
    """A browser in which this demo account is signed in."""
    from tests.district import account  # noqa: PLC0415 - needs django.setup()

    def enter(username):
        client = Client()
        client.force_login(account(username))
        return client

    return enter
