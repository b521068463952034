"""Signing in, and what an account may set for itself."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from huiyin.people.access import account_of
from huiyin.people.forms import SignInForm

# `next` brings a person back to where an ended session left them.
sign_in = LoginView.as_view(
    template_name="people/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
)


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
