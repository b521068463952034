from django.urls import path

from huiyin.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("cockpit/", views.cockpit, name="cockpit"),
    path("cockpit/now/", views.now, name="now"),
    path("cockpit/cases/<slug:name>/", views.cases, name="cases"),
]
