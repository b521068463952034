import pytest


@pytest.fixture
def own_folder(settings, tmp_path):
    """Models of this test alone."""
    from huiyin.assign import triage  # noqa: PLC0415 - needs django.setup()

    settings.HOME = tmp_path
    triage._learned.cache_clear()
    yield
    triage._learned.cache_clear()
