from typing import Annotated, Any, Literal

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from pydantic import AwareDatetime, Base64Bytes, Field, ValidationInfo, field_validator

from huiyin.cases import codes
from huiyin.cases.attachments import MOST_PICTURES
from huiyin.cases.models import Case
from huiyin.cases.queries import late_at, search
from huiyin.kernel.fields import FIELDS
from huiyin.people.queries import areas_within

Kind = Literal["", "consult", "help", "complaint", "report", "suggestion"]

# A form reads one value of these; of several it would keep the last.
_ONE_VALUE = frozenset({"text", "long", "choice", "bool", "datetime", "date", "unit", "category", "area"})


class NewCase(Schema):
    """One request as a program hands it in. `lat` and `lon` are WGS-84 degrees; `area` and `category` are codes."""

    text: Annotated[str, Field(min_length=2, max_length=5000)]
    title: Annotated[str, Field(max_length=120)] = ""
    kind: Kind = ""
    category: str | None = None
    area: str | None = None
    place: Annotated[str, Field(max_length=120)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    lat: Annotated[float | None, Field(ge=-90, le=90)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180)] = None
    person: Annotated[str, Field(max_length=40)] = ""
    phone: Annotated[str, Field(max_length=20, pattern=r"^[0-9+\- ]*$")] = ""
    confidential: bool = False

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: object) -> object:
        if isinstance(value, str) and "\x00" in value:
            raise ValueError("The text holds a NUL character; remove it.")
        return value

    @field_validator("text")
    @classmethod
    def says_something(cls, value: str) -> str:
        if sum(map(str.isalnum, value)) < 2:  # noqa: PLR2004 as the field's own least length
            raise ValueError("The text says nothing; write what is the matter.")
        return value

    @field_validator("category", "area")
    @classmethod
    def known(cls, value: str | None, info: ValidationInfo) -> str | None:
        table = codes.categories() if info.field_name == "category" else codes.areas()
        if value is not None and not table.knows(value):
            raise ValueError(f"There is no {info.field_name} {value} in this district.")
        return value


class CaseFilters(Schema):
    """All optional; together they narrow. `state` takes several, by comma; `category` a code or its first part.

    `since` and `until` are times with a zone, on receipt; `cursor` comes from a page.
    """

    state: str = ""
    unit: str = ""
    area: str = ""
    category: str = ""
    q: str = ""
    late: bool = False
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    cursor: str = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @property
    def order(self) -> tuple[str, ...]:
        """Late ones longest overdue first; everything else newest first."""
        return ("due_at", "id") if self.late else ("-id",)

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        wanted = {
            "state__in": self.state.split(",") if self.state else None,
            "lead_id": self._lead_id() if self.unit else None,
            "category__code__startswith": self.category or None,
            "created_at__gte": self.since,
            "created_at__lt": self.until,
        }
        cases = cases.filter(**{name: value for name, value in wanted.items() if value is not None})
        if self.area:
            cases = cases.filter(area_id__in=areas_within(self.area))
        if self.late:
            cases = cases.filter(late_at(timezone.now()))
        return search(cases, self.q) if self.q else cases

    def _lead_id(self) -> int:
        return codes.units().id(self.unit) if codes.units().knows(self.unit) else -1


class Opened(Schema):
    number: str
    secret: str


class MoveIn(Schema):
    """A move of the table. `seq`, when given, must be the version the caller has seen.

    `pictures`: files (JPEG, PNG, WebP) in base64, for moves that record attachments.
    """

    kind: str
    seq: int | None = None
    record: dict[str, Any] = {}
    pictures: Annotated[list[Base64Bytes], Field(max_length=MOST_PICTURES)] = []

    @field_validator("record")
    @classmethod
    def _plain(cls, record: dict[str, Any]) -> dict[str, Any]:
        """An object, or several values for a text, would be written down as something that nobody said."""
        for name, value in record.items():
            widget = FIELDS[name].widget if name in FIELDS else ""
            if isinstance(value, dict) or (isinstance(value, list) and widget in _ONE_VALUE):
                raise ValueError(f"“{name}” takes one value: text, a number, true or false.")
        return record

    def as_form(self, seq: int) -> MultiValueDict[str, str]:
        """The record as a browser would send it, so that one form checks both."""
        given = {name: value for name, value in self.record.items() if value is not None}
        lists = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
        sent = {name: [str(item) for item in items] for name, items in lists.items()}
        return MultiValueDict({**sent, "seq": [str(seq if self.seq is None else self.seq)]})

    def as_files(self) -> MultiValueDict[str, Any]:
        """The pictures as a browser would upload them."""
        return MultiValueDict({"attachments": [ContentFile(picture, name="picture") for picture in self.pictures]})


class Texts(Schema):
    texts: Annotated[list[Annotated[str, Field(max_length=5000)]], Field(min_length=1, max_length=1000)]


class Problem(Schema):
    code: str
    message: str
