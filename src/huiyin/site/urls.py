"""The style guide, in DEBUG only."""

from django.conf import settings
from django.urls import path

from huiyin.site import views

urlpatterns = (
    [
        path("styleguide/", views.styleguide, name="styleguide"),
        path("styleguide/desk/", views.styleguide, {"page": "desk"}, name="styleguide_desk"),
        path("styleguide/progress/", views.progress, name="styleguide_progress"),
        path("styleguide/resident/", views.styleguide, {"page": "resident"}, name="styleguide_resident"),
    ]
    if settings.DEBUG
    else []
)
