from django.urls import path

from huiyin.cases import views, views_search

app_name = "cases"
urlpatterns = [
    path("", views_search.search, name="search"),
    path("export/", views_search.export, name="export"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/move/<slug:kind>/", views.move, name="move"),
    path("<str:number>/unmask/", views.reveal, name="unmask"),
    path("<str:number>/attachments/<int:pk>/", views.attachment, name="attachment"),
]
