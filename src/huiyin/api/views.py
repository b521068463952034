"""REST over the same verbs as the desks: the table, rights and masks hold here too."""

from typing import Any

import orjson
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from ninja import NinjaAPI, Query, Status
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from huiyin import __version__
from huiyin.api import shapes
from huiyin.api.auth import STAFF
from huiyin.api.schemas import CaseFilters, MoveIn, NewCase, Opened, Problem, Texts
from huiyin.assign import triage
from huiyin.cases.forms import asked, move_form
from huiyin.cases.models import Case
from huiyin.cases.moving import perform
from huiyin.cases.paging import paged
from huiyin.cases.queries import scopes, visible_one, visible_to
from huiyin.cases.store import Conflict
from huiyin.collect import domain as collect
from huiyin.collect.senders import may_send
from huiyin.kernel.moves import MOVES, Refused, move_of

POINTS = 4000


class Json(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 ninja's signature
        return orjson.dumps(data)


class Strict(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


api = NinjaAPI(
    title="Huiyin", version=__version__, renderer=Json(), parser=Strict(), urls_namespace="api", docs_url=None
)


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, refused: Refused) -> Any:
    message = refused.en if (get_language() or "").startswith("en") else refused.zh
    return api.create_response(request, {"code": refused.code, "message": message}, status=409)


@api.exception_handler(Conflict)
def on_conflict(request: HttpRequest, _conflict: Conflict) -> Any:
    return api.create_response(
        request, {"code": "conflict", "message": "Somebody moved this case just now. Read it again."}, status=409
    )


@api.post("/cases", response={201: Opened, 400: Problem, 429: Problem}, auth=None)
def create_case(request: HttpRequest, case: NewCase) -> Any:
    """Hand in a request. The secret opens its page and is shown only here. So many an hour and sender as the form."""
    if not may_send(request):
        message = "Too many requests from this address in one hour. Wait a while, or call 12345."
        return Status(429, {"code": "rate", "message": message})
    opened = collect.receive(collect.Message(channel="api", **case.dict()))
    return Status(201, {"number": opened.number, "secret": opened.secret})


@api.get("/cases", auth=STAFF)
def list_cases(request: HttpRequest, filters: Query[CaseFilters]) -> Any:
    """Newest first, or longest overdue first with `late`; `next` continues where this page ends."""
    parts = (filters.narrow(scope) for scope in scopes(request.user))  # type: ignore[arg-type]
    page = paged(*parts, order=filters.order, cursor=filters.cursor, size=filters.limit)
    return {"cases": [shapes.brief(case) for case in page.rows], "next": page.next or None}


@api.get("/cases/points", auth=STAFF)
def list_points(request: HttpRequest, filters: Query[CaseFilters]) -> Any:
    """The newest 4,000 places as GeoJSON, rounded to about 100 m."""
    cases = filters.narrow(visible_to(request.user)).filter(lat_e3__isnull=False)  # type: ignore[arg-type]
    rows = cases.order_by("-pk").values_list("number", "state", "category_id", "lat_e3", "lon_e3")[:POINTS]
    return {"type": "FeatureCollection", "features": [shapes.point(*row) for row in rows]}


@api.get("/cases/{number}", auth=STAFF)
def read_case(request: HttpRequest, number: str) -> Any:
    """One case with its events, masked."""
    case: Case = get_object_or_404(visible_one(request.user).select_related("body"), number=number)  # type: ignore[arg-type]
    return shapes.full(case, case.events.order_by("seq").values_list(*shapes.EVENT))


@api.post("/cases/{number}/moves", response={200: dict, 404: Problem, 409: Problem, 422: Problem}, auth=STAFF)
def move_case(request: HttpRequest, number: str, move: MoveIn) -> Any:
    """Make one move of the table, with the same form and checks as the desks; `/moves` lists what may be recorded."""
    case: Case = get_object_or_404(visible_one(request.user), number=number)  # type: ignore[arg-type]
    if move.kind not in MOVES:
        return Status(404, {"code": "move", "message": f"There is no move {move.kind}; GET /api/v1/moves lists them."})
    row = move_of(move.kind, case.kind)
    if unknown := move.record.keys() - set(asked(row)):
        return Status(422, {"code": "record", "message": f"{row.kind} does not record: {', '.join(sorted(unknown))}."})
    if move.pictures and "attachments" not in asked(row):
        return Status(422, {"code": "pictures", "message": f"{row.kind} takes no pictures; leave them out."})
    form = move_form(row, case, request.user, move.as_form(case.seq), move.as_files())  # type: ignore[arg-type]
    if not form.is_valid():
        problems = "; ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        return Status(422, {"code": "record", "message": problems})
    return shapes.brief(perform(move=row, case=case, account=request.user, form=form))  # type: ignore[arg-type]


@api.get("/moves", auth=None)
def list_moves(request: HttpRequest) -> Any:  # noqa: ARG001
    """The move table: sources, target, roles, what must and may be recorded."""
    return [
        {"kind": move.kind, "zh": move.zh, "en": move.en, "from": move.sources, "to": move.target, "by": move.by,
         "needs": move.needs, "records": move.records}
        for move in MOVES.values()
    ]  # fmt: skip


@api.post("/triage", auth=STAFF)
def suggest(request: HttpRequest, given: Texts) -> Any:  # noqa: ARG001
    """A category for each text, with the words that speak for it."""
    return [
        {"category": guess.category, "confidence": guess.confidence, "words": guess.words, "model": guess.model}
        for guess in triage.guess(given.texts)
    ]
