"""Which encoding a text file is in: UTF-8 with or without mark, UTF-16 by its mark, GB18030 (and so GBK, GB 2312)."""

import codecs

from huiyin.collect.importing.problems import FileProblem

HEAD_BYTES = 1 << 20
# A file that is nearly all of one encoding is read as that; its broken rows are refused one by one.
_FEW = 0.01
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def detect(head: bytes) -> str:
    """The encoding of a file that begins with `head`. Raises `FileProblem`."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        raise FileProblem(
            "这不是表格文件。请选 CSV、XLSX、XLS 或 Parquet。",
            "This is not a table. Choose a CSV, XLSX, XLS or Parquet file.",
        )
    share, encoding = min((_broken(head, name), name) for name in ("utf-8", "gb18030"))
    if share > _FEW:
        raise FileProblem(
            "认不出文件的编码:既不是 UTF-8,也不是 GBK/GB18030。请在原系统里重新导出为 UTF-8。",
            "The file is neither UTF-8 nor GBK/GB18030. Export it again as UTF-8.",
        )
    return "utf-8" if _broken(head, "utf-8") == share else encoding


def _broken(head: bytes, encoding: str) -> float:
    """The share of characters that do not decode; a character cut at the end does not count."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head, final=False)
    return text.count("\ufffd") / max(len(text), 1)
