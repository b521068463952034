from django.apps import AppConfig


class AssignConfig(AppConfig):
    name = "huiyin.assign"
    label = "assign"

    def ready(self) -> None:
        from huiyin.assign.domain import due_by_rules, step_due_by_rules, suggest
        from huiyin.assign.panels import why
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_due, on_opened, on_step

        on_opened(suggest)
        on_due(due_by_rules)
        on_step(step_due_by_rules)
        on_case_page(why)
