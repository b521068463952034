"""The list of watched words, for the district's desk: it holds at every meeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.kernel.roles import Role
from huiyin.people.access import staff
from huiyin.townhall import domain_words
from huiyin.townhall.choices import WordUse
from huiyin.townhall.forms_words import TryForm, WordsForm
from huiyin.townhall.models import Word
from huiyin.townhall.words import found, use_of

_KEEP = (Role.SUPERVISOR, Role.DISPATCHER)


@never_cache
@staff(*_KEEP)
def words(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None, initial={"use": WordUse.HELD})
    if form.is_valid():
        try:
            fresh = domain_words.add(text=form.cleaned_data["text"], use=WordUse(form.cleaned_data["use"]))
        except domain_words.NoWord as wrong:
            said = _("“%(word)s” cannot be looked for: a word has letters or digits, at most 40 signs.")
            form.add_error("text", said % {"word": wrong})
        else:
            said = ngettext("%(count)d word is new on the list.", "%(count)d words are new on the list.", fresh)
            messages.success(request, said % {"count": fresh})
            return redirect("townhall:words")
    return _drawn(request, form=form)


@never_cache
@staff(*_KEEP)
@require_POST
def tried(request: HttpRequest) -> HttpResponse:
    """What would happen to a question; the sentence is sent, not kept, and stands in no address."""
    form = TryForm(request.POST)
    if not form.is_valid():
        return _drawn(request, trying=form)
    sentence = form.cleaned_data["sentence"]
    outcome = {"use": use_of(sentence), "words": found(sentence, Word.objects.order_by("text"))}
    return _drawn(request, trying=form, outcome=outcome)


@never_cache
@staff(*_KEEP)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    domain_words.remove(pk)
    messages.success(request, _("The word is off the list."))
    return redirect("townhall:words")


def _drawn(request: HttpRequest, **known: Any) -> HttpResponse:
    context = {"form": WordsForm(initial={"use": WordUse.HELD}), "trying": TryForm(), **known}
    context["words"] = Word.objects.order_by("use", "text")
    wrong = context["form"].errors or context["trying"].errors
    return render(request, "townhall/words.html", context, status=422 if wrong else 200)
