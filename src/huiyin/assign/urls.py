from django.urls import path

from huiyin.assign import views

app_name = "assign"
urlpatterns = [
    path("assign/", views.desk, name="desk"),
    path("assign/<str:number>/", views.case, name="case"),
    path("assign/<str:number>/plan/", views.plan, name="plan"),
    path("suggest/", views.suggest, name="suggest"),
    path("catalogue/", views.catalogue, name="catalogue"),
]
