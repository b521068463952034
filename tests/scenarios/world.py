"""What a scenario acts on: cases by nickname, people of the district at their real doors, and the last answer."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.test import Client
from PIL import Image
from tests.district import TEXT, account
from tests.roads import OUTSIDE

from huiyin.cases.domain import act_as
from huiyin.cases.draft import Actor
from huiyin.cases.models import Case, Event
from huiyin.cases.recording import step
from huiyin.collect.domain import Message, receive
from huiyin.kernel.moves import MOVES, NEW, Refused
from huiyin.kernel.roles import Role
from huiyin.people.models import Membership, Unit

# What the resident's own page takes; anything else a resident would try has no door at all.
_AT_THE_PAGE = ("supplement", "urge", "withdraw", "evaluate")
HIDDEN = "hidden"


@dataclass(frozen=True)
class Answer:
    """`code` is empty when it was done, else why not: role, state, guard, needs…, `hidden` for a case not to be seen."""

    code: str = ""
    message: str = ""


@dataclass
class World:
    cases: dict[str, Case] = field(default_factory=dict)
    answer: Answer = Answer()
    due_before: datetime | None = None
    seq_before: int = 0
    current: str = ""

    def take(self, case: Case, name: str = "") -> Case:
        """This case is the one talked about from here on."""
        self.current = name or case.number
        self.cases[self.current] = case
        self.due_before, self.seq_before = case.due_at, case.seq
        return case

    @property
    def case(self) -> Case:
        case = self.cases[self.current]
        case.refresh_from_db()
        return case

    def kinds(self) -> list[str]:
        return list(Event.objects.filter(case=self.case).order_by("seq").values_list("kind", flat=True))

    def passed(self) -> set[str]:
        """Every state the case has been in, also those it left at once."""
        targets = {MOVES[kind].target for kind in self.kinds()}
        return targets | {self.case.state, NEW}

    def does(self, who: str, kind: str, values: dict[str, Any], *, language: str) -> Answer:
        self.due_before, self.seq_before = self.case.due_at, self.case.seq
        door = _outside if who in OUTSIDE else _desk
        self.answer = door(self.case, who, kind, values, language)
        return self.answer

    def hands_in(self, who: str, values: dict[str, Any], *, language: str) -> Answer:
        """A new request by anybody: the one move that has no case yet."""
        message = Message(text=str(values.get("text", TEXT)), channel="web", person="张三丰", phone="13900000421")
        try:
            opened = receive(message, actor=OUTSIDE.get(who) or _in_first_role(who))
        except Refused as refused:
            self.answer = Answer(refused.code, _in(language, refused))
        else:
            self.answer = Answer()
            self.take(Case.objects.get(number=opened.number))
        return self.answer


def _in_first_role(who: str) -> Actor:
    held = account(who).memberships.select_related("unit")[0]
    return Actor(f"account:{held.account_id}", Role(held.role), held.unit.code)


def _in(language: str, refused: Refused) -> str:
    return refused.en if language == "en" else refused.zh


def _desk(case: Case, who: str, kind: str, values: dict[str, Any], language: str) -> Answer:
    """Through the API, which asks the same form as the desks, as this account of the house."""
    browser = Client(headers={"Accept-Language": language})
    browser.force_login(account(who))
    record = {name: _sent(value) for name, value in values.items() if name != "attachments"}
    body = {"kind": kind, "record": record, "pictures": [photograph()] if "attachments" in values else []}
    response = browser.post(f"/api/v1/cases/{case.number}/moves", body, content_type="application/json")
    if response.status_code == 200:
        return Answer()
    if response.status_code == 404:
        return Answer(HIDDEN)
    said = response.json()
    return Answer(said["code"], said["message"])


def photograph() -> str:
    """A picture as a program sends it."""
    made = BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(made, "JPEG")
    return b64encode(made.getvalue()).decode()


def _sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _outside(case: Case, who: str, kind: str, values: dict[str, Any], language: str) -> Answer:
    """The resident at the tracking page, the system in the house; neither has an account."""
    if who == "resident" and kind in _AT_THE_PAGE:
        return _tracked(case, kind, values)
    try:
        act_as(case=case, steps=[step(kind, values)], actor=OUTSIDE[who])
    except Refused as refused:
        return Answer(refused.code, _in(language, refused))
    return Answer()


def _tracked(case: Case, kind: str, values: dict[str, Any]) -> Answer:
    browser = Client()
    session = browser.session
    session["tracks"] = [case.number]  # as if the secret had been given
    session.save()
    sent = {name: {True: "yes", False: "no"}.get(value, value) for name, value in values.items()}
    if "reason" in sent:
        sent["text"] = sent.pop("reason")  # the page asks for words, the move calls them a reason
    status = browser.post(f"/track/{case.number}/{kind}/", sent).status_code
    return Answer() if status == 302 else Answer("state" if status == 409 else "record")


def timeline(case: Case) -> str:
    """What the resident reads on the tracking page."""
    browser = Client()
    session = browser.session
    session["tracks"] = [case.number]
    session.save()
    return str(browser.get(f"/track/{case.number}/").content.decode())


def sees(who: str, case: Case) -> bool:
    browser = Client()
    browser.force_login(account(who))
    return browser.get(case.url).status_code == 200


def page(who: str, case: Case) -> str:
    browser = Client()
    browser.force_login(account(who))
    return str(browser.get(case.url).content.decode())


def hire(name: str, like: str) -> None:
    """One more account with the role and unit of another."""
    (first,) = Membership.objects.filter(account=account(like))[:1]
    new = type(first.account).objects.create(username=f"extra{first.pk}", name=name, unit=first.unit)
    Membership.objects.create(account=new, role=first.role, unit=Unit.objects.get(pk=first.unit_id))
