import socket
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from tests.live.conftest import live_process
from tests.townhall.hall import meeting

from huiyin.config import doctor, doctor_database, doctor_live
from huiyin.config.doctor import examine
from huiyin.live import files

pytestmark = pytest.mark.django_db(transaction=True)


def said(findings, name):
    return next((finding.detail, finding.ok) for finding in findings if finding.name.startswith(name))


def test_a_live_process_answers():
    with live_process() as port:
        assert said(examine(1, port), "live") == ("answers", True)


def test_it_is_found_beside_the_web_when_nobody_says_where(monkeypatch):
    with live_process() as port:
        monkeypatch.delenv("HUIYIN_LIVE_URL", raising=False)
        assert doctor_live.port(port - 1) == port


def test_the_pages_own_word_comes_first(monkeypatch):
    monkeypatch.setenv("HUIYIN_LIVE_URL", ":8001")

    assert doctor_live.port(9000) == 8001


def test_another_program_is_told_from_it():
    class Other(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        def log_message(self, *_): ...

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        Thread(target=server.handle_request).start()
        finding = doctor_live.answers(server.server_port, wanted=False)

    assert (finding.detail, finding.ok) == ("another program answers there", False)


@pytest.mark.parametrize(
    ("stage", "days", "wanted"),
    [("live", -30, True), ("planned", 0.5, True), ("planned", 7, False), ("closed", 0, False)],
)
def test_it_is_missed_only_when_a_meeting_is_near(monkeypatch, stage, days, wanted):
    meeting(stage=stage, begins_at=timezone.now() + timedelta(days=days))
    monkeypatch.setattr(doctor, "_port", lambda _: doctor.Finding("port", doctor.SERVING))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        detail, ok = said(examine(1, free.getsockname()[1]), "live")

    assert (detail, ok) == ("does not run; pages ask for snapshots every three seconds", not wanted)


def test_posts_that_wake_nobody_are_found(monkeypatch):
    monkeypatch.setattr(doctor_database, "_row", lambda _: (0,))

    assert not doctor_database._live_posts(serving=True).ok


@pytest.mark.parametrize(("most", "ok"), [(1024, False), (20_000, True)])
def test_too_few_open_files_are_found(monkeypatch, most, ok):
    monkeypatch.setattr(files.resource, "getrlimit", lambda _: (most, most))
    finding = doctor_live.open_files()

    assert (finding.detail, finding.ok) == (f"{most:,}: {most - 500:,} viewers a live process", ok)
