"""One PostgreSQL for the whole run: `DATABASE_URL` when given, else an embedded one in a temporary folder.

The environment is set while this file is read, before anything imports Django's settings. Under xdist the controller
does it and the workers inherit it; pytest-django gives each of them a database of its own.
"""

import os
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings as hypothesis_settings

from huiyin.cli.environment import prepare
from huiyin.config.database import leave

# Nothing here is timed: a machine that is busy is no fault.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


def _prepare() -> Path | None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.config.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix="huiyin-tests-"))
    os.environ["HUIYIN_HOME"] = str(folder)
    if "DATABASE_URL" not in os.environ:
        os.environ["PGOPTIONS"] = "-c synchronous_commit=off"  # nobody mourns a test's rows
    prepare()
    return folder


TEMPORARY = _prepare()

from django.conf import settings  # noqa: E402 - the environment had to come first
from django.core.cache.backends import base, locmem  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import translation  # noqa: E402

assert settings.DATABASES  # read once: pytest-django then calls django.setup()
PASSWORD = "huiyin-demo"


_flush = TransactionTestCase._fixture_teardown


def _flush_events_too(case: TransactionTestCase) -> None:
    """Tests that commit are cleaned up by TRUNCATE, which the events refuse: here alone the trigger stands aside."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_no_truncate")
    try:
        _flush(case)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_event ENABLE TRIGGER cases_event_no_truncate")
    _district()  # the next test, perhaps one that rolls back, starts from it


TransactionTestCase._fixture_teardown = _flush_events_too


def pytest_unconfigure(config: pytest.Config) -> None:
    if TEMPORARY is not None:
        leave()
        shutil.rmtree(TEMPORARY, ignore_errors=True)


def _district() -> None:
    from huiyin.cli.packs import load_pack  # noqa: PLC0415 - needs django.setup()

    load_pack("muhe", password=PASSWORD)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from the invented district Muhe with its demo accounts, and no case."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # seventeen slow hashes prove nothing
    with django_db_blocker.unblock():
        _district()


@pytest.fixture(autouse=True)
def own_language():
    """The installation's language, whatever a request of the test before asked for."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def names_as_they_are(request):
    """What is kept in memory of units, areas and categories is this test's, however the one before ended."""
    if (
        "db" in request.fixturenames
        or "transactional_db" in request.fixturenames
        or request.node.get_closest_marker("django_db")
    ):
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
        from django.core.cache import cache  # noqa: PLC0415 - needs django.setup()

        from huiyin.cases import codes  # noqa: PLC0415

        codes.reload()
        cache.clear()


@pytest.fixture(autouse=True)
def memory_stands(monkeypatch):
    """What is kept in memory grows no older within a test: a slow machine reads nothing again in the middle of it."""
    from huiyin.people import memory  # noqa: PLC0415 - needs django.setup()

    at = memory.now()
    monkeypatch.setattr(memory, "now", lambda: at)


@pytest.fixture
def cache_stands(monkeypatch):
    """No figure that was kept for some seconds runs out while queries are counted."""
    still = SimpleNamespace(time=partial(float, time.time()))
    for backend in (base, locmem):
        monkeypatch.setattr(backend, "time", still)


@pytest.fixture
def django_assert_num_queries(cache_stands, django_assert_num_queries):
    return django_assert_num_queries


@pytest.fixture
def django_assert_max_num_queries(cache_stands, django_assert_max_num_queries):
    return django_assert_max_num_queries


@pytest.fixture
def enter(db):
    """A browser in which this demo account is signed in."""
    from django.test import Client  # noqa: PLC0415 - needs django.setup()
    from tests.district import account  # noqa: PLC0415

    def enter(username, **headers):
        client = Client(headers=headers)
        client.force_login(account(username))
        return client

    return enter


@pytest.fixture
def own_folder(settings, tmp_path):
    """Models of this test alone."""
    from huiyin.assign import triage  # noqa: PLC0415 - needs django.setup()

    settings.HOME = tmp_path
    triage._model.cache_clear()
    yield
    triage._model.cache_clear()
