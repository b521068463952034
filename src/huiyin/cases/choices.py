from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.states import STATES


class Kind(TextChoices):
    CONSULT = "consult", _("Question")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of an offence")
    SUGGESTION = "suggestion", _("Suggestion")
    DIRECTIVE = "directive", _("Directive")


# What residents ask. A directive is the leaders' own word to a unit: no resident asked, so none is called or counted.
REQUESTS = [(kind.value, kind.label) for kind in Kind if kind != Kind.DIRECTIVE]


class Channel(TextChoices):
    PHONE = "phone", _("Phone 12345")
    WEB = "web", _("Web")
    WECHAT = "wechat", _("WeChat")
    APP = "app", _("App")
    SMS = "sms", _("Text message")
    MEETING = "meeting", _("Report meeting")
    GRID = "grid", _("Grid patrol")
    VISIT = "visit", _("Home visit")
    SECRETARY = "secretary", _("Secretary's line")
    REVIEW = "review", _("Review meeting")
    IMPORT = "import", _("Import")
    API = "api", _("API")


# By which a resident may come: nobody brings a request to a review meeting.
DOORS = [(channel.value, channel.label) for channel in Channel if channel != Channel.REVIEW]


class Urgency(TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    EMERGENCY = "emergency", _("Emergency")


class Satisfaction(TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    BASIC = "basic", _("Basically satisfied")
    DISSATISFIED = "dissatisfied", _("Not satisfied")


class Light(TextChoices):
    GREEN = "green", _("Green")
    YELLOW = "yellow", _("Yellow")
    RED = "red", _("Red")


class Purpose(TextChoices):
    """Why somebody looks at what is masked; the law asks for a stated purpose (PIPL 6)."""

    CONTACT = "contact", _("To contact the person about this case")
    VISIT = "visit", _("To visit the place")
    CALLBACK = "callback", _("To call back")
    REVIEW = "review", _("To decide an objection, exclusion or appeal")
    OTHER = "other", _("Another reason (write it down)")


STATE_CHOICES = [(state.name, state.zh) for state in STATES.values()]
