from django.apps import AppConfig


class AssignConfig(AppConfig):
    name = "huiyin.assign"
    label = "assign"
