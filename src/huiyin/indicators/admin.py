"""Which indicators there are; their rules, targets and values are kept by the pages, version by version."""

from django.contrib import admin

from huiyin.indicators.models import Indicator


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    list_display = ("code", "name", "kind", "cycle", "better", "source")
    list_filter = ("kind",)
    search_fields = ("code", "name", "source")
