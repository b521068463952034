import resource

import pytest

from huiyin.live import files

NONE = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "connections"),
    [(1024, 20_000, 20_000, 524), (1024, NONE, 10_240, 524), (NONE, NONE, 10_240, 9_740)],
)
def test_as_many_files_as_the_system_allows_and_a_bound_where_it_names_none(
    monkeypatch, soft, hard, raised, connections
):
    told = []
    monkeypatch.setattr(files.resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(files.resource, "setrlimit", lambda _, values: told.append(values))
    files.open_many()

    assert (told, files.connections()) == ([(raised, hard)], connections)
