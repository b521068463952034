"""Does a reply belong to its request, are its points met, is it plain: on the real pairs of `../shared/data/tipdm_c`.

Relevance is the area under the ROC curve of `review_reply(request, reply).relevance`: the true reply against twenty replies
to other requests of the same category (given by the triage classifier, fitted on `messages_train`), all of them pooled.
"held out" learns word table and weights anew on four fifths of the pairs and measures on the fifth; near-copies of a request
and all requests of one writer stay on one side. Baseline in the same run: cosine of character TF-IDF (2- and 3-grams).

`python -m bench.language_reply` learns the shipped table and prints the weights for `language/relevance.py`. Nothing of a
text is printed.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

from bench.real import FOLDER
from bench.table import Table, clock
from huiyin.language import background, rarity, tables
from huiyin.language.classify import TextClassifier
from huiyin.language.plain import review_plainness
from huiyin.language.relevance import evidence, relevance
from huiyin.language.reply import ReplyReview, review_reply

OTHERS = 20
ANSWERS = Path(tables.__file__).parent / "answers.csv"
Scores = NDArray[np.float64]


class Pairs(NamedTuple):
    """Requests with their replies; `asked` and `answered` are the numbers of request and reply of every wrong pair."""

    requests: list[str]
    replies: list[str]
    groups: NDArray[np.intp]
    asked: NDArray[np.intp]
    answered: NDArray[np.intp]


def run(table: Table) -> None:
    if not FOLDER.is_dir():
        print(f"  no real messages at {FOLDER}: relevance of replies is left out", flush=True)
    else:
        pairs = load()
        related(table, pairs)
        review(table, pairs)
    plainness(table)
    hostile(table)


def load() -> Pairs:
    frame = pl.read_parquet(FOLDER / "replies_train.parquet")
    requests = texts(frame)
    category = categories(requests)
    rng = np.random.default_rng(0)
    asked, answered = [], []
    for number, kind in enumerate(category):
        others = np.flatnonzero((category == kind) & (np.arange(len(category)) != number))
        chosen = rng.choice(others, min(OTHERS, len(others)), replace=False)
        asked += [number] * len(chosen)
        answered += chosen.tolist()
    return Pairs(
        requests,
        frame["reply"].to_list(),
        groups(requests, frame["user_id"].to_list()),
        np.array(asked),
        np.array(answered),
    )


def texts(frame: pl.DataFrame) -> list[str]:
    return [f"{title or ''}\n{content or ''}" for title, content in frame.select("title", "content").iter_rows()]


def categories(requests: Sequence[str]) -> NDArray[np.str_]:
    frame = pl.read_parquet(FOLDER / "messages_train.parquet")
    return TextClassifier().fit(texts(frame), frame["label"].to_list()).predict(requests)


def groups(requests: Sequence[str], users: Sequence[str]) -> NDArray[np.intp]:
    """Connected by near-identical text or by one writer."""
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, min_df=2).fit_transform(requests)
    alike = (matrix @ matrix.T).tocoo()
    near = alike.data >= 0.6
    first: dict[str, int] = {}
    writers = [first.setdefault(user, number) for number, user in enumerate(users)]
    rows = np.concatenate((alike.row[near], np.arange(len(users))))
    columns = np.concatenate((alike.col[near], writers))
    found: NDArray[np.intp] = connected_components(
        coo_matrix((np.ones(len(rows)), (rows, columns)), shape=alike.shape)
    )[1]
    return found


def related(table: Table, pairs: Pairs) -> None:
    size = f"{len(pairs.requests):,}"
    both = [evaluated(pairs, score) for score in (shipped, cosine(pairs))]
    (ours, each), (theirs, _) = ((auc(*scores), per_request(pairs, *scores)) for scores in both)
    held = auc(*held_out(pairs))
    table.add("reply", size, "AUC of relevance, same category", 100 * ours, "%", at_least=95)
    table.add("reply", size, "AUC of relevance, held out by groups", 100 * held, "%", at_least=95)
    table.add("reply", size, "AUC of relevance, request by request", 100 * each, "%")
    table.add(
        "reply",
        size,
        "baseline: AUC, character TF-IDF cosine",
        100 * theirs,
        "%",
        note=f"ours {100 * (held - theirs):+.1f}",
    )
    bodies = pairs._replace(requests=[text.partition("\n")[2] or text for text in pairs.requests])
    table.add(
        "reply",
        size,
        "AUC of relevance, requests without title",
        100 * auc(*evaluated(bodies, shipped)),
        "%",
        at_least=95,
    )


Scorer = Callable[[Pairs, int, int], float]


def shipped(pairs: Pairs, asked: int, answered: int) -> float:
    return relevance(pairs.requests[asked], pairs.replies[answered])


def cosine(pairs: Pairs) -> Scorer:
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    matrix = vectorizer.fit_transform([*pairs.requests, *pairs.replies])
    likeness = (matrix[: len(pairs.requests)] @ matrix[len(pairs.requests) :].T).toarray()
    return lambda _, asked, answered: float(likeness[asked, answered])


def evaluated(pairs: Pairs, score: Scorer) -> tuple[Scores, Scores]:
    """Scores of the true pairs and of the wrong ones."""
    true = np.array([score(pairs, number, number) for number in range(len(pairs.requests))])
    wrong = np.array(
        [score(pairs, asked, answered) for asked, answered in zip(pairs.asked, pairs.answered, strict=True)]
    )
    return true, wrong


def auc(true: Scores, wrong: Scores) -> float:
    return float(roc_auc_score(np.repeat((1, 0), (len(true), len(wrong))), np.concatenate((true, wrong))))


def per_request(pairs: Pairs, true: Scores, wrong: Scores) -> float:
    """Mean share of the other replies that the true one beats, ties by half."""
    own = true[pairs.asked]
    return float(((own > wrong) + (own == wrong) / 2).mean())


def held_out(pairs: Pairs) -> tuple[Scores, Scores]:
    true, wrong = np.zeros(len(pairs.requests)), np.zeros(len(pairs.asked))
    for train, test in GroupKFold(5).split(pairs.requests, groups=pairs.groups):
        known = rarity.merged(background.pairs(), rarity.counted([pairs.replies[number] for number in train]))
        ours, others = features(pairs, known)
        model = fitted(ours[train], others[np.isin(pairs.asked, train)])
        true[test] = model.decision_function(ours[test])
        held = np.isin(pairs.asked, test)
        wrong[held] = model.decision_function(others[held])
    return true, wrong


def features(pairs: Pairs, known: Any) -> tuple[Scores, Scores]:
    return (
        np.array([evidence(*both, known) for both in zip(pairs.requests, pairs.replies, strict=True)], dtype=float),
        np.array(
            [
                evidence(pairs.requests[a], pairs.replies[b], known)
                for a, b in zip(pairs.asked, pairs.answered, strict=True)
            ],
            dtype=float,
        ),
    )


def fitted(true: Scores, wrong: Scores) -> Any:
    """Logistic regression in which right and wrong pairs weigh the same."""
    labels = np.repeat((1, 0), (len(true), len(wrong)))
    return LogisticRegression(C=10, max_iter=5_000, class_weight="balanced").fit(np.concatenate((true, wrong)), labels)


def review(table: Table, pairs: Pairs) -> None:
    """What the rest of the review says of true and of wrong replies; how many a second."""
    size = f"{len(pairs.requests):,}"
    with clock() as spent:
        true = [review_reply(*both) for both in zip(pairs.requests, pairs.replies, strict=True)]
    chosen = np.random.default_rng(1).choice(len(pairs.asked), len(true), replace=False)
    wrong = [review_reply(pairs.requests[pairs.asked[at]], pairs.replies[pairs.answered[at]]) for at in chosen]
    table.add("reply", size, "points met by the true reply", 100 * met(true), "%")
    table.add("reply", size, "points met by another of the category", 100 * met(wrong), "%", at_most=10)
    for code, count in Counter(code for one in true for code in {remark.code for remark in one.warnings}).most_common():
        table.add("reply", size, f"true replies with {code}", 100 * count / len(true), "%")
    table.add("reply", size, "whole review, one core", len(true) / spent[0], "replies/s", at_least=100)


def met(reviews: Sequence[ReplyReview]) -> float:
    points = [point for review in reviews for point in review.completeness.points]
    return sum(point.met is not None for point in points) / len(points)


def plainness(table: Table) -> None:
    """On sentences invented for this bench, of the same meaning in both ways of speaking."""
    said = [(sentence, kind) for pair in SAID for sentence, kind in zip(pair, (False, True), strict=True)]
    right = sum(review_plainness(sentence).sentences[0].plain == kind for sentence, kind in said)
    table.add(
        "reply",
        f"{len(said)}",
        "plain or officialese told right, invented pairs",
        100 * right / len(said),
        "%",
        at_least=90,
    )


def hostile(table: Table) -> None:
    worst = 0.0
    for piece in PIECES:
        text = piece * (100_000 // len(piece))
        with clock() as spent:
            review_reply(text, text)
        worst = max(worst, spent[0])
    table.add("reply", "2 × 100 kB", "slowest of the hostile texts, whole review", worst, "s", at_most=2)


PIECES = ("请问", "请问何时修路？", "将于", "10月底前", "我局", "高度重视", "1、", "；", "，", "，将于10月底前完成", "经核实", "一", "电话1", "a1区", "2019年5月.", "已转")  # fmt: skip
SAID = (
    ("您的来信收悉，现将有关情况回复如下。", "您的信我们看到了，情况是这样的。"),
    ("我局高度重视，立即责成属地进行核查处理。", "我们当天就去看了，路灯确实坏了三盏。"),
    ("经现场核查，反映的问题属实。", "我们去看过，您说的是真的。"),
    ("下一步将进一步加大巡查力度，切实维护环境秩序。", "以后每天早晚各去一次，看见乱停的车就贴单子。"),
    ("该问题已纳入计划，待条件成熟后有序推进。", "这段路排在明年修，三月开工。"),
    ("请信访人予以理解支持。", "给您添麻烦了。"),
    ("我街道会同相关职能部门开展专项整治。", "街道和城管昨天一起把八个摊位清走了。"),
    ("已督促责任单位限期整改到位。", "物业答应本周五以前把垃圾运完。"),
    ("将建立长效机制，确保取得实效。", "以后每周三检查一次，查完在门口贴结果。"),
    ("依法依规对涉事商户予以查处。", "这家店没有执照，已经关门，罚了两千元。"),
    ("感谢您提出的宝贵意见，我们将统筹考虑。", "您的意见我们记下了，十月开会时讨论。"),
    ("我镇积极协调推进，目前正在有序实施。", "管子已经换了一半，月底全部换完。"),
    ("由于历史遗留问题，暂不具备实施条件。", "这块地是谁的还没分清，要先量地。"),
    ("进一步强化监管，压实主体责任。", "再有夜里施工，您打这个电话，半小时内有人到。"),
    ("针对诉求人反映的情况，我办积极对接相关单位。", "我打电话问了公交公司，他们答应加两班车。"),
    ("已按程序上报，届时将及时告知。", "申请已经交上去了，批下来我给您打电话。"),
    ("多措并举提升人居环境，取得明显成效。", "楼道里的杂物清了四车。"),
    ("兹就有关问题函复如下。", "您问的三件事，一件一件说。"),
)  # fmt: skip


def learn() -> None:
    frame = pl.read_parquet(FOLDER / "replies_train.parquet")
    known = background.pairs()
    steps = defaultdict[float, list[str]](list)
    for pair, value in rarity.counted(frame["reply"].to_list()).items():
        if value < known.get(pair, background.UNSEEN):
            steps[value].append(pair)
    with ANSWERS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rarity", "members"))
        writer.writerows((f"{value:.2f}", " ".join(sorted(members))) for value, members in sorted(steps.items()))
    tables.rows.cache_clear()
    rarity.known.cache_clear()
    model = fitted(*features(load(), rarity.known()))
    print("_WEIGHTS = Evidence(" + ", ".join(f"{value:.2f}" for value in model.coef_[0]) + ")")
    print(f"_BIAS = {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    learn()
