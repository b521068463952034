from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import received, to_call_back

from huiyin.cases.domain import originals
from huiyin.cases.draft import RESIDENT
from huiyin.cases.models import Case, PrivatePayload
from huiyin.cases.rebuild import check_cases
from huiyin.cases.retention import erase_before
from huiyin.evaluate.domain import record

pytestmark = pytest.mark.django_db


def archived(**changes):
    return record(case=to_call_back(**changes), actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")


def test_erase_leaves_nobody_to_be_named():
    case = archived()
    assert originals(case)["number"] == "13900000421"  # it is there
    assert erase_before(timezone.now() + timedelta(seconds=1)) == 1
    case.refresh_from_db()
    assert (originals(case), case.person, case.phone, case.phone_index) == ({}, "", "", "")


def test_erase_takes_the_words_of_a_confidential_case():
    case = archived(confidential=True)
    erase_before(timezone.now() + timedelta(seconds=1))
    case.refresh_from_db()
    assert (case.title, case.body.text, case.place) == ("", "", "")


def test_erase_keeps_the_chain_and_what_the_events_mean():
    archived()
    archived(confidential=True)
    erase_before(timezone.now() + timedelta(seconds=1))
    assert [checked.differs for checked in check_cases()] == [(), ()]


def test_erase_waits_for_the_end_of_retention():
    archived()
    received()
    assert (
        erase_before(timezone.now() - timedelta(days=1)),
        PrivatePayload.objects.values("case").distinct().count(),
    ) == (0, 2)
    assert Case.objects.exclude(phone_index="").count() == 2
