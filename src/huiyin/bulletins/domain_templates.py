"""Templates that offices bring, and the classes that are reported apart: each from one day on, none edited back."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.bulletins.checking import require_sound
from huiyin.bulletins.models import Sensitive, Template
from huiyin.people.models import Account


@transaction.atomic
def upload(*, kind: str, name: str, body: bytes, valid_from: date, by: Account) -> Template:
    """The next version; the one before ends the day this one begins. Raises ValueError with a sentence."""
    require_sound(name, body)
    if valid_from < timezone.localdate():
        raise ValueError(_("A template holds from today on or later: what has been printed stays as it is."))
    before = Template.objects.select_for_update().filter(kind=kind, valid_to=None)
    for one in before:
        one.valid_to = max(valid_from, one.valid_from)
        one.save(update_fields=["valid_to"])
    digest = hashlib.sha256(body).hexdigest()
    last = Template.objects.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    made = Template(kind=kind, version=last + 1, sha256=digest, valid_from=valid_from, by=by, at=timezone.now())
    made.file.save(f"{kind}-{made.version}-{digest[:12]}.docx", ContentFile(body), save=False)
    made.save()
    return made


def back_to_the_house(*, kind: str) -> None:
    """The office's own ends today."""
    today = timezone.localdate()
    for one in Template.objects.filter(kind=kind, valid_to=None):
        one.valid_to = max(today, one.valid_from)
        one.save(update_fields=["valid_to"])


def add_class(*, name: str, words: str) -> Sensitive:
    """From today on. Raises ValueError where it is there already."""
    today = timezone.localdate()
    if Sensitive.objects.filter(name=name, valid_to=None).exists():
        raise ValueError(_("This class is there already: end it first, then add it with other words."))
    order = Sensitive.objects.aggregate(last=Max("order"))["last"] or 0
    return Sensitive.objects.create(name=name, words=" ".join(words.split()), valid_from=today, order=order + 1)


def end_class(*, sensitive: Sensitive) -> None:
    """Papers about days before today count it as before."""
    Sensitive.objects.filter(pk=sensitive.pk, valid_to=None).update(valid_to=timezone.localdate())
