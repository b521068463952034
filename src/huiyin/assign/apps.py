from django.apps import AppConfig


class AssignConfig(AppConfig):
    name = "huiyin.assign"
    label = "assign"

    def ready(self) -> None:
        from huiyin.assign.domain import suggest
        from huiyin.cases.reactions import on_opened

        on_opened(suggest)
