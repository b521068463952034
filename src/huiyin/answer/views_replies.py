"""Reply templates of the unit, and the preview beside its forms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.answer import replies
from huiyin.answer.ahead import SHOWN, preview
from huiyin.answer.forms import ReplyTemplateForm
from huiyin.answer.models import ReplyTemplate
from huiyin.cases.forms import move_form
from huiyin.cases.labels import say
from huiyin.cases.queries import visible_one
from huiyin.kernel.moves import MOVES, Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

for_units = staff(Role.HANDLER, Role.LEADER)


@never_cache
@for_units
def templates(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    own = replies.units_kept(account)
    form = ReplyTemplateForm(request.POST or None, units=own)
    if request.method == "POST" and form.is_valid():
        try:
            replies.keep(account=account, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            messages.success(request, _("Kept; offered from now on."))
            return redirect("answer:templates")
    context = {"form": form, "kept": replies.kept(account), "keeps": own, "placeholders": replies.PLACEHOLDERS}
    return render(request, "answer/templates.html", context, status=422 if form.errors else 200)


@require_POST
@for_units
def end_template(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        replies.end(account=account_of(request), template=get_object_or_404(ReplyTemplate, pk=pk))
    except Refused as refused:
        messages.warning(request, say(refused))
    return redirect("answer:templates")


@require_POST
@never_cache
@staff()
def ahead(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A fragment: the new date and what the resident will read, as far as the form is filled in. Writes nothing."""
    if kind not in SHOWN:
        raise Http404
    account = account_of(request)
    case = get_object_or_404(visible_one(account), number=number)
    form = move_form(MOVES[kind], case, account, request.POST)
    form.is_valid()
    return render(request, "answer/_ahead.html", preview(case, kind, form.cleaned_data | {"seq": None}))
