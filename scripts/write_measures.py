"""Write docs/measures: a page for every measure, and the table of its README, out of `huiyin.kernel.measures`.

`python scripts/write_measures.py` writes them; `--check` says whether they are the code's.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from huiyin.kernel.counted import COUNTED_AS
from huiyin.kernel.figures import NOTHING_COUNTED
from huiyin.kernel.measures import MEASURES, Measure, Weights

FOLDER = Path(__file__).parent.parent / "docs" / "measures"
START, END = "<!-- measures -->\n", "<!-- /measures -->"
TIMES = {"created_at": ("受理时间", "time of receipt"), "closed_at": ("办结时间", "time of closing")}
UNITS = {
    "percent": ("百分比，一位小数", "percent, one decimal"),
    "points": ("分，满分 100，一位小数", "points of 100, one decimal"),
    "cases": ("件", "cases"),
    "times": ("次/件，两位小数", "times a case, two decimals"),
    "per_10k": ("件/万人，一位小数", "cases per 10,000 residents, one decimal"),
}
BETTER = {1: ("越高越好", "more is better"), -1: ("越低越好", "less is better"), 0: ("不分好坏", "neither")}
ZH, EN = 0, 1


def pages() -> dict[Path, str]:
    readme = FOLDER / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(START)
    after = rest.split(END)[1]
    table = "\n".join(_table())
    return {readme: f"{before}{START}{table}\n{END}{after}"} | {
        FOLDER / f"{name}.md": "\n".join([*_page(measure), ""]) for name, measure in MEASURES.items()
    }


def _table() -> Iterator[str]:
    yield "| 指标 | measure | 分子 ÷ 分母 |"
    yield "|---|---|---|"
    for one in MEASURES.values():
        yield f"| {one.label_zh} | [{one.label_en}]({one.name}.md) | {_formula(one, ZH)} |"


def _page(measure: Measure) -> Iterator[str]:
    yield f"# {measure.label_zh} {measure.label_en[0].upper()}{measure.label_en[1:]}"
    yield ""
    yield "`scripts/write_measures.py` 由 `huiyin.kernel.measures` 写成 · written out of the code; change it there."
    yield ""
    yield from _half(measure, ZH)
    yield ""
    yield "## In English"
    yield ""
    yield from _half(measure, EN)
    yield ""
    yield f'`kernel.measures.MEASURES["{measure.name}"]` · `huiyin rates --json` · `/figures/{measure.name}/`'


def _half(measure: Measure, lang: int) -> Iterator[str]:
    names = (
        ("分子", "分母", "不计入", "周期", "单位", "方向", "来源", "怎么打开")
        if lang == ZH
        else ("numerator", "denominator", "left out", "period", "unit", "direction", "source", "how to open it")
    )
    values = (
        _sum(measure.numerator, measure, lang),
        _denominator(measure, lang),
        (measure.exclusions_zh, measure.exclusions_en)[lang],
        _period(measure, lang),
        UNITS[measure.unit][lang],
        BETTER[measure.better][lang],
        _source(measure, lang),
        _opening(measure, lang),
    )
    yield "| | |"
    yield "|---|---|"
    for name, value in zip(names, values, strict=True):
        yield f"| {name} | {value} |"


def _denominator(measure: Measure, lang: int) -> str:
    if measure.denominator is None:
        return ("没有：这是件数", "none: it is a count")[lang]
    return _sum(measure.denominator, measure, lang)


def _sum(weights: Weights, measure: Measure, lang: int) -> str:
    """A weight of `scale` is one whole case."""
    found = ""
    for name, times in weights.items():
        share = Fraction(abs(times), measure.scale)
        sign = " − " if times < 0 else " + " if found else ""
        found += f"{sign}{'' if share == 1 else f'{float(share):g} × '}{COUNTED_AS[name][lang]}"
    return found


def _formula(measure: Measure, lang: int) -> str:
    over = measure.denominator
    top = _sum(measure.numerator, measure, lang)
    whole = f"({top})" if len(measure.numerator) > 1 else top
    return top if over is None else f"{whole} ÷ {_sum(over, measure, lang)}"


def _period(measure: Measure, lang: int) -> str:
    said = TIMES[measure.period_column][lang]
    if lang == ZH:
        return f"按{said}（{measure.period_column}）落在周期 [起, 止) 内"
    return f"by the {said} ({measure.period_column}), in [start, end)"


def _source(measure: Measure, lang: int) -> str:
    if measure.source == "docs/measures":
        return ("本系统的定义，即本页", "defined by this project: this page")[lang]
    return measure.source


def _opening(measure: Measure, lang: int) -> str:
    if measure.denominator is None or "residents" in measure.denominator:
        return ("点数字，看到它数的每一件", "choose the number: every case that it counted")[lang]
    return (
        f"点数字看分子的每一件，点分母看分母的每一件；分母为 0 时写“{NOTHING_COUNTED}”",
        f"choose the number for the cases of its numerator, the denominator for those of its own; over 0 it reads «{NOTHING_COUNTED}»",
    )[lang]


def main() -> int:
    written = pages()
    stale = [path for path, text in written.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        names = ", ".join(path.name for path in stale)
        print(
            f"docs/measures is stale ({names}): python scripts/write_measures.py"
            if stale
            else "docs/measures is the code's."
        )
        return 1 if stale else 0
    for path in stale:
        path.write_text(written[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
