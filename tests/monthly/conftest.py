import pytest


@pytest.fixture
def cases(db, own_folder):
    from tests.monthly import month  # noqa: PLC0415 - needs django.setup()

    return month.load()


@pytest.fixture
def review(cases):
    from tests.monthly import month  # noqa: PLC0415 - needs django.setup()

    return month.planned()
