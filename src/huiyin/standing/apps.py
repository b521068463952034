from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "huiyin.standing"
    label = "standing"
