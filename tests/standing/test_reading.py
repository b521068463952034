from io import BytesIO

import pytest
from tests.standing import firms

from huiyin.cli.simulate.standing import _VETOES
from huiyin.people.models import Unit
from huiyin.standing.reading import Unreadable, lines_of

pytestmark = pytest.mark.django_db


def read(*rows, header="企业,项目,得分,满分,说明"):
    firms.companies()
    return lines_of(BytesIO("\n".join([header, *rows]).encode()), _VETOES)


def test_reads_marks_deductions_and_vetoes():
    lines = read("如禾物业,日常检查,45,50,", "pm-muan,扣分,3,,通道堆物", "邻间物业,一票否决,,,拒不移交")
    assert [(line.code, line.earned, line.possible) for line in lines] == [
        ("inspection", 45, 50),
        ("deduction", 3, None),
        ("veto", 0, None),
    ]


@pytest.mark.parametrize(("rows", "said"), [
    (["如和物业,日常检查,45,50,"], "第 2 行：没有“如和物业”这家企业，是不是 如禾物业"),
    (["如禾物业,巡查,45,50,"], "第 2 行：“巡查”不是项目"),
    (["如禾物业,日常检查,60,50,"], "第 2 行：得分不能高于满分"),
    (["如禾物业,日常检查,很好,50,"], "第 2 行：“很好”不是分数"),
    (["如禾物业,扣分,3,,"], "第 2 行：扣分要在说明里写明"),
    (["如禾物业,一票否决,,,迟到"], "第 2 行：一票否决的说明要以"),
    (["如禾物业,日常检查,45,50,", "如禾物业,日常检查,46,50,"], "第 2 行和第 3 行：同一企业同一项目"),
    (["如禾物业,日常检查,0.001,0.001,"], "第 2 行：“0.001”的小数超过两位"),
    (["如禾物业,日常检查,1e999999999,1e999999999,"], "第 2 行：“1e999999999”不是分数"),
    (["如禾物业,扣分,1,,堆物"] * 2001, "超过 2000 行"),
    ([], "表里只有标题行"),
])  # fmt: skip
def test_each_mistake_says_where_and_what_next(rows, said):
    with pytest.raises(Unreadable) as caught:
        read(*rows)
    assert caught.value.sentences[0].startswith(said)


def test_a_missing_column_is_named():
    with pytest.raises(Unreadable, match="缺少“得分”列"):
        read("如禾物业,日常检查", header="企业,项目")


def test_a_note_that_is_no_text_is_answered_with_its_row():
    """Beyond the first megabyte, where the encoding was made out."""
    firms.companies()
    table = "企业,项目,得分,满分,说明\n".encode() + b",,,,\n" * 300_000 + "如禾物业,扣分,5,,".encode() + b"\xb0\xff"
    with pytest.raises(Unreadable, match="第 300002 行：说明读不出来"):
        lines_of(BytesIO(table), _VETOES)


def test_a_column_that_stands_there_twice_is_refused():
    with pytest.raises(Unreadable, match="“得分”出现了两次"):
        read("如禾物业,日常检查,45,40,50,", header="企业,项目,得分,得分,满分,说明")


def test_a_name_that_several_companies_have_asks_for_the_code():
    Unit.objects.filter(code="pm-muan").update(name="如禾物业")
    with pytest.raises(Unreadable, match="第 2 行：有几家企业都叫“如禾物业”，请写代码：pm-muan、pm-ruhe。"):
        read("如禾物业,日常检查,45,50,", "pm-muan,日常检查,45,50,")
