from io import BytesIO

import pytest
from tests.standing import firms

from huiyin.cli.simulate.standing import _VETOES
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
    ([], "表里只有标题行"),
])  # fmt: skip
def test_each_mistake_says_where_and_what_next(rows, said):
    with pytest.raises(Unreadable) as caught:
        read(*rows)
    assert caught.value.sentences[0].startswith(said)


def test_a_missing_column_is_named():
    with pytest.raises(Unreadable, match="缺少“得分”列"):
        read("如禾物业,日常检查", header="企业,项目")
