"""Signing in, and what an account may set for itself."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from huiyin.people.access import account_of
from huiyin.people.forms import SignInForm
from huiyin.people.senders import sender

WRONG_TRIES = 10
_FORGET_SECONDS = 600


class SignIn(LoginView):
    """Ten wrong passwords for a name from one sender, and both wait ten minutes (counted in each web process)."""

    template_name = "people/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if cache.get(self._key(), 0) >= WRONG_TRIES:
            messages.error(request, _("Too many wrong passwords. Wait ten minutes, then try again."))
            return redirect("people:login")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if not cache.add(self._key(), 1, _FORGET_SECONDS):
            cache.incr(self._key())
        return super().form_invalid(form)

    def _key(self) -> str:
        name = self.request.POST.get("username", "")
        return "signin:" + hashlib.sha256(f"{sender(self.request)} {name}".encode()).hexdigest()


# `next` brings a person back to where an ended session left them.
sign_in = SignIn.as_view()


@sensitive_post_parameters()
@never_cache
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Language, theme, and a new password."""
    form = PasswordChangeForm(account_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your new password holds from now on. Other devices are signed out."))
        return redirect("people:me")
    return render(request, "people/me.html", {"form": form}, status=422 if form.errors else 200)
