import pytest
from django.test import Client
from tests.polls.ballot import drafted, ended, opened, voted
from tests.townhall import hall

pytestmark = pytest.mark.django_db


def test_the_live_page_shows_what_is_open_and_the_result_once_it_may_be_shown():
    meeting = hall.live()
    poll, draft = opened(meeting=meeting), drafted(meeting=meeting, question="还没定的")
    voted(poll, 1)
    page = Client().get(f"/live/{meeting.code}/").content.decode()
    vote, result = f'"/vote/{poll.code}/"', f'"/vote/{poll.code}/result/"'
    assert (vote in page, result in page, draft.question in page) == (True, False, False)
    ended(poll)
    page = Client().get(f"/live/{meeting.code}/").content.decode()
    assert (vote in page, result in page) == (False, True)


def test_the_workspace_lists_drafts_too_and_leads_to_a_new_one(enter):
    meeting = hall.live()
    draft = drafted(meeting=meeting)
    page = enter("leader.qingyuan").get(f"/meetings/{meeting.code}/").content.decode()
    assert (f"/polls/{draft.code}/manage/" in page, f"/polls/new/?meeting={meeting.code}" in page) == (True, True)
    form = enter("leader.qingyuan").get(f"/polls/new/?meeting={meeting.code}").context["form"]
    assert (form["meeting"].value(), form["unit"].value()) == (meeting.pk, meeting.unit_id)


def test_a_meeting_without_a_vote_shows_none():
    assert "data-poll" not in Client().get(f"/live/{hall.live().code}/").content.decode()
