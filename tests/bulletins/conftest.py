"""The four classes that a migration brings: a test that commits empties every table behind it."""

from importlib import import_module

import pytest
from django.apps import apps

from huiyin.bulletins.models import Sensitive


@pytest.fixture(autouse=True)
def _classes(request):
    if "django_db" not in request.keywords and "db" not in request.fixturenames:
        return
    request.getfixturevalue("db")
    if not Sensitive.objects.exists():
        import_module("huiyin.bulletins.migrations.0002_classes").add(apps, None)
