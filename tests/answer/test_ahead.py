from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress

from huiyin.answer.ahead import shift_of
from huiyin.cases.models import Case
from huiyin.cases.moving import record
from huiyin.cases.timeline import public_timeline

pytestmark = pytest.mark.django_db


def due(case, text):
    case.due_at = timezone.make_aware(datetime.fromisoformat(text))
    return case


def local(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def asked():
    case = in_progress()
    until = (case.due_at + timedelta(days=4)).replace(second=0, microsecond=0)
    values = {"reason": "等配件，电话13800000999", "until": until, "told_resident": True}
    return record(case=case, account=account("handler.qingyuan"), kind="ask_extension", values=values), until


def test_days_and_worked_days_to_the_new_date():
    case = due(in_progress(), "2026-11-05T10:00")  # a Thursday
    shift = shift_of(case, local("2026-11-10T10:00"))
    assert (shift.days, shift.working_days, shift.count, shift.is_later) == (5, 3, 1, True)
    assert [day[:5] for day in shift.idle] == ["11-07", "11-08"]


def test_an_earlier_date_says_so_and_a_slip_of_the_year_says_nothing():
    case = due(in_progress(), "2026-11-05T10:00")
    assert not shift_of(case, local("2026-11-03T10:00")).is_later
    assert shift_of(case, local("2062-11-05T10:00")) is None


def test_the_preview_is_what_the_resident_then_reads(enter):
    case = in_progress()
    until = timezone.localtime(case.due_at + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    sent = {"seq": case.seq, "reason": "等配件，电话13800000999", "until": until, "told_resident": "True"}
    client = enter("handler.qingyuan")
    page = client.post(f"/inbox/ahead/{case.number}/ask_extension/", sent)
    reads = page.context["reads"]
    assert ("138****0999" in reads.text, Case.objects.get(pk=case.pk).seq) == (True, case.seq)
    client.post(f"/cases/{case.number}/move/ask_extension/", sent)
    entry = public_timeline(Case.objects.get(pk=case.pk))[-1]
    assert (entry.label, entry.text) == (reads.label, reads.text)


def test_the_form_opens_with_the_usual_date_shown(enter):
    page = enter("handler.qingyuan").get(f"/cases/{in_progress().number}/move/ask_extension/").content.decode()
    assert "居民会看到" in page
    assert "第 1 次延期" in page


def test_a_leader_begins_with_the_date_that_was_asked_for(enter):
    case, until = asked()
    form = enter("leader.qingyuan").get(f"/cases/{case.number}/move/extend/").context["form"]
    assert form.initial["due_at"] == until
    sent = {"seq": case.seq, "reason": "同意"}
    assert enter("leader.qingyuan").post(f"/cases/{case.number}/move/extend/", sent).status_code == 302
    assert Case.objects.get(pk=case.pk).due_at == until


@pytest.mark.parametrize(("who", "status"), [("handler.heyan", 404), ("leader.qingyuan", 200), ("supervisor", 200)])
def test_the_preview_stays_within_rights(enter, who, status):
    path = f"/inbox/ahead/{in_progress().number}/defer/"
    assert enter(who).post(path, {}).status_code == status
    assert enter(who).get(path).status_code == 405


def test_a_move_without_a_preview_is_not_found(enter):
    assert enter("handler.qingyuan").post(f"/inbox/ahead/{in_progress().number}/accept/", {}).status_code == 404
