"""warnings.csv: who is told at which part of a limit. Without a file of its own a pack has the common one."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import huiyin.packs
from huiyin.packs.reader import PackError, read_pack
from huiyin.packs.shapes import WarningRow

HEAD = "step,percent,tell,valid_from\n"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(Path(huiyin.packs.__file__).parent / "muhe", tmp_path / "own"))


def test_the_common_rows_go_up_the_ladder():
    everywhere = {row.percent: row.tell for row in read_pack("muhe").warnings if not row.step}
    assert everywhere == {50: ("person",), 80: ("person", "leader"), 100: ("person", "leader", "district")}


def test_a_pack_has_rows_of_its_own(folder):
    (folder / "warnings.csv").write_text(f"{HEAD}accept,90,leader,2026-01-01\n", encoding="utf-8")
    assert read_pack(folder).warnings == (WarningRow("accept", 90, ("leader",), date(2026, 1, 1)),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("accept,50,boss,2026-01-01", "tell 'boss' is not understood"),
        ("accept,0,person,2026-01-01", "percent"),
        ("sleep,50,person,2026-01-01", "step"),
        ("accept,50,person,", "valid_from"),
    ],
)
def test_what_is_wrong_is_said(folder, line, said):
    (folder / "warnings.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=said):
        read_pack(folder)
