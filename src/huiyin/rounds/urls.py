from django.urls import path

from huiyin.rounds import views, views_sample

app_name = "rounds"
urlpatterns = [
    path("rounds/", views_sample.sample, name="sample"),
    path("rounds/units/", views_sample.units, name="units"),
    path("rounds/units/export.csv", views_sample.export, name="export"),
    path("rounds/checks/", views.checks, name="checks"),
    path("rounds/checks/<str:number>/", views.check, name="check"),
    path("rounds/checks/<str:number>/take/", views.take, name="take"),
    path("rounds/checks/<str:number>/failed/", views.failed, name="failed"),
    path("rounds/checks/<str:number>/hand-over/", views_sample.hand_over, name="hand_over"),
    path("rounds/checks/<str:number>/pictures/<int:pk>/", views.picture, name="picture"),
]
