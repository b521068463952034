"""A reply read over before it goes out: what the reader may miss, what is officialese, what it promises and by when.

Advisory, but for what the office holds back: a remark whose code is in force keeps the reply from being sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from huiyin.answer.days import calendar
from huiyin.answer.models import HeldBack
from huiyin.cases.draft import Draft
from huiyin.cases.labels import english
from huiyin.cases.marking import Piece, cut
from huiyin.cases.models import Case, CaseText, Event
from huiyin.cases.panels import Panel
from huiyin.kernel.moves import Refused
from huiyin.language.mask import mask
from huiyin.language.remarks import Remark
from huiyin.language.reply import ReplyReview, review_reply
from huiyin.people.effective import in_force

_MOST_PROMISES: Final = 3
_LONGEST_PROMISE: Final = 120
_REQUESTS: Final = "point_unmet"  # the one remark whose place is in the request


@dataclass(frozen=True, slots=True)
class Said:
    """A remark in the reader's language, the words it is about, and whether it holds the reply back."""

    why: str
    about: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person sees of a review. `met` of `asked` points; `plainer`: (phrase, plainer wording)."""

    pieces: list[Piece]
    remarks: list[Said]
    met: int
    asked: int
    plainer: list[tuple[str, str]]
    promises: list[tuple[str, date | None]]

    @property
    def holds(self) -> bool:
        return any(remark.holds for remark in self.remarks)


def proof(case: Case, reply: str, *, on: date | None = None) -> Proof | None:
    """Of the words that everybody may read; None where there are none. `on`: the local day that promises count from."""
    reply = mask(reply).text
    if not reply.strip():
        return None
    request = _request(case.title, case.body.text)
    found = _reviewed(request, reply, on)
    held = held_back(on)
    suggestions = [suggestion for sentence in found.plainness.sentences for suggestion in sentence.suggestions]
    points = found.completeness.points
    return Proof(
        list(cut(reply, _marks(reply, found.warnings))),
        [_said(remark, request, reply, held) for remark in found.warnings],
        sum(point.met is not None for point in points),
        len(points),
        list({one.phrase: one.plainer for one in suggestions}.items()),
        [(reply[one.start : one.end], one.on) for one in found.promises],
    )


def read(values: Mapping[str, Any]) -> str:
    """What the resident will read of a reply: its words, and what was done."""
    return "\n".join(str(values[name]) for name in ("text", "action") if values.get(name))


def held_back(on: date | None = None) -> frozenset[str]:
    """The codes of the remarks that keep a reply from being sent on this day."""
    return frozenset(HeldBack.objects.filter(in_force(on or timezone.localdate())).values_list("code", flat=True))


def hold(drafts: Sequence[Draft]) -> None:
    """Reaction to moves, from whichever door. Raises `Refused` with every sentence that holds the reply back."""
    for draft in drafts:
        last = draft.entries[-1].event
        held = held_back(timezone.localdate(last.at)) if last.kind == "submit" and last.role != "system" else ()
        if not held:
            continue
        text = CaseText.objects.filter(pk=draft.id).values_list("text", flat=True).first() or ""
        found = _reviewed(_request(draft.row["title"], text), read(last.public), timezone.localdate(last.at))
        stops = list(dict.fromkeys((one.zh, one.en) for one in found.warnings if one.code in held))
        if stops:
            zh, en = "；".join(zh.rstrip("。") for zh, _en in stops), " ".join(en for _zh, en in stops)
            raise Refused("reply", f"这份答复还不能送审：{zh}。", f"This reply cannot be sent yet: {en}")


def promised(_case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """The dated promises of a reply as its event records them, in the words that everybody may read."""
    text = mask(str(values.get("text") or "")).text
    found = [one for one in _reviewed("", text).promises if one.on]
    dated = {one.on: text[one.start : one.end][:_LONGEST_PROMISE] for one in reversed(found) if one.on}
    kept = sorted(dated.items())[:_MOST_PROMISES]
    return {"promises": [{"on": day.isoformat(), "words": words} for day, words in kept]} if kept else {}


def read_over(case: Case, events: Sequence[Event]) -> Panel | None:
    """For whoever approves: the reply that waits, read over."""
    if case.state != "to_review":
        return None
    event = next((event for event in reversed(events) if event.kind == "submit"), None)
    found = proof(case, read(event.public), on=timezone.localdate(event.at)) if event else None
    return Panel("answer/_proof_panel.html", {"proof": found}) if found else None


def _request(title: str, text: str) -> str:
    return f"{title}\n{text}"


def _reviewed(request: str, reply: str, on: date | None = None) -> ReplyReview:
    return review_reply(request, reply, at=on or timezone.localdate(), is_workday=calendar().is_workday)


def _said(remark: Remark, request: str, reply: str, held: frozenset[str]) -> Said:
    source = request if remark.code == _REQUESTS else reply
    about = source[remark.start : remark.end]
    whole = remark.code != _REQUESTS and len(about) == len(reply)
    return Said(_words(remark), "" if whole else about, remark.code in held)


def _words(remark: Remark) -> str:
    return remark.en if english() else remark.zh


def _marks(reply: str, remarks: Iterable[Remark]) -> Iterator[tuple[int, int, str]]:
    """Those on the whole of the reply or on the request mark nothing in it."""
    for one in remarks:
        if one.code != _REQUESTS and one.end - one.start < len(reply):
            yield one.start, one.end, _words(one)
