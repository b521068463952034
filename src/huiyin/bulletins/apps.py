from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "huiyin.bulletins"
    label = "bulletins"
