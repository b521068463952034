import pytest

from huiyin.cases.models import Case
from huiyin.cli.simulate.hall import hold

pytestmark = pytest.mark.django_db


def test_the_demonstration_opens_with_a_meeting_that_has_something_in_every_state_and_no_case():
    meeting = hold()
    states = sorted(meeting.questions.values_list("state", flat=True))
    assert (meeting.stage, states) == ("live", ["answered"] * 2 + ["shown"] * 3 + ["spotlit"] + ["waiting"] * 2)
    assert Case.objects.count() == 0
