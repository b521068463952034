"""The months, a new one, and the workspace of one: who speaks, 26 cards, the steps to the meeting."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.monthly import domain, domain_demands, queries
from huiyin.monthly.forms import PlanForm, SpeakersForm, TopicForm, usual_day, usual_month
from huiyin.monthly.forms_card import whole
from huiyin.monthly.models import Review, Topic
from huiyin.monthly.shown import Pages, repeated
from huiyin.people.access import account_of, staff
from huiyin.review import beside, cells, periods
from huiyin.review.queries import walls

if TYPE_CHECKING:
    from django.forms import Form

RINGS = 8
GONE_ON = 409


def review_of(period: str) -> Review:
    return get_object_or_404(Review.objects.select_related("freeze__by", "book"), label=period)


@never_cache
@require_safe
@staff(*queries.READS, Role.LEADER)
def months(request: HttpRequest) -> HttpResponse:
    """All reviews for those who prepare and read them; for a leader the signed cards of its own units."""
    account = account_of(request)
    reads = account.has_role(*queries.READS)
    context = {
        "reviews": [(one, periods.said(beside.period_of(one.freeze))) for one in queries.reviews()] if reads else [],
        "own": [(card, periods.said(beside.period_of(card.review.freeze))) for card in queries.own_cards(account)],
        "reads": reads,
        "prepares": account.has_role(*queries.PREPARES),
    }
    return render(request, "monthly/months.html", context)


@never_cache
@staff(*queries.PREPARES)
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, PlanForm(initial={"period": usual_month(), "held_on": usual_day()}))
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    period = form.chosen
    title = form.cleaned_data["title"].strip() or _("Monthly review, %(month)s") % {"month": _month(period.label)}
    try:
        review = domain.plan(period, title=title, held_on=form.cleaned_data["held_on"], by=account_of(request))
    except domain.Empty:
        form.add_error("period", _("Nothing was received or closed in this month: choose another one."))
    except domain.Late:
        form.add_error("period", _("This month has its review already: open it from the list."))
    else:
        messages.success(request, _("The month is frozen, the cards are drafted: look through them and sign."))
        return redirect("monthly:review", review.label)
    return _ask(request, form)


def _month(label: str) -> str:
    return label.removeprefix("assess:")


def _ask(request: HttpRequest, form: "Form") -> HttpResponse:
    return render(request, "monthly/new.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@staff(*queries.READS)
def review(request: HttpRequest, period: str) -> HttpResponse:
    """Everything from the cards as they were drafted: nothing is counted anew."""
    found = review_of(period)
    pages, cards = Pages.of(found), queries.cards(found)
    turns = {one.unit_id: at for at, one in enumerate(queries.speakers(found), 1)}
    rings = walls([card.unit for card in cards], RINGS)
    spoken = sorted((card for card in cards if card.unit_id in turns), key=lambda card: turns[card.unit_id])
    context = {
        "review": found,
        "period": periods.said(pages.period),
        "cards": [(card, turns.get(card.unit_id), rings[card.unit_id], pages.parts(card)) for card in cards],
        "speakers": [(card, pages.reasons(card)) for card in spoken],
        "signed": sum(bool(card.standing) for card in cards),  # type: ignore[attr-defined]  # prefetched to it
        "unsigned": [card for card in spoken if not card.standing],  # type: ignore[attr-defined]
        "repeated": repeated(pages),
        "left_out": [(one, _received(pages, one["code"])) for one in found.left_out],
        "earlier": pages.earlier,
        "settled": queries.settled(pages.earlier),
        "demands": queries.settled(found),
        "prepares": account_of(request).has_role(*queries.PREPARES),
    }
    return render(request, "monthly/review.html", context)


def _received(pages: Pages, code: str) -> str:
    """Where a unit's cases of the frozen month are listed."""
    return cells.address("received", "all", pages.period, by="unit", code=code, frozen=pages.review.freeze)


@never_cache
@staff(*queries.PREPARES)
def speakers(request: HttpRequest, period: str) -> HttpResponse:
    found = review_of(period)
    cards, pages = queries.cards(found), Pages.of(found)
    turns = {f"unit{one.unit_id}": at for at, one in enumerate(queries.speakers(found), 1)}
    form = SpeakersForm(cards, request.POST if request.method == "POST" else None, initial=turns)
    if form.is_valid():
        try:
            domain.set_speakers(found, form.units)
        except domain.Late:
            messages.warning(request, _("The meeting has been held: who spoke stands."))
        else:
            messages.success(request, _("Saved."))
        return redirect("monthly:review", period)
    rows = [(form[f"unit{card.unit_id}"], card, pages.reasons(card)) for card in cards]
    context = {"review": found, "form": form, "rows": rows}
    return render(request, "monthly/speakers.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@staff(*queries.PREPARES)
def step(request: HttpRequest, period: str, name: str) -> HttpResponse:
    """`ready`: the cards are signed; `held`: the demands go out."""
    found, act = review_of(period), _STEPS.get(name)
    if act is None:
        raise Http404
    try:
        words = act(found)
    except domain.Late:
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
    except (ValueError, Refused) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("monthly:review", period)


def _ready(review: Review) -> str:
    missing = ", ".join(str(card) for card in domain.unsigned_speakers(review))
    if missing:
        raise ValueError(_("Not signed yet: %(units)s. Sign these cards first.") % {"units": missing})
    domain.release(review)
    return _("Ready for the meeting: the cards can be shown.")


def _held(review: Review) -> str:
    sent = domain_demands.hold(review)
    return _("The meeting is held; %(sent)s demands are with their owners.") % {"sent": sent}


_STEPS = {"ready": _ready, "held": _held}


@never_cache
@staff(*queries.PREPARES)
def topics(request: HttpRequest) -> HttpResponse:
    """The catalogue of what shortfalls are about; a name that is no longer offered stays on old cards."""
    row = Topic.objects.filter(pk=whole(request.POST.get("topic", "")) or 0).first()
    form = TopicForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("monthly:topics")
    context = {"form": form if not row else TopicForm(), "wrong": form if row else None, "topics": Topic.objects.all()}
    return render(request, "monthly/topics.html", context, status=422 if form.is_bound else 200)
