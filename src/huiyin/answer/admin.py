from django.contrib import admin

from huiyin.answer.models import HeldBack, ReplyTemplate


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The district's templates have no unit; a unit's are kept by its leader."""

    list_display = ("name", "unit", "valid_from", "valid_to")
    list_filter = ("unit",)
    search_fields = ("name", "text")
    list_select_related = ("unit",)


@admin.register(HeldBack)
class HeldBackAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Which remarks hold a reply back, from which day."""

    list_display = ("code", "valid_from", "valid_to")
