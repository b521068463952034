import pytest

from huiyin.cases.models import Case
from huiyin.cli.simulate import reception
from huiyin.cli.simulate.hall import hold
from huiyin.reception.models import Line
from huiyin.reception.queries import figures

pytestmark = pytest.mark.django_db


def test_the_demonstration_opens_with_desks_where_people_were_and_wait():
    meeting = hold()
    reception.open_desks(meeting)
    told = figures(meeting)
    assert (told.desks, told.tickets, told.served, told.consultations) == (3, 13, 4, 4)
    assert (told.cases, told.knowledge, Case.objects.count()) == (1, 1, 1)


def test_the_demonstration_publishes_two_lines():
    reception.publish_lines()
    reception.publish_lines()
    assert sorted(Line.objects.values_list("unit__code", flat=True)) == ["heyan", "qingyuan"]
