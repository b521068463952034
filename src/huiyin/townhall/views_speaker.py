"""The speaker's sheet: what the residents say, in numbers that open; and the list behind its opinions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases import codes
from huiyin.cases.labels import english
from huiyin.people.access import account_of, staff
from huiyin.townhall import queries, queries_speaker, queries_topics, spoken
from huiyin.townhall.models import Meeting

_LISTED = 500


def _run(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(queries.run_by(account_of(request)).select_related("unit"), code=code)


@never_cache
@staff(*queries.RUN)
@require_safe
def speaker(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _run(request, code)
    heard = queries_speaker.heard(meeting, account_of(request))
    context = {
        "meeting": meeting,
        "heard": heard,
        "days": queries_speaker.DAYS,
        "topics": queries_topics.topics(heard.opinions, heard.cases, meeting.venue),
        "newest": queries_topics.NEWEST,
        "account": spoken.read_over(meeting.account),
    }
    return render(request, "townhall/speaker.html", context)


@never_cache
@staff(*queries.RUN)
@require_safe
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    """The opinions behind a number of the sheet: those of `?category=`, or all."""
    meeting, asked = _run(request, code), request.GET.get("category", "")
    found = queries_speaker.of_group(queries_speaker.heard(meeting, account_of(request)).opinions, asked)
    context = {
        "meeting": meeting,
        "name": codes.categories().names(english=english()).get(asked, ""),
        "none": asked == queries_speaker.NO_GROUP,
        "count": len(found),
        "opinions": found[:_LISTED],
        "listed": _LISTED,
    }
    return render(request, "townhall/heard.html", context)
