"""Who asked says whether the answer given on the spot held: on a page of its own, so that nothing typed is lost."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.townhall import domain_after
from huiyin.townhall.choices import PUBLIC
from huiyin.townhall.domain import Late
from huiyin.townhall.forms_after import JudgeForm
from huiyin.townhall.models import Judgement, Question
from huiyin.townhall.viewers import viewer_of


@never_cache
def judge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Found only by a browser that asked it, or one of those folded into it."""
    viewer = viewer_of(request)
    if viewer is None:
        raise Http404
    question = _asked(code, pk, viewer)
    form = JudgeForm(request.POST) if request.method == "POST" else JudgeForm(initial=_said(question, viewer))
    context = {"meeting": question.meeting, "question": question, "form": form}
    if not domain_after.may_be_judged(question):
        return render(request, "townhall/judge.html", context | {"over": True})
    if not form.is_valid():
        return render(request, "townhall/judge.html", context, status=422 if form.is_bound else 200)
    try:
        domain_after.judge(question, viewer, **form.cleaned_data)
    except Late:
        return render(request, "townhall/judge.html", context | {"over": True}, status=409)
    messages.success(request, _("Thank you. You may change it for thirty days after the answer."))
    return redirect("townhall:live", code)


def _asked(code: str, pk: int, viewer: UUID) -> Question:
    theirs = Q(asker=viewer) | Q(folded__asker=viewer, state__in=PUBLIC)  # somebody else's words: while all read them
    found = Question.objects.filter(theirs, meeting__code=code, pk=pk).select_related("meeting").distinct()
    return get_object_or_404(found)


def _said(question: Question, viewer: UUID) -> dict[str, str]:
    said = Judgement.objects.filter(question=question, viewer=viewer).first()
    if said is None:
        return {}
    return {"solved": "yes" if said.solved else "no", "satisfaction": said.satisfaction, "words": said.words}
