"""The house's own templates, in the layout of GB/T 9704: built from `documents.official`, edited by offices in Word."""

from typing import Final

from huiyin.bulletins.choices import Kind
from huiyin.documents.official import Head, Official

_HEAD: Final = Head("{{ head }}", "{{ number }}", "{{ office }}", "{{ date }}")
_UNITS: Final = {
    "名次": ("place", 14),
    "单位": ("name", 40),
    "受理": ("received", 16),
    "响应率": ("response", 20),
    "解决率": ("resolution", 20),
    "满意率": ("satisfaction", 20),
    "成绩": ("score", 26),
}
_NUMBERS: Final = {
    "注": ("mark", 10),
    "数字": ("text", 20),
    "指标": ("measure", 28),
    "范围": ("about", 22),
    "计算": ("parts", 26),
    "口径": ("definition", 50),
}


def template(kind: str) -> bytes:
    """A .docx with fields in it; all kinds have the same ones."""
    paper = Official("{{ title }}", head=_HEAD)
    _sections(paper)
    paper.signed("{{ office }}", "{{ date }}")
    if kind != Kind.DAILY:
        paper.annex("附件1　各单位情况")
        _table(paper, "unit", "units", _UNITS)
    paper.annex("附件" + ("" if kind == Kind.DAILY else "2") + "　数字出处")
    _table(paper, "row", "numbers", _NUMBERS)
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


def _table(paper: Official, one: str, many: str, columns: dict[str, tuple[str, int]]) -> None:
    """One row a member of the list."""
    blank = [""] * (len(columns) - 1)
    rows = (
        [f"{{%tr for {one} in {many} %}}", *blank],
        [f"{{{{ {one}.{name} }}}}" for name, _wide in columns.values()],
        ["{%tr endfor %}", *blank],
    )
    paper.table(list(columns), rows, millimetres=[wide for _name, wide in columns.values()])
