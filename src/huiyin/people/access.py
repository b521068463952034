"""Who may open a page at all. What they find there is narrowed by `cases.queries`."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from huiyin.kernel.roles import Role
from huiyin.people.models import Account

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Signed in, and in one of `roles` (none named: any role at all). Others get 403, strangers the sign-in."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            held = account_of(request).roles
            if not (held.keys() & set(roles) if roles else held):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(checked)

    return wrap


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; only behind `staff`."""
    account = request.user
    if not isinstance(account, Account):
        raise PermissionDenied
    return account
