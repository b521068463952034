from django.apps import AppConfig


class AlikeConfig(AppConfig):
    name = "huiyin.alike"
    label = "alike"
