from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "huiyin.cases"
    label = "cases"

    def ready(self) -> None:
        from huiyin.cases.models import Category
        from huiyin.people.kept import keep
        from huiyin.people.models import Area, Unit

        keep(Unit, Area, Category)
