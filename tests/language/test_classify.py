import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from huiyin.language import ngrams
from huiyin.language.classify import TextClassifier
from huiyin.language.coldstart import guess
from huiyin.language.linear import LinearModel
from huiyin.language.segment import words

SHARED = Path(os.environ.get("HUIYIN_SHARED") or Path(__file__).parents[2].parent / "shared")
MESSAGES = SHARED / "data" / "tipdm_c" / "messages_train.parquet"
PARTS = {
    "停车": ["车位不够", "乱停车堵住大门", "停车收费太贵", "车辆占用人行道"],
    "供暖": ["暖气不热", "室温不达标", "供暖管道漏水", "采暖费怎么退"],
    "教育": ["学校食堂饭菜差", "入学名额不公", "老师补课收费", "学位不够"],
}
EXAMPLES = [(f"{place}{part}", label) for label in PARTS for part in PARTS[label] for place in ("一村", "东门", "西街")]
TEXTS = [text for text, _ in EXAMPLES]
LABELS = [label for _, label in EXAMPLES]


@pytest.fixture(scope="module")
def fitted():
    return TextClassifier().fit(TEXTS, LABELS)


def test_learns_what_it_was_shown(fitted):
    assert fitted.classes_.tolist() == ["供暖", "停车", "教育"]
    assert fitted.predict(TEXTS).tolist() == LABELS
    assert fitted.predict(["我家暖气一直不热", "学校门口车位"]).tolist()[0] == "供暖"


def test_probabilities_are_shares(fitted):
    shares = fitted.predict_proba([*TEXTS, "", "!"])
    assert shares.shape == (len(TEXTS) + 2, 3)
    assert np.allclose(shares.sum(axis=1), 1)
    assert fitted.predict_proba([]).shape == (0, 3)


def test_is_a_scikit_learn_estimator(fitted):
    assert clone(TextClassifier(penalty=2.0)).get_params() == {"penalty": 2.0}
    assert fitted.score(TEXTS, LABELS) == 1.0
    with pytest.raises(NotFittedError):
        TextClassifier().predict(["车"])


def test_fit_twice_gives_the_same(fitted):
    again = TextClassifier().fit(TEXTS, LABELS)
    assert np.array_equal(again.predict_proba(TEXTS), fitted.predict_proba(TEXTS))


def test_two_labels_and_a_single_example():
    binary = TextClassifier().fit(["停车难", "车位少", "暖气凉"], ["车", "车", "暖"])
    assert binary.predict(["暖气凉", "停车难"]).tolist() == ["暖", "车"]


@pytest.mark.parametrize(
    ("texts", "labels", "words"),
    [
        (["a", "b"], ["x", "x"], "two labels"),
        (["a"], ["x", "y"], "as many"),
        (["a", "b"], [1, 2], "must be texts"),
        ("ab", ["x", "y"], "as many"),
    ],
)
def test_fit_refuses_what_it_cannot_learn(texts, labels, words):
    with pytest.raises(ValueError, match=words):
        TextClassifier().fit(texts, labels)


def test_one_text_is_not_a_list(fitted):
    with pytest.raises(TypeError, match="list of texts"):
        fitted.model_.scores("停车")


def test_save_and_load(fitted, tmp_path):
    fitted.save(tmp_path / "triage.npz")
    loaded = TextClassifier.load(tmp_path / "triage.npz")
    assert np.array_equal(loaded.predict_proba(TEXTS), fitted.predict_proba(TEXTS))
    assert LinearModel.load(tmp_path / "triage.npz").labels == ("供暖", "停车", "教育")
    assert [path.name for path in tmp_path.iterdir()] == ["triage.npz"]


def test_load_refuses_other_files(fitted, tmp_path):
    path = tmp_path / "other"
    fitted.save(tmp_path / "good")
    with np.load(tmp_path / "good") as good:
        parts = dict(good)
    head = json.loads(parts["head"].tobytes())
    strange = np.frombuffer(json.dumps(head | {"type": "x"}).encode(), dtype=np.uint8)
    wrong = [
        {"idf": parts["idf"]},
        parts | {"head": strange},
        parts | {"bias": parts["bias"][:1]},
        parts | {"bias": parts["bias"] * np.float32("nan")},
        parts | {"idf": np.array([{}], dtype=object)},
        parts | {"weights": np.array([{}], dtype=object)},
        parts | {"weights": parts["weights"].astype(np.float32)},
    ]
    for content in (b"", b"hello", pickle.dumps(fitted), (tmp_path / "good").read_bytes()[:500]):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="not a text model saved by Huiyin"):
            TextClassifier.load(path)
    for arrays in wrong:
        with path.open("wb") as file:
            np.savez(file, **arrays)
        with pytest.raises(ValueError, match="not a text model saved by Huiyin"):
            LinearModel.load(path)
    with path.open("wb") as file:
        np.savez_compressed(file, **parts)
    with pytest.raises(ValueError, match="packed"):
        LinearModel.load(path)
    with pytest.raises(FileNotFoundError):
        LinearModel.load(tmp_path / "missing")


def test_explain_names_words_of_the_text(fitted):
    assert fitted.model_.explain("东门暖气不热", "供暖", 1) == ("暖气",)
    assert fitted.model_.explain("", "供暖") == ()
    found = guess(fitted.model_, ["东门暖气不热"])[0]
    assert (found.label, found.words[0]) == ("供暖", "暖气")


def test_reading_needs_no_scikit_learn(fitted, tmp_path):
    fitted.save(tmp_path / "model")
    code = (
        "import sys; from huiyin.language.linear import LinearModel; import huiyin.language.coldstart\n"
        "model = LinearModel.load(sys.argv[1]); model.probabilities(['停车']); model.explain('停车难', '停车')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'sklearn', 'scipy', 'django', 'joblib'}))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "model")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@given(st.lists(st.text(), max_size=5))
def test_a_text_reads_the_same_alone_and_in_a_batch(fitted, texts):
    alone = [fitted.predict_proba([text])[0] for text in texts]
    assert np.allclose(fitted.predict_proba(texts), np.reshape(alone, (-1, 3)), atol=1e-5)


ANY = st.text(st.characters(), max_size=300)


@given(st.lists(ANY, max_size=5))
def test_any_text_is_read(fitted, texts):
    assert np.isfinite(fitted.predict_proba(texts)).all()
    assert all(set(fitted.model_.explain(text, "停车")) <= set(words(text)) for text in texts)


@pytest.mark.parametrize(
    "text", ["\ud800车\udfff", "", "\n\n", "您好：", "停" * 100_000, "\n" * 100_000, "a：" * 50_000]
)
def test_odd_texts_are_read(fitted, text):
    assert np.isfinite(fitted.predict_proba([text])).all()


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("暖气不热\n家里很冷", "暖气不热"),
        ("  暖气不热\n家里很冷", "暖气不热"),
        ("尊敬的领导：您好！暖气不热", "您好！暖气不热"),
        ("暖气不热\n", "暖气不热\n"),
        ("一" * 80 + "\n二", "一" * 30),
        ("", ""),
    ],
)
def test_heading_is_the_first_line_or_the_opening(text, heading):
    start, end = ngrams.head(text)
    assert text[start:end] == heading


def test_more_cases_are_learned_from_new_texts_alone(fitted, tmp_path):
    fitted.save(tmp_path / "model")
    model = TextClassifier.load(tmp_path / "model")
    more = [f"{place}噪声{part}" for place in ("一村", "东门") for part in ("太吵", "扰民", "半夜施工")]
    model.partial_fit(more, ["噪声"] * len(more)).partial_fit([], [])
    assert model.classes_.tolist() == ["供暖", "停车", "教育", "噪声"]
    assert model.predict(["西街噪声扰民", *TEXTS]).tolist() == ["噪声", *LABELS]
    assert model.past_.cases.tolist() == [12, 12, 12, 6]


def test_learning_more_needs_a_model():
    with pytest.raises(NotFittedError):
        TextClassifier().partial_fit(["车"], ["停车"])


def test_decides_only_where_an_error_is_unlikely_enough(fitted):
    texts = ["东门暖气不热", "！"]
    assert fitted.decide(texts, error_cost=1)[0] == "供暖"
    assert None not in fitted.decide(texts, error_cost=1)
    assert fitted.decide(texts, error_cost=100) == ["供暖", None]
    assert fitted.decide([], error_cost=2) == []
    with pytest.raises(ValueError, match="positive"):
        fitted.decide(texts, error_cost=0)


def test_card_counts_what_was_held_out(fitted):
    card = fitted.card_
    assert (card.learned, card.held, [one.learned for one in card.labels]) == (36, 36, [12, 12, 12])
    assert json.loads(json.dumps(card.as_dict()))["held"] == 36
    assert "| 供暖 | 12 | 12 |" in card.markdown()


def test_batches_hold_every_text_once():
    texts = ["a" * size for size in (0, 70_000, 0, 3, 65_536, 1)]
    assert [text for batch in ngrams.batches(texts) for text in batch] == texts


def test_width_and_case_and_digits_count_alike():
    first, second = ngrams.counts(["Ａ座３楼"]), ngrams.counts(["a座7楼"])
    assert first.bucket.tolist() == second.bucket.tolist()


def test_public_messages_grouped():
    if not MESSAGES.exists():
        pytest.skip(f"NOT MEASURED: the public messages are not on this machine ({MESSAGES}; set HUIYIN_SHARED)")
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(MESSAGES, columns=["title", "content", "label", "dup_group"])
    texts = [f"{title}\n{content}" for title, content in zip(rows["title"], rows["content"], strict=True)]
    labels, groups = rows["label"].to_numpy(), rows["dup_group"].to_numpy()
    train, held = next(StratifiedGroupKFold(5, shuffle=True, random_state=0).split(texts, labels, groups))
    model = TextClassifier().fit([texts[row] for row in train], labels[train])
    assert f1_score(labels[held], model.predict([texts[row] for row in held]), average="macro") > 0.92
