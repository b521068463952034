from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "huiyin.notices"
    label = "notices"
