"""The embedded PostgreSQL, each test in a folder of its own, apart from the one the other tests work on."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from huiyin.config import database
from huiyin.config.database import DatabaseUnavailableError, database_url, leave
from huiyin.config.database_server import Server

JOIN_AND_WAIT = """
import sys
from huiyin.config.database import database_url
print(database_url(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A home of its own; whatever still runs there is stopped afterwards."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("PGOPTIONS", raising=False)  # the other tests' haste would lose rows here
    monkeypatch.setattr(database, "_joined", {})
    yield tmp_path
    leave()
    Server(tmp_path / "pg").stop()


def postmaster(folder: Path) -> int:
    return int((folder / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])


def other_process(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", JOIN_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_own_database_wins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/huiyin")

    assert database_url() == "postgresql://somebody@elsewhere/huiyin"


def test_url_parses_for_django_with_spaces_and_chinese(tmp_path):
    server = Server(Path("/srv/回音 数据/pg"))

    parsed = dj_database_url.parse(server.url("huiyin", "huiyin"))

    assert (parsed["HOST"], parsed["NAME"], parsed["USER"]) == ("/srv/回音 数据/pg", "huiyin", "huiyin")


def test_path_too_long_for_a_socket_moves_the_socket():
    server = Server(Path("/srv") / ("x" * 120) / "pg")

    assert len(str(server.socket_folder)) < 60


def test_start_is_durable_utf8_and_without_power(folder):
    query = (
        "SELECT current_setting('fsync'), current_setting('synchronous_commit'), datcollate, "
        "pg_encoding_to_char(encoding), rolsuper FROM pg_database, pg_roles WHERE datname = 'huiyin' AND rolname = 'huiyin'"
    )

    with psycopg.connect(database_url()) as connection:
        found = connection.execute(query).fetchone()

    assert found == ("on", "on", "C", "UTF8", False)


def test_last_to_leave_stops_the_server(folder):
    url = database_url()
    first = postmaster(folder)
    with other_process(folder) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == url

        leave()

        assert postmaster(folder) == first
        psycopg.connect(url).close()
        other.communicate()
    assert not (folder / "pg" / "postmaster.pid").exists()


def test_one_who_joins_and_leaves_does_not_stop_it(folder):
    url = database_url()

    with other_process(folder) as other:
        other.communicate()

    psycopg.connect(url).close()


def test_rows_survive_kill_nine_of_the_server(folder):
    with psycopg.connect(database_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    os.kill(postmaster(folder), signal.SIGKILL)

    with other_process(folder) as other:
        assert other.stdout is not None
        with psycopg.connect(other.stdout.readline().strip()) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
        other.communicate()


def test_server_killed_beside_us_is_started_again(folder):
    url = database_url()
    database.keep_running()
    killed = postmaster(folder)
    os.kill(killed, signal.SIGKILL)

    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            break

    assert postmaster(folder) != killed


def test_process_killed_with_the_server_running_is_joined_by_the_next(folder):
    with other_process(folder) as other:
        assert other.stdout is not None
        other.stdout.readline()
        running = postmaster(folder)
        other.kill()

    database_url()

    assert postmaster(folder) == running


def test_stale_number_of_somebody_else_is_no_obstacle(folder):
    database_url()
    leave()
    (folder / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder / 'pg'}\n")

    psycopg.connect(database_url()).close()


def test_half_made_cluster_is_made_again(folder):
    half = folder / "pg.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    psycopg.connect(database_url()).close()

    assert not half.exists()


def test_folder_with_something_else_in_it_is_left_alone(folder):
    (folder / "pg").mkdir()
    (folder / "pg" / "letter.txt").write_text("mine")

    with pytest.raises(DatabaseUnavailableError, match=r"pg.*not empty|not empty.*pg"):
        database_url()

    assert (folder / "pg" / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("initdb: error: could not write: No space left on device", "is full"),
        ('FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes', "is full"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "Not enough memory"),
        ("FATAL:  could not create shared memory segment", "--shm-size"),
        ("FATAL:  database files are incompatible with server", "another release"),
        ("FATAL:  something new\n", "something new"),
        ("", "it said nothing"),
    ],
)
def test_fault_is_one_sentence_that_helps(said, advice):
    fault = str(Server(Path("/srv/pg"))._fault(said))

    assert advice in fault
    assert "\n" not in fault


def test_probe_of_a_dead_socket_says_not_running(tmp_path):
    server = Server(tmp_path)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / ".s.PGSQL.5432"))

    assert not server.running()
