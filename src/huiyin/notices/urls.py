from django.urls import path

from huiyin.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.listed, name="list"),
    path("notices/read/", views.all_read, name="all_read"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/settings/", views.settings_of, name="settings"),
    path("notices/<int:pk>/", views.follow, name="follow"),
]
