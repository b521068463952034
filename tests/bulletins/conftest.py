"""The four classes that a migration brings: a test that commits empties every table behind it."""

from importlib import import_module

import pytest


@pytest.fixture(autouse=True)
def _classes(db):
    from django.apps import apps  # noqa: PLC0415 - Django is not ready when this file is read

    if not apps.get_model("bulletins", "Sensitive").objects.exists():
        import_module("huiyin.bulletins.migrations.0002_classes").add(apps, None)


@pytest.fixture(autouse=True)
def _fresh(db):
    """The rules of a test are gone with it: nobody keeps them in memory."""
    from huiyin.people.kept import kept  # noqa: PLC0415 - needs django.setup()
    from huiyin.review.models import MonthEnds, ScoreRule  # noqa: PLC0415 - as above

    yield
    for table in (MonthEnds, ScoreRule):
        kept(table).forget()
