"""What a sentence and a rule may say: words that are known, alone between braces that pair; numbers within bounds."""

import pytest
from tests.monthly.rulebook import values

from huiyin.monthly.checking import WORDS, require, wrong
from huiyin.monthly.rules import OWN_VALUES, rules_of

WORDS_OF_LATE = ("text", "numerator", "median")


@pytest.mark.parametrize("text", ["超期{numerator}件，中位数{median}。", "没有词", "集合{{}}写成两个", "{text}{text}"])
def test_known_words_in_braces_are_right(text):
    assert wrong(text, WORDS_OF_LATE) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("超期{numerater}件", "{numerater}"),
        ("{text.__class__}", "{text.__class__}"),
        ("{text[0]}", "{text[0]}"),
        ("{text!r}", "{text!r}"),
        ("{text:>99999999}", "{text:>99999999}"),
        ("{text:{median}}", "{text:{median}}"),
        ("{}", "{}"),
        ("{0}", "{0}"),
        ("{ text }", "{ text }"),
    ],
)
def test_anything_else_between_braces_is_named_with_what_may_stand_there(text, named):
    said = wrong(text, WORDS_OF_LATE)
    assert named in said
    assert "{text} {numerator} {median}" in said


@pytest.mark.parametrize("text", ["{text", "text}", "{text}}", "{{text}", "{", "}", "{text!", "{text:"])
def test_a_brace_without_its_partner_is_told_with_an_example(text):
    assert wrong(text, WORDS_OF_LATE) == "花括号没有成对。词要这样写：{text}。"


def test_the_houses_own_rule_may_say_what_it_says():
    require(OWN_VALUES)


def test_every_sentence_has_its_words_filled_in():
    """None is allowed that the drafts do not give: see `drafting`."""
    rules = rules_of(values("sentences", **{name: "".join(f"{{{word}}}" for word in words)
                                            for name, words in WORDS["sentences"].items()}))  # fmt: skip
    given = dict.fromkeys(sorted({word for words in WORDS["sentences"].values() for word in words}), "x")
    assert all(rules.sentence(name, **given) == "x" * len(words) for name, words in WORDS["sentences"].items())


@pytest.mark.parametrize(
    ("part", "changes", "said"),
    [
        ("drafting", {"edge": 1}, "drafting.edge"),
        ("drafting", {"measures": []}, "by one at least"),
        ("drafting", {"measures": ["received"]}, "by rates"),
        ("drafting", {"head": ["nothing"]}, "8 at most"),
        ("speaking", {"seats": 0}, "speaking.seats"),
        ("speaking", {"weights": {"last": 1}}, "Every reason"),
        ("sentences", {"late": ""}, "sentences.late"),
        ("sentences", {"late": "{lable}"}, "{lable}"),
        ("demands", {"usual": ""}, "demands.usual"),
    ],
)
def test_what_no_rule_may_say_is_refused(part, changes, said):
    with pytest.raises(ValueError, match=said.replace("{", r"\{")):
        require(values(part, **changes))


def test_with_every_weight_at_0_nobody_would_speak():
    none = dict.fromkeys(OWN_VALUES["speaking"]["weights"], 0)
    with pytest.raises(ValueError, match="权重全是0"):
        require(values("speaking", weights=none))
