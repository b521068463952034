"""The house's own templates, in the layout of GB/T 9704: built from `documents.official`, edited by offices in Word."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from huiyin.bulletins.choices import MEASURED, Kind
from huiyin.documents.official import Head, Official

_HEAD: Final = Head("{{ head }}", "{{ number }}", "{{ office }}", "{{ date }}")
_NUMBERS: Final = {
    "注": ("mark", 10),
    "数字": ("text", 20),
    "指标": ("measure", 28),
    "范围": ("about", 22),
    "计算": ("parts", 26),
    "口径": ("definition", 50),
}


class Annex(NamedTuple):
    """A table behind the text. `rows`: the list of `fields.LISTS`; `columns`: head → its field, millimetres."""

    title: str
    rows: str
    columns: Mapping[str, tuple[str, int]]


_UNIT_COLUMNS: Final = {
    "名次": ("place", 14),
    "单位": ("name", 40),
    "受理": ("received", 16),
    "响应率": ("response", 20),
    "解决率": ("resolution", 20),
    "满意率": ("satisfaction", 20),
    "成绩": ("score", 26),
}
_UNITS: Final = Annex("各单位情况", "units", _UNIT_COLUMNS)
_STANDINGS: Final = Annex(
    "各单位情况",
    "standings",
    {
        "指标": ("indicator", 28),
        "周期": ("said", 32),
        "名次": ("place", 12),
        "单位": ("name", 28),
        "数值": ("value", 14),
        "目标": ("target", 12),
        "差距": ("gap", 14),
        "灯": ("light", 8),
        "变化": ("change", 14),
    },
)
_COMPANIES: Final = Annex(
    "物业企业红黑榜",
    "companies",
    {
        "榜": ("listed", 14),
        "名次": ("place", 12),
        "企业": ("name", 40),
        "得分": ("score", 16),
        "公布的理由": ("reasons", 52),
        "状态": ("state", 22),
    },
)
ANNEXES: Final[Mapping[str, Sequence[Annex]]] = {
    Kind.DAILY: (),
    **dict.fromkeys((Kind.WEEKLY, Kind.MONTHLY, Kind.TOPIC), (_UNITS,)),
    **dict.fromkeys(MEASURED, (_STANDINGS,)),
    Kind.PROPERTY: (_COMPANIES,),
}


def annexes(kind: str) -> list[tuple[str, Annex]]:
    """Each behind its heading; the appendix of numbers is the last."""
    found = [*ANNEXES[kind], Annex("数字出处", "numbers", _NUMBERS)]
    return [(f"附件{at if len(found) > 1 else ''}　{one.title}", one) for at, one in enumerate(found, 1)]


def template(kind: str) -> bytes:
    """A .docx with fields in it; all kinds have the same ones, and each its own annexes."""
    paper = Official("{{ title }}", head=_HEAD)
    _sections(paper)
    paper.signed("{{ office }}", "{{ date }}")
    for heading, annex in annexes(kind):
        paper.annex(heading)
        _table(paper, annex)
    paper.line("统计周期：{{ period }}；对比期：{{ compared }}；数据冻结：{{ as_of }}，SHA-256 {{ sha256 }}。", "Cell")
    return paper.as_bytes()


def _sections(paper: Official) -> None:
    for text, style in (
        ("{%p for section in sections %}", "Normal"),
        ("{{ section.numeral }}、{{ section.title }}", "Heading 1"),
        ("{%p for line in section.lines %}", "Normal"),
        ("{{r line }}", "Normal"),
        ("{%p endfor %}", "Normal"),
        ("{%p if section.chart %}", "Normal"),
        ("{{p section.chart }}", "Normal"),
        ("{%p endif %}", "Normal"),
        ("{%p endfor %}", "Normal"),
    ):
        paper.line(text, style)


def _table(paper: Official, annex: Annex) -> None:
    """One row a member of the list."""
    columns = annex.columns
    blank = [""] * (len(columns) - 1)
    rows = (
        [f"{{%tr for one in {annex.rows} %}}", *blank],
        [f"{{{{ one.{name} }}}}" for name, _wide in columns.values()],
        ["{%tr endfor %}", *blank],
    )
    paper.table(list(columns), rows, millimetres=[wide for _name, wide in columns.values()])
