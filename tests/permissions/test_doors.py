"""Who may open which door: `matrix.csv` says it, every URL and API operation is in it, and it is so."""

import pytest
from django.test import Client
from tests.permissions.doors import WHO, proposed, statuses, table, wanted

ROWS = table()


@pytest.mark.django_db
def test_every_door_is_in_the_table():
    """A new URL fails with the lines as it stands now: judge whether they are right, then put them into the table."""
    written = {(row.url, row.method) for row in ROWS}
    gone = sorted(written - wanted())
    missing = [proposed(*door).line for door in sorted(wanted() - written)]
    assert (missing, gone) == ([], []), "\n" + "\n".join(missing)


def test_no_door_is_there_twice():
    keys = [row[:5] for row in ROWS]
    assert len(set(keys)) == len(keys)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.url}-{row.method}")
def test_door_opens_for_these_alone(row):
    assert row._replace(statuses=statuses(row)).line == row.line


@pytest.mark.django_db
@pytest.mark.parametrize("who", [name for name, account in WHO.items() if account not in (None, "admin")])
def test_administration_is_for_administrators(who, enter):
    assert enter(WHO[who]).get("/admin/").url.startswith("/admin/login/")


def test_nothing_is_an_error_in_the_table():
    assert [row.line for row in ROWS if any(status.startswith("5") for status in row.statuses)] == []


def test_nobody_signs_in_to_less():
    """Where a stranger is let in, nobody of the house is turned away for being signed in."""
    assert [row.line for row in ROWS if row.statuses[0] == "200" and "403" in row.statuses] == []


@pytest.mark.django_db
def test_a_door_without_a_name_leads_nowhere():
    assert Client().get("/nowhere/").status_code == 404
