"""One PostgreSQL for the whole run: `DATABASE_URL` when given, else an embedded one in a temporary folder.

The environment is set while this file is read, before anything imports Django's settings. Under xdist the controller
does it and the workers inherit it; pytest-django gives each of them a database of its own.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from huiyin.cli.environment import prepare
from huiyin.config.database import leave


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

assert settings.DATABASES  # read once: pytest-django then calls django.setup()
PASSWORD = "huiyin-demo"


def pytest_unconfigure(config: pytest.Config) -> None:
    if TEMPORARY is not None:
        leave()
        shutil.rmtree(TEMPORARY, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: PT004 pytest-django's name
    """Every test starts from the invented district Muhe with its demo accounts, and no case."""
    from huiyin.cli.packs import load_pack

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # seventeen slow hashes prove nothing
    with django_db_blocker.unblock():
        load_pack("muhe", password=PASSWORD)
