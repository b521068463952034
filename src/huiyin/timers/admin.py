"""Who is warned when, in the administration: as other rules, ended and never edited back in time."""

from django.contrib import admin

from huiyin.assign.admin import RuleAdmin
from huiyin.timers.models import WarningRule


@admin.register(WarningRule)
class WarningRuleAdmin(RuleAdmin):
    list_display = ("step", "percent", "tell", "valid_from", "valid_to")
