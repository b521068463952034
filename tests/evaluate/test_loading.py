import shutil
from pathlib import Path

import pytest
from django.utils import timezone
from tests.district import to_call_back

from huiyin import packs
from huiyin.cli.packs import load_pack
from huiyin.evaluate import rules
from huiyin.evaluate.loading import load_evaluation
from huiyin.evaluate.script import script_for
from huiyin.packs.table import PackError

BUILT_IN = Path(packs.__file__).parent


@pytest.fixture
def folder(tmp_path):
    """A district of its own, outside the program."""
    shutil.copytree(BUILT_IN / "muhe", tmp_path / "ours")
    return tmp_path / "ours"


def write(folder, name, text):
    (folder / name).write_text(text, "utf-8")


def test_the_common_files_stand_in():
    now = timezone.now()
    assert rules.amount("urge_hours", now) == 24
    assert [row.code for row in rules.reasons(now)] == ["unreasonable", "policy", "history", "repeat", "outside"]


def test_a_districts_own_script_is_honoured_line_by_line(folder):
    write(folder, "callback.toml", '[zh]\nsolved = "{unit}办的这件事，解决了没有？"\n')
    load_pack(folder)
    lines = script_for(to_call_back())
    assert lines["solved"] == "清源街道办的这件事，解决了没有？"
    assert lines["contacted"] == "办理期间，清源街道联系过您吗？"


def test_a_script_with_an_unknown_blank_says_what_may_be_filled_in(folder):
    write(folder, "callback.toml", '[zh]\nsolved = "{person}，解决了吗？"\n')
    with pytest.raises(PackError) as error:
        load_evaluation(folder)
    assert error.value.problems == [
        "callback.toml: [zh] solved is not understood; write text with {district} {title} {received} {unit} {link} {date} {reason} only."
    ]


def test_a_reason_holds_from_its_day_on_and_not_after_the_last(folder):
    write(
        folder,
        "exclusions.csv",
        "code,name,basis,evidence,valid_from,valid_to\nold,旧理由,旧办法,材料,2020-01-01,2021-01-01\n"
        "new,新理由,新办法,材料,2021-01-01,\n",
    )
    load_evaluation(folder)
    assert [row.code for row in rules.reasons(timezone.now())] == ["new"]
    assert rules.reason_words("category_of_reason", "old") == "旧理由"
    assert rules.reason_words("category_of_reason", "从前写的") == "从前写的"


def test_a_number_that_is_none_is_told_with_its_line(folder):
    write(folder, "evaluation.csv", "name,amount,valid_from\nurge_hours,many,2020-01-01\n")
    with pytest.raises(PackError) as error:
        load_evaluation(folder)
    assert error.value.problems[0].startswith("evaluation.csv line 2: amount 'many'")
