"""What the assistant can be asked. Each answer is a suggestion to a person; nothing acts on one.

Texts are masked before they leave, whoever calls; a confidential case stays inside, so every caller must say whether
it is one. All raise `NotAnswered`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from huiyin.assistant.asking import ask
from huiyin.assistant.choices import Purpose
from huiyin.assistant.prompts import messages
from huiyin.people.models import Account


class Opinion(NamedTuple):
    """One of the codes that were offered with its name, and why in the model's words."""

    code: str
    name: str
    words: str


def plainer(text: str, *, account: Account, confidential: bool, about: str = "") -> str:
    """The same reply in plainer words, masked."""
    sent = messages(Purpose.PLAINER, text=text)
    return ask(Purpose.PLAINER, sent, account=account, confidential=confidential, about=about)


def summary(texts: Iterable[str], *, account: Account, confidential: bool, about: str = "") -> str:
    """A few sentences on what was said, in the order given, masked."""
    sent = messages(Purpose.SUMMARY, text="\n\n".join(texts))
    return ask(Purpose.SUMMARY, sent, account=account, confidential=confidential, about=about)


def opinion(
    text: str, choices: Mapping[str, str], *, account: Account, confidential: bool, about: str = ""
) -> Opinion | None:
    """Which of `choices` (code → name) the text belongs to; None when the answer begins with none of the codes."""
    lines = "\n".join(f"{code} {name}" for code, name in choices.items())
    sent = messages(Purpose.OPINION, text=text, choices=lines)
    said = ask(Purpose.OPINION, sent, account=account, confidential=confidential, about=about)
    first, _, words = said.partition("\n")
    code = first.partition(" ")[0].strip()
    return Opinion(code, choices[code], words.strip()) if code in choices else None
