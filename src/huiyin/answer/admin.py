from django.contrib import admin

from huiyin.answer.models import ReplyTemplate


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The district's templates have no unit; a unit's are kept by its leader."""

    list_display = ("name", "unit", "valid_from", "valid_to")
    list_filter = ("unit",)
    search_fields = ("name", "text")
    list_select_related = ("unit",)
