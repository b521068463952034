import json
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from django.db import connection

from huiyin.cli.main import cli
from huiyin.config import doctor, doctor_database, doctor_live
from huiyin.config.home import ensure_secrets

pytestmark = pytest.mark.django_db
PORT = "8765"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installation in which all is well, whatever this machine lacks."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    ensure_secrets()
    dist = tmp_path / "site" / "static" / "dist"
    dist.mkdir(parents=True)
    for name in ("app.js", "app.css"):
        (dist / name).touch()
    monkeypatch.setattr(doctor, "SITE", tmp_path / "site")
    monkeypatch.setattr(doctor, "port_is_free", lambda *_: True)
    monkeypatch.setattr(doctor_live, "_status", lambda _: 0)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: SimpleNamespace(free=50 << 30))
    return tmp_path


def ill(*arguments: str) -> tuple[int, dict[str, str]]:
    result = CliRunner().invoke(cli, ["doctor", "--json", "--port", PORT, *arguments])
    checks = json.loads(result.stdout)["checks"]
    return result.exit_code, {check["name"]: check["advice"] for check in checks if not check["ok"]}


def test_sound_installation_has_nothing_to_mend(installed):
    assert ill() == (0, {})


def test_words_for_people_carry_marks_and_advice(installed):
    (installed / "secrets.toml").chmod(0o644)

    result = CliRunner().invoke(cli, ["doctor", "--port", PORT])

    assert result.exit_code == 1
    assert f"✗ secrets: {installed / 'secrets.toml'} can be read by others (644)" in result.stdout
    assert f"→ chmod 600 {installed / 'secrets.toml'}" in result.stdout
    assert "✓ database: PostgreSQL" in result.stdout


def test_key_that_is_none_is_found(installed):
    (installed / "secrets.toml").write_text(
        f'secret_key = "x"\nprivate_keys = "{Fernet.generate_key().decode()},abc"\n'
    )

    assert ill() == (1, {"private keys": doctor.KEY_ADVICE})


def test_front_end_missing_is_found(installed):
    (installed / "site" / "static" / "dist" / "app.css").unlink()

    assert list(ill()[1]) == ["front end"]


def test_full_disk_is_found(installed, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 20))

    assert list(ill()[1]) == ["disk"]


def test_unknown_time_zone_is_found(installed, monkeypatch):
    monkeypatch.setenv("HUIYIN_TZ", "Asia/Muhe")

    assert list(ill()[1]) == ["time zone"]


def test_port_of_another_program_is_found(installed, monkeypatch):
    monkeypatch.setattr(doctor, "port_is_free", lambda *_: False)
    monkeypatch.setattr(doctor, "HTTPConnection", Mock(side_effect=ConnectionRefusedError))

    assert ill() == (1, {f"port {PORT}": "choose another with --port"})


def test_removed_trigger_is_found(installed):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_append_only")

    assert list(ill()[1]) == ["events"]


def test_waiting_migration_is_found(installed):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id IN (SELECT max(id) FROM django_migrations WHERE app = 'cases')"
        )

    assert list(ill()[1]) == ["migrations"]


def test_due_jobs_without_a_worker_are_found(installed):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('any', 'default')")

    assert ill() == (1, {"worker": "start it: huiyin worker"})


def test_worker_that_beats_is_enough(installed):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('any', 'default')")
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")

    assert ill() == (0, {})


def test_served_without_a_worker_is_found():
    assert not doctor_database._worker(serving=True).ok
    assert doctor_database._worker(serving=False).ok
