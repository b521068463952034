import json

import numpy as np
import pytest
from django.utils import timezone
from tests.district import received

from huiyin.assign import learning, starting, tasks, triage
from huiyin.cases.models import Case, Category

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
SAID = {"03.01": "暖气不热，室温不达标", "02.01": "停车位被占，车辆乱停"}


def dispatched(code, text, place):
    """As a dispatch leaves the row; the road there is tested elsewhere."""
    case = received(text=f"{place}号楼{text}", title="", phone="", person="")
    Case.objects.filter(pk=case.pk).update(
        category=Category.objects.get(code=code), dispatched_at=timezone.now(), state="to_accept"
    )


def history(cases, monkeypatch):
    monkeypatch.setattr(learning, "FEWEST", 20)
    for place in range(cases):
        code = list(SAID)[place % 2]
        dispatched(code, SAID[code], place)


def test_before_there_is_history_the_words_of_the_taxonomy_answer():
    assert [(one.category, one.model) for one in triage.guess(["暖气不热"])] == [("03.01", "taxonomy")]
    assert triage.guess([]) == []


def test_too_few_cases_are_refused_by_hand_and_passed_over_at_night():
    with pytest.raises(ValueError, match="at least 200 dispatched cases"):
        learning.learn()
    assert tasks.learn(0) == 0
    assert not triage.model_file().exists()


def test_what_was_learned_answers_with_its_card_beside_it(monkeypatch):
    history(40, monkeypatch)
    lesson = learning.learn()
    assert (lesson.cases, lesson.categories, lesson.held_out, lesson.accuracy) == (40, 2, 8, 1.0)
    (guess,) = triage.guess(["西街号楼停车位被占"])
    assert (guess.category, guess.model[:7]) == ("02.01", "linear-")
    assert learning.card_file().read_text(encoding="utf-8").startswith("# Model card")


def test_a_night_learns_what_came_since_and_says_how_it_differs(monkeypatch):
    history(40, monkeypatch)
    learning.learn()
    assert tasks.learn(0) == 0
    dispatched("01.01", "噪声扰民，半夜施工", "九")
    assert tasks.learn(0) == 1
    told = json.loads(triage.model_file().with_suffix(".json").read_text(encoding="utf-8"))
    assert (told["fitted"], told["added"], told["card"]["drift"]["accuracy"]) == (40, 1, 0.0)
    assert triage._model(triage.model_file(), triage._stamp(triage.model_file()) + 1).labels == (
        "02.01",
        "03.01",
        "01.01",
    )
    for place in range(3):
        dispatched("03.01", SAID["03.01"], place)
    assert tasks.learn(0) == 44


def test_a_model_of_another_version_gives_way_to_the_words(monkeypatch, caplog):
    triage.model_file().parent.mkdir()
    with triage.model_file().open("wb") as file:
        np.savez(file, head=np.frombuffer(b'{"type": "huiyin-linear-1"}', dtype=np.uint8))
    assert triage.guess(["暖气不热"])[0].model == "taxonomy"
    assert "not a text model" in caplog.text
    history(20, monkeypatch)
    assert tasks.learn(0) == 20


def told(cases, monkeypatch):
    """Texts nobody has dispatched: half of them say heating in the list's words, half of those besides in words of their own."""
    monkeypatch.setattr(starting, "FEWEST_TEXTS", 20)
    for place in range(cases):
        text = ["暖气不热，裹着棉被睡不着", "停车位被占，通道堵死，车辆进不来"][place % 2]
        received(text=f"{place}号楼{text}", title="", phone="", person="")


def test_texts_without_categories_teach_the_words_others_say_besides(monkeypatch):
    asked = "裹着棉被睡不着"
    (before,) = triage.guess([asked])
    told(40, monkeypatch)
    assert tasks.learn(0) == 40
    (after,) = triage.guess([asked])
    assert (before.category, after.category, after.model[:8]) == (None, "03.01", "started-")


def test_what_taught_itself_is_never_surer_than_the_words(monkeypatch):
    words = {one: triage.guess([one])[0].confidence for one in ["裹着棉被睡不着", "暖气不热，裹着棉被"]}
    told(40, monkeypatch)
    starting.start()
    sure = {one: triage.guess([one])[0].confidence for one in words}
    assert sure["暖气不热，裹着棉被"] == words["暖气不热，裹着棉被"]
    assert sure["裹着棉被睡不着"] < 0.1


def test_what_was_dispatched_teaches_over_what_taught_itself(monkeypatch):
    told(40, monkeypatch)
    starting.start()
    history(40, monkeypatch)
    learning.learn()
    assert triage.guess(["暖气不热"])[0].model[:7] == "linear-"


def test_texts_of_one_kind_leave_the_words_alone(monkeypatch):
    monkeypatch.setattr(starting, "FEWEST_TEXTS", 2)
    for place in range(4):
        received(text=f"{place}号你好", title="", phone="", person="")
    assert (starting.start(), triage.started_file().exists()) == (0, False)
