"""Categories of real messages by grouped cross-validation, against the strong linear baseline in the same run.

TipDM 2020 C, 7 classes, `messages_train` alone: five folds in which near-duplicates (`dup_group`) stay on one side; the
kept-aside messages are not touched. Baseline: character 1- to 3-gram TF-IDF with a linear support vector machine. Needs
`../shared/data/tipdm_c`; without it this bench says so. Nothing of a message is printed.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from bench.real import FOLDER
from bench.table import Table, clock, peak_mb

NAME = "classify"
FOLDS = 5
DISTRICT = 160


def run(table: Table) -> None:
    if not FOLDER.is_dir():
        print(f"  no real messages at {FOLDER}: this bench is left out", flush=True)
        return
    import polars as pl

    rows = pl.read_parquet(FOLDER / "messages_train.parquet", columns=["title", "content", "label", "dup_group"])
    texts = [f"{title}\n{content}" for title, content in zip(rows["title"], rows["content"], strict=True)]
    labels, groups = rows["label"].to_numpy().astype(str), rows["dup_group"].to_numpy()
    folds(table, texts, labels, groups)
    speed(table, texts, labels)
    cold(table, texts, labels)
    many(table, texts)
    table.add(NAME, "", "peak memory, all of this bench", peak_mb(), "MB")


def baseline() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

    grams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    return make_pipeline(grams, LinearSVC(class_weight="balanced", random_state=0))


def folds(table: Table, texts: list[str], labels: Any, groups: Any) -> None:
    from sklearn.model_selection import StratifiedGroupKFold  # type: ignore[import-untyped]

    from huiyin.language import calibrate
    from huiyin.language.classify import TextClassifier

    names, codes = np.unique(labels, return_inverse=True)
    size = f"{len(texts):,}"
    for seed in (0, 1):
        shares, plain = np.zeros((len(texts), len(names))), labels.copy()
        parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed).split(texts, codes, groups)
        for train, held in parts:
            known, asked = [texts[row] for row in train], [texts[row] for row in held]
            shares[held] = TextClassifier().fit(known, labels[train]).predict_proba(asked)
            plain[held] = baseline().fit(known, labels[train]).predict(asked)
        note = f"{FOLDS} grouped folds, seed {seed}"
        said = names[shares.argmax(axis=1)]
        table.add(NAME, size, f"macro-F1, seed {seed}", 100 * macro(labels, said), "%", note=note)
        table.add(NAME, size, f"baseline: macro-F1, seed {seed}", 100 * macro(labels, plain), "%", note=note)
        error = calibrate.expected_error(shares, codes)
        table.add(NAME, size, f"expected calibration error, seed {seed}", 100 * error, "%", at_most=3, note=note)
        right = calibrate.abstaining(shares, codes, 0.7)[0]
        table.add(NAME, size, f"accuracy at 70 % coverage, seed {seed}", 100 * right, "%", at_least=98, note=note)


def speed(table: Table, texts: list[str], labels: Any) -> None:
    from huiyin.language.classify import TextClassifier
    from huiyin.language.mask import mask

    size = f"{len(texts):,}"
    with clock() as spent:
        model = TextClassifier().fit(texts, labels)
    table.add(NAME, size, "fit on all, calibration and card included", spent[0], "s", at_most=30)
    plain = baseline().fit(texts, labels)
    rate = per_second(lambda: model.predict(texts), len(texts))
    table.add(NAME, size, "predict, one core", rate, "messages/s", at_least=1_000)
    slow = per_second(lambda: plain.predict(texts), len(texts))
    table.add(NAME, size, "baseline: predict, one core", slow, "messages/s", note=f"ours ×{rate / slow:.0f}")
    both = per_second(lambda: model.predict([mask(text).text for text in texts]), len(texts))
    table.add(NAME, size, "mask and predict, one core", both, "messages/s", at_least=1_000)
    with clock() as spent:
        model.partial_fit(texts[:100], labels[:100])
    table.add(NAME, "100", "a night's cases learned on top", spent[0], "s")


def cold(table: Table, texts: list[str], labels: Any) -> None:
    """Without one label: nothing but the taxonomy's names; all 15 first levels, of which 7 occur, and those 7 alone."""
    import polars as pl

    from huiyin.language.coldstart import KeywordModel
    from huiyin.language.selftraining import ColdStart

    rows = pl.read_csv(FOLDER / "categories.csv")
    words: dict[str, list[str]] = {}
    for row in rows.iter_rows():
        words.setdefault(row[0], []).extend(name for name in row if name)
    occur = {label: words[label] for label in words if label in set(labels)}
    for given in (occur, words):
        size = f"{len(given)} labels"
        model = KeywordModel(given)
        said = np.asarray(model.labels)[model.probabilities(texts).argmax(axis=1)]
        table.add(NAME, size, "cold: macro-F1 by the words alone", 100 * macro(labels, said), "%")
        with clock() as spent:
            taught = ColdStart(given).fit(texts)
        note = "taught by the same texts without their labels"
        table.add(
            NAME,
            size,
            "cold: macro-F1 after self-training",
            100 * macro(labels, taught.predict(texts)),
            "%",
            at_least=65,
            note=note,
        )
        table.add(NAME, size, "cold: self-training", spent[0], "s")
    rate = per_second(lambda: model.probabilities(texts), len(texts))
    table.add(NAME, "15 labels", "cold: words alone, one core", rate, "messages/s")


def many(table: Table, texts: list[str]) -> None:
    """What a process pays for a model of a district's categories: the file is mapped, its pages are shared."""
    import psutil

    from huiyin.language import ngrams
    from huiyin.language.linear import LinearModel

    draw = np.random.default_rng(0)
    idf = np.ones(ngrams.BUCKETS, dtype=np.float32)
    weights = draw.standard_normal((ngrams.BUCKETS, DISTRICT), dtype=np.float32).astype(np.float16)
    model = LinearModel(tuple(map(str, range(DISTRICT))), idf, weights, np.zeros(DISTRICT, dtype=np.float32))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        model.save(path)
        process = psutil.Process(os.getpid())
        before = own(process)
        loaded = LinearModel.load(path)
        rate = per_second(lambda: loaded.scores(texts[:1_000]), 1_000)
        table.add(NAME, f"{DISTRICT} labels", "memory of a process's own", (own(process) - before) / 1024**2, "MB")
        table.add(NAME, f"{DISTRICT} labels", "file, mapped by all processes", path.stat().st_size / 1024**2, "MB")
        table.add(NAME, f"{DISTRICT} labels", "scores, one core", rate, "messages/s", at_least=1_000)


def macro(truth: Any, said: Any) -> float:
    """Macro-F1 over the labels that occur."""
    from sklearn.metrics import f1_score  # type: ignore[import-untyped]

    return float(f1_score(truth, said, average="macro", labels=np.unique(truth), zero_division=0))


def per_second(work: Callable[[], object], messages: int) -> float:
    """Messages by second of this process's own time: others on the machine do not count."""
    start = process_time()
    work()
    return messages / (process_time() - start)


def own(process: Any) -> int:
    """Bytes that no other process can share: what is mapped from files left out (Linux)."""
    now = process.memory_info()
    return int(now.rss - now.shared)
