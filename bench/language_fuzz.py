"""Every function that reads a text, under atheris: libFuzzer looks for inputs that reach new branches of `huiyin.language`.

A process for each function, `SECONDS` long, on texts of up to 400 characters grown from Chinese pieces and hostile
Unicode. Any exception ends its process and is a crash. The longest texts it found are then told a thousand times over
(100,000 characters) and timed. `python -m bench.language_fuzz NAME FOLDER SECONDS` is one such process.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

from bench.table import Table

SECONDS = 10
LONGEST_BYTES = 1_600
LONG = 100_000
GROWN = 200  # of what was found the newest, which reach most
PIECES = (
    "清源小区3号楼暖气不热，请街道下周三前答复。", "联系人张思远，电话一三九 0000 0517，身份证 11010519491231002X", "经查，您反映的问题已于10月底前由河沿街道办理。",
    "区长柳青川强调，一是要加快；二是要落实。", "微信号：abc_123　QQ：４５６７８９", "京A·12345", "\ud800\udfff", "\u202e\u200b\ufeff\x00", "①②㈠❶", "🏠👨‍👩‍👧", "Ａ１：" * 9, "二〇二六年十一月二十八日",
)  # fmt: skip


def targets() -> dict[str, Callable[[str], object]]:
    """What is fuzzed. The classifier is learned, the index filled, before the first text."""
    from huiyin.language import docx, mask, minutes, pinyin, places, reply, segment, similar, summary, synonyms, topics
    from huiyin.language.classify import TextClassifier
    from huiyin.language.coldstart import KeywordModel
    from huiyin.language.dates import find
    from huiyin.language.keywords import keywords

    known = ["清源小区暖气不热", "停车位被占了", "半夜工地还在施工", "河沿公园路灯不亮"] * 5
    classifier = TextClassifier().fit(known, ["暖", "车", "噪", "灯"] * 5)
    words = KeywordModel({"暖": ["暖气"], "车": ["停车位"]})
    index = similar.SimilarIndex()
    index.add(range(len(known)), known)
    common = synonyms.Synonyms.common()
    halves = {
        "review_reply": lambda text: reply.review_reply(text[: len(text) // 2], text[len(text) // 2 :]),
        "likeness": lambda text: similar.likeness(text[: len(text) // 2], text[len(text) // 2 :]),
    }
    return halves | {
        "mask": mask.mask,
        "TextClassifier": lambda text: classifier.predict_proba([text]),
        "KeywordModel": lambda text: words.probabilities([text]),
        "SimilarIndex": index.query,
        "find_topics": lambda text: topics.find_topics([text, *known], [None] * 21, [None] * 21),
        "read_minutes": minutes.read_minutes,
        "dates.find": lambda text: find(text, date(2026, 11, 28)),
        "keywords": lambda text: keywords([text]),
        "summary": summary.summary,
        "initials": pinyin.initials,
        "Synonyms": lambda text: common.expand(common.cut(text)),
        "search_terms": segment.search_terms,
        "find_places": places.find_places,
        "docx": lambda text: _refused(docx.text_of, text.encode("utf-8", "surrogatepass")),
    }


def run(table: Table) -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-fuzz-") as scratch:
        runs = crashes = 0
        for name, read in targets().items():
            folder = Path(scratch) / name
            ran, crashed = _fuzzed(name, folder)
            runs, crashes = runs + ran, crashes + crashed
            table.add("fuzz", f"{SECONDS} s", f"{name}: texts read", ran, "texts")
            table.add(
                "fuzz", f"{LONG:,}", f"{name}: slowest of long texts, processor", _slowest(read, folder), "s", at_most=1
            )
        table.add("fuzz", "all", "texts read", runs, "texts")
        table.add("fuzz", "all", "functions that raised", crashes, "functions", at_most=0)


def _fuzzed(name: str, folder: Path) -> tuple[int, int]:
    """Texts read, and 1 where one of them raised: it is printed then."""
    folder.mkdir()
    for number, piece in enumerate(PIECES):
        (folder / f"seed{number}").write_bytes(piece.encode("utf-8", "surrogatepass"))
    told = [sys.executable, "-m", "bench.language_fuzz", name, str(folder), str(SECONDS)]
    done = subprocess.run(told, capture_output=True, text=True, errors="replace", check=False)
    said = done.stderr.splitlines()
    if done.returncode:
        print(*said[-25:], sep="\n", file=sys.stderr)
    return next((int(line.split()[1]) for line in reversed(said) if line.startswith("Done ")), 0), int(
        done.returncode != 0
    )


def _slowest(read: Callable[[str], object], folder: Path) -> float:
    slowest = 0.0
    for file in sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)[-GROWN:]:
        piece = _text(file.read_bytes())
        if piece:
            text = (piece * (LONG // len(piece) + 1))[:LONG]
            start = process_time()
            read(text)
            slowest = max(slowest, process_time() - start)
    return slowest


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _refused(read: Callable[[bytes], str], data: bytes) -> None:
    """Whatever is no document is a ValueError, and nothing else."""
    try:
        read(data)
    except ValueError:
        return


def main(name: str, folder: str, seconds: str) -> None:
    import atheris  # type: ignore[import-untyped]

    with atheris.instrument_imports(include=["huiyin.language"]):
        read = targets()[name]
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_BYTES}",
        "-rss_limit_mb=4096",
        "-timeout=10",
        f"-artifact_prefix={folder}-",
    ]

    def one(data: bytes) -> None:
        read(_text(data))

    atheris.Setup([name, folder, *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
