"""Minutes, summary and keywords: what is read right, and how fast.

Minutes: the newspaper page of `../shared/page` against what a person reads there (`tests/language/test_minutes.py` proves
the wording), the invented minutes of `tests/language/minutes`, then the page broken anew in narrow columns. Summary and
keywords: the titles that senders gave their own messages (`../shared/data/tipdm_c`, folds by near duplicate; 0 was tuned
on, 1 to 4 were not) against the plain baselines. Nothing of a message is printed.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import polars as pl

from bench.real import FOLDER
from bench.table import Table, clock
from huiyin.language.keywords import Background, content_words, keywords
from huiyin.language.minutes import Minutes, read_minutes
from huiyin.language.pinyin import initials
from huiyin.language.segment import words
from huiyin.language.summary import summary

NAME = "language minutes"
SAMPLES = Path(__file__).parent.parent / "tests" / "language" / "minutes"
PAGE = FOLDER.parent.parent / "page" / "fengtai-newspaper-2025-08.txt"
PIECES = ("清源街道", "但", "在", "、", "，", "。", "；", "等方面仍存不足", "成绩：", "要", "一是", "区长柳青川", "强调，", "会议要求：", "10月底前", "\n", "一、", "（一）", "“")  # fmt: skip
LIMIT, TOP, LONG = 60, 5, 150


def run(table: Table) -> None:
    samples(table)
    page(table)
    hostile(table)
    if FOLDER.is_dir():
        titles(table)
    else:
        print(f"  no real messages at {FOLDER}: summary and keywords are left out", flush=True)


def samples(table: Table) -> None:
    files = sorted(SAMPLES.glob("*.txt"))
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for file in files:
        expected = tomllib.loads(file.with_suffix(".toml").read_text(encoding="utf-8"))
        found = asdict(read_minutes(file.read_text(encoding="utf-8"), expected["at"]))
        for part, keys in (
            ("reviews", ("unit", "achievements", "shortcomings")),
            ("directives", ("speaker", "text", "topic", "due")),
        ):
            read = [[row[key] for key in keys] for row in found[part]]
            wanted[part] += len(expected[part])
            right[part] += sum([row.get(key) for key in keys] in read for row in expected[part])
    for part in wanted:
        table.add(
            NAME,
            f"{len(files)} texts",
            f"{part} exact in every field",
            right[part] / wanted[part],
            f"of {wanted[part]}",
            at_least=1,
        )


def page(table: Table) -> None:
    if not PAGE.exists():
        print(f"  no newspaper page at {PAGE}: left out", flush=True)
        return
    text = PAGE.read_text(encoding="utf-8")
    at = date(2025, 8, 29)
    minutes = read_minutes(text, at)
    counted = [(len(review.achievements), len(review.shortcomings)) for review in minutes.reviews]
    table.add(NAME, "the page", "units with three achievements, three gaps", counted.count((3, 3)), "of 9", at_least=9)
    table.add(NAME, "the page", "directives of both speakers", len(minutes.directives), "of 39", at_least=39)
    table.add(NAME, "the page", "speakers", len({directive.speaker for directive in minutes.directives}), "of 2")
    widths = range(12, 41)
    same = sum(parts(read_minutes(narrow(text, width), at)) == parts(minutes) for width in widths)
    table.add(NAME, "the page", "read the same in columns of 12 to 40 characters", same / len(widths), "share")
    breaks = random.Random(0).sample(range(100, len(text) - 100), 200)
    same = sum(parts(read_minutes(f"{text[:at_]}\n\n{text[at_:]}", at)) == parts(minutes) for at_ in breaks)
    table.add(NAME, "the page", "read the same with one more break anywhere", same / len(breaks), "share")
    start = process_time()
    for _ in range(20):
        read_minutes(text, at)
    table.add(NAME, f"{len(text):,}", "one page, processor", (process_time() - start) / 20 * 1000, "ms")


def parts(minutes: Minutes) -> tuple[Any, list[tuple[str, str]]]:
    return minutes.reviews, [(directive.speaker, directive.text) for directive in minutes.directives]


def narrow(text: str, width: int) -> str:
    lines = (line[at : at + width] for line in text.splitlines() for at in range(0, max(1, len(line)), width))
    return "\n".join(lines)


def hostile(table: Table) -> None:
    """Texts of 100,000 characters that a careless pattern would read in quadratic time."""
    rng = random.Random(0)
    texts = [piece * (100_000 // len(piece)) for piece in PIECES]
    texts += ["".join(rng.choices(PIECES, k=40_000))[:100_000] for _ in range(5)]
    read: Callable[[str], object]
    for name, read in (
        ("minutes", read_minutes),
        ("summary", summary),
        ("keywords", lambda text: keywords([text])),
        ("initials", initials),
    ):
        slowest = 0.0
        for text in texts:
            start = process_time()
            read(text)
            slowest = max(slowest, process_time() - start)
        table.add(NAME, "100,000", f"{name}: slowest hostile text, processor", slowest, "s", at_most=1)


def titles(table: Table) -> None:
    frame = pl.read_parquet(FOLDER / "messages_train.parquet").filter(pl.col("content").str.len_chars() > LONG)
    tuned, fresh = (frame.filter((pl.col("dup_group") % 5 == 0) == here) for here in (True, False))
    rows = fresh.select("title", "content").rows()
    size = f"{len(rows):,}"
    ours = mean(covered(title, "".join(summary(text, LIMIT))) for title, text in rows)
    lead = mean(covered(title, "".join(text.split())[:LIMIT]) for title, text in rows)
    note = f"first {LIMIT} characters: {lead:.3f}"
    table.add(
        NAME, size, f"summary of {LIMIT}: pairs of the title in it", ours, "share", at_least=round(lead, 3), note=note
    )
    usual = Background.of(tuned["content"])
    ours = mean(named(title, [found.word for found in keywords([text], TOP, usual)]) for title, text in rows)
    plain = mean(named(title, commonest([text], TOP)) for title, text in rows)
    note = f"commonest words: {plain:.3f}"
    table.add(
        NAME, size, f"words of the title among {TOP} keywords", ours, "share", at_least=round(plain, 3), note=note
    )
    ours = told(fresh, lambda texts: [found.word for found in keywords(texts, 20, usual)])
    plain = told(fresh, lambda texts: commonest(texts, 20))
    note = f"commonest words: {plain:.3f}"
    table.add(
        NAME, size, "category told by 20 keywords of its list", ours, "accuracy", at_least=round(plain, 3), note=note
    )
    with clock() as spent:
        keywords(fresh["content"], 20, usual)
    table.add(NAME, size, "keywords of a list", len(rows) / spent[0], "texts/s")
    with clock() as spent:
        summary(list(fresh["content"]), 200)
    table.add(NAME, size, "summary of a list", len(rows) / spent[0], "texts/s")


def covered(title: str, text: str) -> float:
    """Share of a title's pairs of characters that stand in a text."""
    wanted = pairs(title)
    return len(wanted & pairs(text)) / max(1, len(wanted))


def pairs(text: str) -> set[str]:
    letters = "".join(filter(str.isalnum, text))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def named(title: str, found: list[str]) -> float:
    """Share of a title's content words that were found."""
    wanted = set(content_words(title))
    return len(wanted & set(found)) / max(1, len(wanted))


def told(frame: pl.DataFrame, best: Callable[[list[str]], list[str]]) -> float:
    """How often a message has most words of its own category's list, the lists made from every other group of messages."""
    shown, asked = (frame.filter((pl.col("dup_group") % 2 == 0) == here) for here in (True, False))
    lists = {label: set(best(rows["content"].to_list())) for (label,), rows in shown.group_by("label")}
    rows = [(label, set(content_words(text))) for label, text in asked.select("label", "content").rows()]
    return mean(float(max(sorted(lists), key=lambda label: len(lists[label] & said)) == own) for own, said in rows)


def commonest(texts: list[str], k: int) -> list[str]:
    counted = Counter(word for text in texts for word in set(words(text)) if len(word) > 1 and word.isalnum())
    counted = (
        counted if len(texts) > 1 else Counter(word for word in words(texts[0]) if len(word) > 1 and word.isalnum())
    )
    return [word for word, _ in counted.most_common(k)]


def mean(values: Iterator[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
