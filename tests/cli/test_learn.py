import json

import pytest
from click.testing import CliRunner
from tests.assign.test_triage import history, told

from huiyin.assign import triage
from huiyin.cli.commands import learn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def run(*words):
    return CliRunner().invoke(learn.command, words)


def test_too_few_dispatched_cases_are_told_with_what_answers_until_then(monkeypatch):
    nothing = run()
    told(40, monkeypatch)
    taught = run()
    assert (nothing.exit_code, taught.exit_code, triage.started_file().exists()) == (1, 1, True)
    assert "taught by 40 texts" in taught.output
    assert "taught by" not in nothing.output


def test_json_alone_on_stdout(monkeypatch):
    history(40, monkeypatch)
    lesson = json.loads(run("--json").stdout)
    assert (lesson["cases"], lesson["categories"], lesson["held_out"]) == (40, 2, 8)
