from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

pytestmark = pytest.mark.django_db


def said(literal):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [literal])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("2026-11-23 08:00:00.000001+08", datetime(2026, 11, 23, 0, 0, 0, 1, tzinfo=UTC)),
        ("2026-11-23 00:00:00.5+00", datetime(2026, 11, 23, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("1900-01-01 00:00:00+08:05:43", datetime(1899, 12, 31, 15, 54, 17, tzinfo=UTC)),
    ],
)
def test_times_are_read_to_the_microsecond_and_in_utc(literal, expected):
    assert (said(literal), said(literal).tzinfo) == (expected, UTC)


def test_what_python_cannot_say_is_refused_as_before():
    with pytest.raises(DataError):
        said("infinity")
