import errno
import json
import os
import socket
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from huiyin.cli import main
from huiyin.cli.faults import explain
from huiyin.cli.main import cli
from huiyin.config.database import DatabaseUnavailableError

HUIYIN = [sys.executable, "-m", "huiyin.cli.main"]


@pytest.fixture
def command(monkeypatch):
    """A command that raises what the test says."""

    def install(error: Exception) -> None:
        @click.command()
        def broken() -> None:
            raise error

        monkeypatch.setattr(main.Commands, "get_command", lambda *_: broken)

    return install


def test_every_file_of_the_folder_is_a_command():
    listed = cli.list_commands(click.Context(cli))

    assert {"demo", "doctor", "fill", "manage", "migrate", "serve", "worker"} <= set(listed)


def test_help_names_every_command():
    result = CliRunner().invoke(cli, ["--help"])

    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in cli.list_commands(click.Context(cli)))


def test_help_loads_no_django():
    script = "import sys; from huiyin.cli.main import cli; cli(['--version'], standalone_mode=False); print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DatabaseUnavailableError("The disk is full."), "The disk is full."),
        (click.ClickException("No such map."), "No such map."),
        (OSError(errno.ENOSPC, "No space left on device", "/srv/x"), "/srv/x: the disk is full; df -h shows where."),
        (FileNotFoundError(errno.ENOENT, "No such file", "cases.csv"), "cases.csv: there is no such file."),
    ],
)
def test_known_fault_is_one_sentence_and_exit_code_two(command, error, sentence):
    command(error)

    result = CliRunner().invoke(cli, ["broken"])

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {sentence}\n")


def test_known_fault_shows_its_traceback_on_demand(command, monkeypatch):
    monkeypatch.setenv("HUIYIN_DEBUG", "1")
    command(DatabaseUnavailableError("The disk is full."))

    result = CliRunner().invoke(cli, ["broken"])

    assert isinstance(result.exception, DatabaseUnavailableError)


def test_unforeseen_fault_is_not_explained():
    assert explain(KeyError("x")) is None


def test_unknown_command_and_option_say_where_help_is():
    command = CliRunner().invoke(cli, ["sevre"])
    option = CliRunner().invoke(cli, ["serve", "--prt", "1"])

    assert (command.exit_code, option.exit_code) == (2, 2)
    assert "No such command 'sevre'" in command.stderr
    assert "serve --help says more" in option.stderr


def test_serve_on_a_taken_port_names_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = CliRunner().invoke(cli, ["serve", "--port", str(port)])

    assert result.exit_code == 2
    assert f"Port {port} on 127.0.0.1 is taken" in result.stderr
    assert "--port" in result.stderr


def test_home_that_cannot_be_written_is_one_sentence():
    done = subprocess.run(
        [*HUIYIN, "migrate"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HUIYIN_HOME": "/proc/huiyin"},
    )

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "/proc/huiyin" in done.stderr


@pytest.mark.django_db
def test_manage_passes_everything_on(capsys):
    result = CliRunner().invoke(cli, ["manage", "check", "--fail-level", "ERROR"])

    assert result.exit_code == 0


def test_doctor_without_anything_says_what_comes_first(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PGOPTIONS"}}

    done = subprocess.run(
        [*HUIYIN, "doctor", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "HUIYIN_HOME": str(tmp_path / "empty")},
    )

    found = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    assert (found["secrets"]["ok"], found["database"]["ok"]) == (False, False)
    assert "huiyin migrate" in found["database"]["advice"]
    assert list(tmp_path.iterdir()) == []  # looking changes nothing
