"""What notices are about. A person may keep a kind from being sent; it still stands behind the bell."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final[dict[str, Promise]] = {
    "timer": _("Deadlines near or passed"),
    "case": _("A case came to me or moved"),
    "whistle": _("Whistles"),
    "extension": _("Extensions and deferrals"),
    "emergency": _("Emergencies handed off"),
    "check": _("External checks"),
    "meeting": _("Report meetings"),
    "bulletin": _("Bulletins"),
    "review": _("Rechecks, exclusions, appeals"),
}
