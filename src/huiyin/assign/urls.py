from django.urls import URLPattern

app_name = "assign"
urlpatterns: list[URLPattern] = []
