"""For everybody: what is put to the vote, and what it came to. Every step is one form sent to the same address.

The number stands in no address and no cookie: it travels in the form from step to step, and is kept nowhere.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.collect.senders import may_send
from huiyin.polls import domain, phones, queries, results
from huiyin.polls.answers import NotCounted
from huiyin.polls.choices import Stage, Why
from huiyin.polls.exports import said_share, said_turnout
from huiyin.polls.models import MOST_OPTIONS, Poll
from huiyin.townhall.numbers import number

# A whole hall may share one address, and each voter sends two or three forms; each phone has limits of its own.
MOST_PER_HOUR: Final = 1200


def _poll(code: str) -> Poll:
    return get_object_or_404(queries.public(), code=code)


@never_cache
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """Choose, then `step=code` sends the code, then `step=vote` counts; `step=choose` goes back."""
    poll, step = _poll(code), request.POST.get("step", "")
    if request.method != "POST" or step not in _STEPS:
        return _page(request, poll)
    try:
        _require_patience(request)
        return _STEPS[step](request, poll)
    except NotCounted as answer:
        typing = step != "code" or answer.why == Why.WAIT
        return _page(request, poll, answer=answer, typing=typing and not answer.of_the_choice)


def _require_patience(request: HttpRequest) -> None:
    if not may_send(request, door="vote", most=MOST_PER_HOUR):
        raise NotCounted(Why.FLOOD)


def _send(request: HttpRequest, poll: Poll) -> HttpResponse:
    domain.choice(poll, _chosen(request))
    word = domain.send_code(poll, phone=request.POST.get("phone", ""))
    return _page(request, poll, typing=True, word=word)


def _count(request: HttpRequest, poll: Poll) -> HttpResponse:
    told = {name: request.POST.get(name, "") for name in ("phone", "code")}
    domain.vote(poll, options=_chosen(request), **told)
    messages.success(request, _("Your vote is counted. What you chose is stored without your number."))
    return redirect("polls:result", poll.code)


_STEPS: Final = {"code": _send, "vote": _count}


def _chosen(request: HttpRequest) -> list[int]:
    """Ids that were ticked; 0, which no option has, for anything else."""
    return [number(one) or 0 for one in request.POST.getlist("option")[: MOST_OPTIONS + 1]]


def _page(
    request: HttpRequest, poll: Poll, *, answer: NotCounted | None = None, typing: bool = False, word: str = ""
) -> HttpResponse:
    """As it stands now: the ballot, or where the code is `typing`, the field for it."""
    chosen, phone = set(_chosen(request)), request.POST.get("phone", "")[:40]
    fresh = _poll(poll.code)
    context: dict[str, Any] = {
        "poll": fresh,
        "open": fresh.stage == Stage.OPEN,
        "options": [(one, one.pk in chosen) for one in fresh.options.all()],
        "means": domain.means(),
        "told": queries.told(fresh),
        "phone": phone,
        "hidden": phones.hidden(phones.mobile(phone) or ""),
        "typing": typing and fresh.stage == Stage.OPEN,
        "word": word,
        "code": request.POST.get("code", "")[:6],
        "answer": answer,
    }
    return render(request, "polls/vote.html", context, status=answer.status if answer else 200)


@never_cache
@require_safe
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Bars, turnout, ties; before it may be shown, when it will be."""
    poll = _poll(code)
    context = {
        "poll": poll,
        "result": results.result(poll) if poll.result_is_open else None,
        "turnout": results.turnout(poll),
        "told": queries.told(poll),
        "said": {"turnout": said_turnout(), "share": said_share()},
    }
    return render(request, "polls/result.html", context)
