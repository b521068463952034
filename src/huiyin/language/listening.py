"""Speeches in minutes: from where somebody begins to speak to where the text tells something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huiyin.language import speakers, speeches
from huiyin.language.labels import LABEL
from huiyin.language.outline import BODY, TITLE
from huiyin.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.language.columns import Paragraph


@dataclass(slots=True)
class Speech:
    """Sentences of one speaker under one heading; `numbered` where they are one numbered paragraph.

    `firm` as in `speeches.Opening`.
    """

    speaker: str
    topic: str
    firm: bool
    numbered: bool = False
    said: list[str] = field(default_factory=list)


MEETING = "会议"
_SEVERAL = re.compile("[，,；;。]")
_LONGEST_HEADING = 40
_FAR = 1_000


@dataclass(slots=True)
class _Listener:
    """Goes down the paragraphs.

    `speaker`: the last one; `speech`: what is being said now; `floor`: the speech to which numbered paragraphs belong,
    until one as high as `rank` comes; `bare`: nothing stands below the last heading yet.
    """

    speeches: list[Speech] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    heard: dict[str, None] = field(default_factory=dict)
    speaker: str = ""
    speech: Speech | None = None
    floor: Speech | None = None
    rank: int = 0
    bare: bool = False
    numbered: bool = False

    def paragraph(self, paragraph: Paragraph, below: int) -> None:
        """Listen to one paragraph; `below` is the rank of the next."""
        if paragraph.rank <= self.rank:
            self.speech = self.floor = None
        if paragraph.rank < BODY and _is_heading(paragraph, below):
            self._heading(paragraph)
            return
        self.bare = False
        label = LABEL.match(paragraph.text)
        if label and label.lastgroup != "demands":
            self._labelled(label.lastgroup or "", paragraph.text[label.end() :], paragraph.text)
            return
        said = sentences(paragraph.text)
        self.numbered = paragraph.rank < BODY
        if self.numbered:
            said = self._numbered(paragraph.rank, said)
        for sentence in said:
            self._sentence(sentence)

    def _heading(self, paragraph: Paragraph) -> None:
        subtitle = self.bare and paragraph.rank <= TITLE and self.headings and self.headings[-1][0] == paragraph.rank
        self.bare = True
        if subtitle:
            return
        if paragraph.rank <= TITLE:
            self.speaker = ""
        while self.headings and self.headings[-1][0] >= paragraph.rank:
            self.headings.pop()
        text = paragraph.text.strip("。：: ")
        speaker = speeches.headed(text)
        self.headings.append((paragraph.rank, "" if speaker else text.removeprefix("关于")))
        if speeches.elsewhere(text):
            self.speech = self.floor = None
        elif speaker is not None:
            self.rank = paragraph.rank
            self.floor = self._begin(speaker or self.speaker or MEETING, self._topic(), firm=True)
        elif self.floor:
            self.floor = self._begin(self.floor.speaker, self._topic(), firm=self.floor.firm)

    def _numbered(self, rank: int, said: list[str]) -> list[str]:
        """A numbered paragraph goes on with the speech. Without one the meeting speaks, where it demands anything."""
        while self.headings and self.headings[-1][0] >= rank:
            self.headings.pop()
        speaker, firm = (self.floor.speaker, self.floor.firm) if self.floor else (MEETING, False)
        self.rank = self.rank if self.floor else rank
        self._begin(speaker, self._topic(), firm=firm, numbered=True)
        if len(said) > 1 and _is_short(said[0]) and speeches.opening(said[1]):  # （一）关于停车。会议要求，……
            self.headings.append((rank, said[0].strip("。：: ").removeprefix("关于")))
            return said[1:]
        return said

    def _labelled(self, kind: str, text: str, whole: str) -> None:
        said = self.speeches[-1].said if self.speeches else []
        if kind == "details" and said and len(said[-1]) < _FAR:
            said[-1] += f" {whole}"
        elif kind == "task":
            self._begin(self.floor.speaker if self.floor else MEETING, self._topic(), firm=True)
            self._say(text)

    def _sentence(self, sentence: str) -> None:
        self.speaker = speakers.subject(sentence, self.heard) or self.speaker
        opening = speeches.opening(sentence)
        speaker = opening and (opening.speaker or self.speaker)
        if opening and speaker:
            if not self.speech:
                self.rank = self.headings[-1][0] if self.headings else 0
            before = self.speech.topic if self.speech and not opening.speaker else self._topic()
            speech = self._begin(speaker, opening.about or before, firm=opening.firm)
            self.floor = self.floor if self.numbered else speech
            self._say(sentence[opening.start :])
        elif speeches.narrates(sentence):
            self.speech = None
            self.floor = self.floor if self.numbered else None
        else:
            self._say(sentence)

    def _begin(self, speaker: str, topic: str, *, firm: bool, numbered: bool = False) -> Speech:
        self.speaker = speaker
        self.heard[speaker] = None
        self.speech = Speech(speaker, topic, firm, numbered)
        self.speeches.append(self.speech)
        return self.speech

    def _say(self, text: str) -> None:
        if self.speech and text.strip():
            self.speech.said.append(text.strip())

    def _topic(self) -> str:
        """The nearest heading above; that of a speaker is none."""
        return next((text for _, text in reversed(self.headings) if text), "")


def listen(paragraphs: Sequence[Paragraph]) -> list[Speech]:
    """All speeches in the order of the text, those without a word left out."""
    listener = _Listener()
    ranks = [paragraph.rank for paragraph in paragraphs[1:]] + [0]
    for paragraph, below in zip(paragraphs, ranks, strict=False):
        listener.paragraph(paragraph, below)
    return [speech for speech in listener.speeches if speech.said]


def _is_heading(paragraph: Paragraph, below: int) -> bool:
    """A heading has something below it; a numbered line without is an item."""
    return paragraph.rank <= TITLE or (_is_short(paragraph.text) and below > paragraph.rank)


def _is_short(text: str) -> bool:
    """A single clause, as headings are."""
    return len(text) <= _LONGEST_HEADING and not _SEVERAL.search(text.rstrip("。：: "))
