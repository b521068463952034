from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    PLAINER = "plainer", _("Plainer wording")
    SUMMARY = "summary", _("Summary")
    OPINION = "opinion", _("Second opinion")


class Outcome(TextChoices):
    SENT = "sent", _("Sent, no answer yet")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused, nothing was sent")
    TIMEOUT = "timeout", _("No answer in time")
    ERROR = "error", _("No usable answer")
