"""Answers of the table, as messages in the reader's language."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiyin.cases import labels
from huiyin.kernel.moves import Refused


def say(request: HttpRequest, refused: Refused) -> None:
    messages.warning(request, labels.say(refused))


def faster(request: HttpRequest) -> None:
    messages.warning(
        request,
        _("Somebody was faster: this is how it stands now. What you typed is still here; look and decide again."),
    )
