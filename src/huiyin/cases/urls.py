from django.urls import path

from huiyin.cases import views, views_saved, views_search

app_name = "cases"
urlpatterns = [
    path("", views_search.search, name="search"),
    path("export/", views_search.export, name="export"),
    path("gist/", views_search.told, name="gist"),
    path("filters/", views_saved.keep, name="keep_filter"),
    path("filters/<int:pk>/rename/", views_saved.rename, name="rename_filter"),
    path("filters/<int:pk>/delete/", views_saved.delete, name="delete_filter"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/move/<slug:kind>/", views.move, name="move"),
    path("<str:number>/unmask/", views.reveal, name="unmask"),
    path("<str:number>/attachments/<int:pk>/", views.attachment, name="attachment"),
]
