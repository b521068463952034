from django.urls import path

from huiyin.review import views, views_public

app_name = "review"
urlpatterns = [
    path("", views_public.front, name="front"),
    path("cases-open/", views_public.public_list, name="public_list"),
    path("home/", views.home, name="home"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("rates/", views.rates, name="rates"),
    path("rates/export.<str:form>", views.export, name="export"),
    path("figures/<str:name>/", views.figure, name="figure"),
]
