"""On the way out: a real Apprise to a real server on this machine, at the hours a person chose."""

import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest
from tests.district import account

from huiyin.notices.domain import Fact, prefer, tell
from huiyin.notices.models import Notice, Preference
from huiyin.notices.sending import NotSent, is_due, send

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING = {"digests": [], "quiet_from": None, "quiet_to": None, "muted": []}


def at(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def outlet():
    """A server on this machine that keeps what it is sent; `status` is what it answers."""

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keep)
    server.got, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def wanting(outlet, **changes):
    preference = prefer(account("caller"), addresses=[f"json://127.0.0.1:{outlet.server_port}/"], **(NOTHING | changes))
    Preference.objects.update(since=at(0), digested_at=at(0))
    preference.refresh_from_db()
    return preference


def told(number, *, urgent=False, kind="timer", when=None):
    tell(
        [Fact(account("caller").pk, f"{kind}:{number}", f"签收已超期：MH-{number}", "暖气不热", "/cases/", urgent)],
        at=when or at(8),
    )


def test_what_is_urgent_goes_at_once_and_alone(outlet):
    preference = wanting(outlet)
    told(1, urgent=True)
    told(2)
    assert send(preference, at(3)) == 1
    assert [message["title"] for message in outlet.got] == ["签收已超期：MH-1"]
    assert send(preference, at(3, 1)) == 0


def test_the_others_come_as_one_message_a_digest(outlet):
    preference = wanting(outlet)
    for number in range(3):
        told(number)
    assert is_due(preference, at(8, 59)) is False
    assert send(preference, at(9)) == 3
    (message,) = outlet.got
    assert message["title"] == "3 条新提醒"
    assert all(f"MH-{number}" in message["message"] for number in range(3))
    told(9, when=at(9, 1))
    preference.refresh_from_db()
    assert send(preference, at(9, 2)) == 0
    assert send(preference, at(13, 30)) == 1


def test_no_digest_on_a_day_off(outlet):
    preference = wanting(outlet)
    told(1)
    assert send(preference, at(9, day=28)) == 0  # a Saturday
    assert send(preference, at(9, day=30)) == 1


@pytest.mark.parametrize(("hour", "sent"), [(21, 1), (22, 0), (3, 0), (7, 1)])
def test_quiet_hours_run_over_midnight(outlet, hour, sent):
    preference = wanting(outlet, quiet_from=at(22).time(), quiet_to=at(7).time())
    told(1, urgent=True)
    assert send(preference, at(hour)) == sent


def test_a_muted_kind_stays_behind_the_bell_unless_urgent(outlet):
    preference = wanting(outlet, muted=["whistle"])
    told(1, kind="whistle")
    told(2, kind="whistle", urgent=True)
    assert send(preference, at(9)) == 1
    assert outlet.got[0]["title"].endswith("MH-2")


def test_what_was_read_or_told_before_the_address_is_not_sent(outlet):
    preference = wanting(outlet)
    told(1)
    Notice.objects.update(read_at=at(8, 30))
    told(2, when=at(9) - timedelta(days=30))
    assert send(preference, at(9)) == 0


def test_what_was_not_taken_is_sent_again(outlet):
    preference = wanting(outlet)
    told(1, urgent=True)
    outlet.status = 500
    with pytest.raises(NotSent):
        send(preference, at(9))
    outlet.status = 200
    assert send(preference, at(9, 1)) == 1


def test_a_job_is_committed_with_an_urgent_fact(outlet):
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    wanting(outlet)
    told(1)
    assert not ProcrastinateJob.objects.filter(task_name="notices.send").exists()
    told(2, urgent=True)
    job = ProcrastinateJob.objects.get(task_name="notices.send")
    assert job.args == {"account_id": account("caller").pk}
