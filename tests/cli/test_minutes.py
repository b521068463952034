import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.language.test_docx import docx, paragraph, table

from huiyin.cli.main import cli

REPORT = (
    "9月3日，沐河区召开点评会。清源街道新增车位40个；建成食堂两处。但在物业监管、垃圾分类等方面仍存不足。\n"
    "区长柳青川强调，要抓好供暖准备。区城管委10月底前完成检修。\n"
)
READ = {
    "reviews": [
        {
            "unit": "清源街道",
            "achievements": ["新增车位40个", "建成食堂两处"],
            "shortcomings": ["物业监管", "垃圾分类"],
        }
    ],
    "directives": [
        {
            "speaker": "柳青川",
            "text": "要抓好供暖准备。区城管委10月底前完成检修。",
            "topic": "抓好供暖准备",
            "due": "2026-10-31",
            "due_phrase": "10月底前",
        }
    ],
    "at": "2026-09-03",
}


def run(*arguments):
    return CliRunner().invoke(cli, ["minutes", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    def written(data, name="report.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_json_is_one_object_and_nothing_else(file, encoding):
    result = run(file(REPORT.replace("9月3日", "2026年9月3日").encode(encoding)), "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == READ


def test_word_document_is_read(file):
    body = (
        paragraph("时间：2026年9月3日")
        + table(["单位", "成绩", "不足"], ["清源街道", "新增车位40个|建成食堂两处", "物业监管；垃圾分类"])
        + paragraph("区长柳青川强调，要抓好供暖准备。区城管委10月底前完成检修。")
    )

    result = run(file(docx(body), "minutes.docx"), "--json")

    assert json.loads(result.stdout) == READ


def test_people_get_a_list(file):
    result = run(file(REPORT.replace("9月3日", "2026年9月3日").encode()))

    assert result.stdout.splitlines() == [
        "1 units reviewed, 1 directives (due days counted from 2026-09-03).",
        "",
        "清源街道",
        "  + 新增车位40个",
        "  + 建成食堂两处",
        "  - 物业监管",
        "  - 垃圾分类",
        "",
        "柳青川 · 抓好供暖准备",
        "  > 要抓好供暖准备。区城管委10月底前完成检修。 [2026-10-31]",
    ]


def test_text_with_nothing_to_find_is_two_empty_lists(file):
    found = json.loads(run(file("今天天气好。".encode()), "--json").stdout)

    assert (found["reviews"], found["directives"]) == ([], [])


def test_wrong_kind_of_file_is_one_sentence(file):
    path = file(b"%PDF-1.7", "minutes.pdf")

    result = run(path, "--json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"Error: {path}: This is a PDF: open it, copy its text into a .txt file or save it as .docx.\n"
    )


def test_missing_file_is_one_sentence(tmp_path):
    result = run(tmp_path / "none.txt")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "does not exist" in result.stderr


def test_minutes_needs_no_django(file):
    script = (
        "import sys; from huiyin.cli.main import cli; "
        f"cli(['minutes', {str(file(REPORT.encode()))!r}, '--json'], standalone_mode=False); print('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "False"
