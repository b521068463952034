"""Which companies there are and which estates they look after, from when to when."""

from django.contrib import admin

from huiyin.standing.models import Company, Estate


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    list_display = ("unit",)


@admin.register(Estate)
class EstateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    list_display = ("area", "company", "households", "valid_from", "valid_to")
    list_filter = ("company",)
