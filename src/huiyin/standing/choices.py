from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a score is made of (domain.md 6). The first three are counted from cases, the others brought in."""

    VOLUME = "volume", _("requests per 100 households")
    RESOLUTION = "resolution", _("solved, says the resident")
    REPEAT = "repeat", _("repeated requests")
    INSPECTION = "inspection", _("inspections")
    DUTY = "duty", _("duty checks")
    OWNERS = "owners", _("owners' rating")


# Part → the measure that opens into its cases.
COUNTED: Final = {Part.VOLUME: "received", Part.RESOLUTION: "resolution", Part.REPEAT: "repeats"}
BROUGHT: Final = (Part.INSPECTION, Part.DUTY, Part.OWNERS)
# Beside parts, a sheet may bring these two.
DEDUCTION: Final = "deduction"
VETO: Final = "veto"


class Listed(models.TextChoices):
    NONE = "none", _("on no list")
    RED = "red", _("red list")
    BLACK = "black", _("black list")


class Stage(models.TextChoices):
    COLLECT = "collect", _("Collecting")
    SCORED = "scored", _("Scored")
    PROPOSED = "proposed", _("List proposed")
    NOTICE = "notice", _("Notice and explanation")
    PUBLISHED = "published", _("Made public")


class State(models.TextChoices):
    SCORED = "scored", _("Scored")
    PROPOSED = "proposed", _("Proposed")
    NOTIFIED = "notified", _("Notified, may explain")
    EXPLAINING = "explaining", _("Explanation to be decided")
    DECIDED = "decided", _("Explanation not accepted")
    SPARED = "spared", _("Explanation accepted, not listed")
    PUBLISHED = "published", _("Made public")
    COACHING = "coaching", _("Being coached")
    RECHECK = "recheck", _("Passed the re-check")
    REMOVED = "removed", _("Taken off the list")
    EXPIRED = "expired", _("Expired")


# Where everybody may read it, as long as it has not expired.
ON_THE_LIST: Final = (State.PUBLISHED, State.COACHING, State.RECHECK)
BEFORE_NOTICE: Final = (State.SCORED, State.PROPOSED)


class Verb(models.TextChoices):
    BEGUN = "begun", _("Begun")
    BROUGHT = "brought", _("Sheet brought in")
    SCORED = "scored", _("Scored")
    PROPOSED = "proposed", _("List proposed")
    REWORDED = "reworded", _("Reasons worded")
    NOTIFIED = "notified", _("Notified")
    EXPLAINED = "explained", _("Explained")
    ACCEPTED = "accepted", _("Explanation accepted")
    REFUSED = "refused", _("Explanation not accepted")
    PUBLISHED = "published", _("Made public")
    COACHED = "coached", _("Coached")
    PASSED = "passed", _("Re-check passed")
    FAILED = "failed", _("Re-check not passed")
    REMOVED = "removed", _("Taken off the list")
    EXPIRED = "expired", _("Expired")
