import pytest
from django.db import IntegrityError, connection

from huiyin.people.models import Unit


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", [1, 2])
def test_events_refuse_truncate_between_tests_that_commit(_):
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"):
        cursor.execute("TRUNCATE cases_event CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", [1, 2])
def test_district_is_there_after_tests_that_commit(_):
    assert Unit.objects.exists()
