import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()
