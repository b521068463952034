"""A move, a state or a step of the law without a scenario fails here: what is claimed is read from the feature files."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from tests.scenarios import words

from huiyin.kernel.moves import MOVES
from huiyin.kernel.states import STATES

DONE = re.compile(r"(?:^(?!.*试着)[^“”]+?|^.+ does |^随即)“([^”]+)”(?:：|: |$| follows)|^“([^”]+)” follows at once")
TRIED = re.compile(r"^.+(?:试着| tries )“([^”]+)”")
STATE = re.compile(r"^(?:状态是|经过了|the state is |it passed through )“([^”]+)”$")
FOR_THE_ROLE = {"角色不对，被拒绝", "it is refused for the role"}
REFUSED = re.compile(r"被拒绝|it is refused")
TAG = re.compile(r"@law-(\d+)")


def scenarios() -> Iterator[tuple[str, set[str], list[str]]]:
    """Name, tags and step texts of every scenario; outlines row by row."""
    for path in sorted(Path(__file__).parent.glob("*.feature")):
        document = Parser().parse(path.read_text(encoding="utf-8"))
        for pickle in Compiler().compile({**document, "uri": path.name}):
            yield pickle["name"], {tag["name"] for tag in pickle["tags"]}, [step["text"] for step in pickle["steps"]]


SCENARIOS = list(scenarios())
STEPS = [text for _, _, texts in SCENARIOS for text in texts]


def known(labels: Iterator[str]) -> set[str]:
    """Kinds of the moves among these labels; other things stand in quotation marks too."""
    every = {label for move in MOVES.values() for label in (move.zh, move.en)}
    return {words.kind(label) for label in labels if label in every}


def done() -> set[str]:
    return known(next(filter(None, found.groups())) for text in STEPS if (found := DONE.search(text)))


def refused_for_a_role() -> set[str]:
    pairs = ((text, after) for _, _, texts in SCENARIOS for text, after in pairwise(texts))
    return known(found[1] for text, after in pairs if after in FOR_THE_ROLE and (found := TRIED.search(text)))


def test_every_move_is_done_somewhere():
    assert sorted(set(MOVES) - done()) == []


def test_every_move_is_refused_to_a_role_that_must_not():
    assert sorted(set(MOVES) - refused_for_a_role()) == []


def test_every_state_is_visited():
    seen = {words.state(found[1]) for text in STEPS if (found := STATE.search(text))}
    assert sorted(set(STATES) - seen) == []


@pytest.mark.parametrize("number", range(1, 13))
def test_every_step_of_the_law_is_walked_and_kept_from_others(number):
    """domain.md 3.2: each numbered step works, and not for a role that must not."""
    ours = [texts for _, tags, texts in SCENARIOS if f"@law-{number}" in tags]
    walked = [texts for texts in ours if not any(REFUSED.search(text) for text in texts)]
    kept = [texts for texts in ours if FOR_THE_ROLE & set(texts)]
    assert (bool(walked), bool(kept)) == (True, True)


def test_tags_name_steps_of_the_law_only():
    tags = {tag for _, tags, _ in SCENARIOS for tag in tags}
    assert [tag for tag in tags if not TAG.fullmatch(tag)] == []


def test_labels_of_moves_and_states_name_one_each():
    for language in ("zh", "en"):
        for table in (MOVES, STATES):
            labels = [getattr(row, language) for row in table.values()]
            assert len(set(labels)) == len(labels)
