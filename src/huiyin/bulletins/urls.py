from django.urls import path

from huiyin.bulletins import views, views_paper, views_templates

app_name = "bulletins"
urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new/", views.new, name="new"),
    path("bulletins/templates/", views_templates.templates, name="templates"),
    path("bulletins/templates/fields/", views_templates.fields, name="fields"),
    path("bulletins/templates/<str:kind>/house.docx", views_templates.house, name="house"),
    path("bulletins/templates/<str:kind>/house/", views_templates.back, name="back"),
    path("bulletins/templates/<int:pk>.docx", views_templates.template, name="template"),
    path("bulletins/sensitive/", views_templates.sensitive, name="sensitive"),
    path("bulletins/sensitive/<int:pk>/end/", views_templates.end, name="end"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/save/", views.autosave, name="autosave"),
    path("bulletins/<int:pk>/sign/", views.sign, name="sign"),
    path("bulletins/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("bulletins/<int:pk>/issue/", views.issue, name="issue"),
    path("bulletins/<int:pk>/print/", views_paper.paper, name="paper"),
    path("bulletins/<int:pk>/bulletin.docx", views_paper.file, name="file"),
]
