from django.contrib.auth.views import LogoutView
from django.urls import path

from huiyin.people import views

app_name = "people"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("me/", views.me, name="me"),
]
