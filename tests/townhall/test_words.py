from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.townhall.hall import LIFT, asked, live

from huiyin.townhall import domain, domain_words
from huiyin.townhall.choices import State, WordUse
from huiyin.townhall.models import Question, Word
from huiyin.townhall.words import NotTaken, found, plain, says_nothing, use_of

WORDS = [Word(text="加微信"), Word(text="代开发票"), Word(text="vx")]
# Everything people put between the signs of a word, and what the eye does not see.
BETWEEN = st.text(" .,。，、·-_*~|/\\\u200b\u200c\u200d\ufeff\u2060\u3164\u00ad\u3000\t\n🙂", max_size=4)


@st.composite
def disguised(draw):
    """A word on the list, pulled apart, wide or capital, in the midst of a sentence."""
    word = draw(st.sampled_from(WORDS))
    signs = [draw(st.sampled_from((sign, sign.upper(), chr(ord(sign) + 0xFEE0) if sign.isascii() else sign)))
             for sign in word.text]  # fmt: skip
    pulled = "".join(sign + draw(BETWEEN) for sign in signs)
    return word, f"请问能{pulled}吗"


@given(disguised())
def test_a_word_is_found_however_it_is_spelled(made):
    word, text = made
    assert word in found(text, WORDS)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_a_word_that_is_not_there_in_any_spelling_is_not_found(text):
    held = found(text, WORDS)
    assert [word.text for word in held if plain(word.text) not in plain(text)] == []


@pytest.mark.parametrize("text", ["微信缴费能不能加一个窗口", "服务大厅开发了新系统", "envx3 型号的电表", "", "🙂"])
def test_other_text_is_not_hit(text):
    assert found(text, WORDS) == []


@pytest.mark.parametrize(
    "text", ["啊啊啊啊啊", "1111", "https://a.example/x?y=1", "www.a.example", "shop.example/1 。"]
)
def test_one_sign_again_and_again_or_an_address_alone_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", [LIFT, "见 https://a.example 里的图，路灯坏了", "停水"])
def test_a_question_says_something(text):
    assert not says_nothing(text)


@pytest.mark.django_db
def test_the_harder_word_decides():
    domain_words.add(text="加微信", use=WordUse.HELD)
    domain_words.add(text="代开发票", use=WordUse.REFUSED)
    assert [use_of(text) for text in ("加微信代开发票", "加微信", LIFT)] == [WordUse.REFUSED, WordUse.HELD, None]


@pytest.mark.django_db
def test_a_question_with_a_refused_word_is_nowhere():
    domain_words.add(text="代开发票", use=WordUse.REFUSED)
    with pytest.raises(NotTaken):
        asked(live(), "代 开 发 票")
    assert Question.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["有事加\u200b微信", "哈哈哈哈"])
def test_what_is_held_waits_though_the_meeting_shows_at_once(text):
    domain_words.add(text="加微信", use=WordUse.HELD)
    hall = live(moderated=False)
    assert [asked(hall, text).state, asked(hall, LIFT).state] == [State.WAITING, State.SHOWN]


@pytest.mark.django_db
def test_the_same_words_of_one_browser_are_one_question_and_of_another_two():
    hall, viewer = live(), uuid4()
    first, again = (asked(hall, text, asker=viewer) for text in (LIFT, f" {LIFT}"))
    assert (first.pk, asked(hall, LIFT, asker=uuid4()).pk == first.pk) == (again.pk, False)
    assert domain.ask(hall, text=LIFT, press="on paper").pk != first.pk


@pytest.mark.django_db
def test_many_are_added_at_once_and_each_stands_once():
    assert domain_words.add(text="加微信\n\n 加 微信 \n代开发票\n", use=WordUse.HELD) == 2
    assert domain_words.add(text="代开，发票\nVX", use=WordUse.REFUSED) == 1
    assert dict(Word.objects.values_list("text", "use")) == {"加 微信": "held", "代开发票": "refused", "VX": "refused"}


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["。。", "长" * 41])
def test_a_line_that_cannot_be_looked_for_adds_none(line):
    with pytest.raises(domain_words.NoWord):
        domain_words.add(text=f"加微信\n{line}", use=WordUse.HELD)
    assert Word.objects.count() == 0
