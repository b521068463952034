"""Extensions and deferrals in one place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.timers.queries import waiting


@never_cache
@staff(Role.LEADER, Role.REVIEWER, Role.SUPERVISOR)
def extensions(request: HttpRequest) -> HttpResponse:
    groups = list(waiting(account_of(request), timezone.localdate()))
    return render(request, "timers/extensions.html", {"groups": groups})
