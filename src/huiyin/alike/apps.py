from django.apps import AppConfig


class AlikeConfig(AppConfig):
    name = "huiyin.alike"
    label = "alike"

    def ready(self) -> None:
        from huiyin.alike.following import forget
        from huiyin.cases.reactions import on_written

        on_written(forget)
