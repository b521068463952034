import pytest

from huiyin.site import messages
from huiyin.site.messages import Message


def test_every_message_is_translated():
    assert [f"{path}: {message.msgid}" for message, path in messages.missing().items()] == []


def test_nothing_is_translated_twice():
    assert messages.twice() == []


def test_a_fuzzy_or_empty_translation_counts_as_missing(tmp_path, monkeypatch):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#, fuzzy\nmsgid "Guess"\nmsgstr "猜"\n\nmsgid "Bare"\nmsgstr ""\n\nmsgid "Good"\nmsgstr "好"\n',
        "utf-8",
    )
    monkeypatch.setattr(messages, "CHINESE", catalogue)
    monkeypatch.setattr(messages, "used", lambda: {Message(msgid): tmp_path for msgid in ("Guess", "Bare", "Good")})
    assert [message.msgid for message in messages.missing()] == ["Guess", "Bare"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("_('a')", [Message("a")]),
        ("gettext_lazy('a' 'b')", [Message("ab")]),
        ("ngettext('%(n)d x', '%(n)d xs', n)", [Message("%(n)d x", "%(n)d xs")]),
        ("pgettext('verb', 'a')", [Message("a", context="verb")]),
        ("_(variable); print('a')", []),
    ],
)
def test_in_python(source, found):
    assert list(messages.in_python(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("""{% trans "It's here" %}""", [Message("It's here")]),
        ('{% translate "a" context "verb" %}', [Message("a", context="verb")]),
        ("{% blocktrans trimmed %}\n Hello\n {{ name }}\n{% endblocktrans %}", [Message("Hello %(name)s")]),
        ("{% blocktrans count n=n %}one{% plural %}{{ n }} many{% endblocktrans %}", [Message("one", "%(n)s many")]),
        ('{% include "x" with a=_("b") %}{{ _("c") }}', [Message("b"), Message("c")]),
        ("plain", []),
    ],
)
def test_in_template(source, found):
    assert list(messages.in_template(source)) == found
