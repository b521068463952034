"""People in the administration: accounts and their roles are changed here; districts come from packs."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account, Area, District, Membership, Unit

admin.site.site_header = admin.site.site_title = _("Huiyin administration")


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 1
    autocomplete_fields = ("unit",)


class NewAccountForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = Account
        fields = ("username", "name", "unit")


class FromPack(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that a pack brings and events name: details may be changed, rows neither added nor deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Account)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """An account that acted is switched off, never deleted: events name it."""

    add_form = NewAccountForm
    inlines = (MembershipInline,)
    list_display = ("username", "name", "unit", "is_active", "last_login")
    list_filter = ("memberships__role", "is_active", "unit__kind")
    search_fields = ("username", "name")
    autocomplete_fields = ("unit",)
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email", "unit")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "unit", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 Django's signature
        return False


@admin.register(Unit)
class UnitAdmin(FromPack):
    """Code and place in the tree come from the pack: events speak codes."""

    list_display = ("name", "code", "kind", "parent", "ranked", "active")
    list_filter = ("kind", "ranked", "active")
    search_fields = ("name", "name_en", "code")
    readonly_fields = ("code", "path", "parent", "kind")


@admin.register(Area)
class AreaAdmin(FromPack):
    list_display = ("name", "code", "kind", "parent", "unit", "population")
    list_filter = ("kind",)
    search_fields = ("name", "name_en", "code", "aliases")
    autocomplete_fields = ("unit",)
    readonly_fields = ("code", "kind", "parent")


@admin.register(District)
class DistrictAdmin(FromPack):
    list_display = ("name", "code", "prefix", "loaded_at")
    readonly_fields = ("code", "prefix", "fictional", "loaded_at")
