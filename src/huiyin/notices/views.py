"""The bell, the notices behind it, and where else a person wants to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyin.notices import domain
from huiyin.notices.forms import PreferenceForm, said_so_far
from huiyin.notices.models import Notice, Preference
from huiyin.notices.queries import latest, unread_count
from huiyin.people.access import account_of, staff


@never_cache
@staff()
def listed(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    rows, more = latest(account_of(request), before=int(before) if before.isdecimal() else None)
    return render(request, "notices/list.html", {"notices": rows, "older": rows[-1].pk if more else None})


@never_cache
@staff()
def bell(request: HttpRequest) -> HttpResponse:
    """The fragment that the header asks for again each minute."""
    return render(request, "notices/_bell.html", {"unread": unread_count(account_of(request))})


@never_cache
@require_POST
@staff()
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one notice and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, account=account_of(request))
    domain.read(account_of(request), ids=[notice.pk])
    return redirect(notice.url)


@never_cache
@require_POST
@staff()
def all_read(request: HttpRequest) -> HttpResponse:
    domain.read(account_of(request))
    return redirect("notices:list")


@sensitive_post_parameters("addresses")
@never_cache
@staff()
def settings_of(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    preference = Preference.objects.filter(pk=account.pk).first() or Preference(account=account)
    form = PreferenceForm(request.POST or None, initial=said_so_far(preference))
    if request.method == "POST" and form.is_valid():
        domain.prefer(account, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form}, status=422 if form.errors else 200)
