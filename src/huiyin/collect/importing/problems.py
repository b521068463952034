"""What can be wrong with a file or a row, in both languages, each with what to do next."""

from dataclasses import dataclass
from typing import NamedTuple

from huiyin.language.mask import mask

SHOWN_CHARS = 40
# Columns whose values name or locate a person: never repeated in a report.
PERSONAL = frozenset({"person", "phone", "address"})


class Sentence(NamedTuple):
    zh: str
    en: str
    todo_zh: str
    todo_en: str


SENTENCES: dict[str, Sentence] = {
    "missing": Sentence("没有填写", "is empty", "补上后重新导入", "fill it in and import again"),
    "bad_time": Sentence(
        "不是存在的日期时间", "is not a date and time that exists",
        "改成 2026-01-31 08:05 的样子", "write it like 2026-01-31 08:05",
    ),
    "future": Sentence("在将来", "lies in the future", "核对年份和时区", "check the year and the clock"),
    "before_request": Sentence(
        "早于来电时间", "is earlier than the request itself", "核对两个时间", "check both times"
    ),
    "too_long": Sentence("太长", "is too long", "请缩短;系统不会替您截断", "shorten it; nothing is cut for you"),
    "control": Sentence(
        "含有看不见的控制字符", "holds invisible control characters", "删掉后重新导入", "remove them and import again"
    ),
    "unreadable": Sentence(
        "有无法识别的字节,编码可能混用", "holds bytes of another encoding",
        "用原系统重新导出为 UTF-8", "export it again as UTF-8",
    ),
    "duplicate": Sentence(
        "编号在本文件中已经出现过", "has a number that this file already used",
        "只留一行,或改正编号", "keep one of the rows, or correct the number",
    ),
    "unknown_name": Sentence(
        "不在本区的名录里", "is not a name this district knows",
        "改成名录里的名称,或在映射的 values 里写明对应", "use a known name, or add it to the map's values",
    ),
    "unknown_word": Sentence(
        "不是能识别的取值", "is not a value we know",
        "在映射的 values 里写明对应", "add it to the map's values",
    ),
    "left_to_triage": Sentence(
        "没有对应,已留空由人工判断", "has no match and was left for a person to decide",
        "需要时在映射的 values 里写明对应", "add it to the map's values if it recurs",
    ),
    "not_replayed": Sentence(
        "类别或主办单位不明,办理经过没有写入,事项停在待受理",
        "has no clear category or unit: its history was not taken over and it waits for triage",
        "在映射的 history 里给出 category 和 lead", "give category and lead in the map's history table",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about one row. `refused` rows are not imported; remarks are."""

    row: int
    column: str
    value: str
    code: str
    refused: bool = True


def shown(field: str, value: object) -> str:
    """The value as a report may show it: masked, short, and not at all where it names a person."""
    text = "" if value is None else str(value)
    if field in PERSONAL:
        return "***" if text else ""
    masked = mask("".join(char if char.isprintable() else "·" for char in text[:400])).text
    return masked if len(masked) <= SHOWN_CHARS else masked[: SHOWN_CHARS - 1] + "…"


class FileProblem(Exception):  # noqa: N818 it is an answer, not a fault
    """The file as a whole cannot be imported; `zh` and `en` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en
