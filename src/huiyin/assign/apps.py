from django.apps import AppConfig


class AssignConfig(AppConfig):
    name = "huiyin.assign"
    label = "assign"

    def ready(self) -> None:
        from huiyin.assign.communities import keep, only_listed
        from huiyin.assign.domain import due_by_rules, step_due_by_rules, suggest
        from huiyin.assign.domain_objections import owners_of
        from huiyin.assign.panels import owners, sessions, why
        from huiyin.cases.filling import on_record
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_due, on_moved, on_opened, on_refused, on_step

        on_opened(suggest)
        on_record("redispatch", owners_of)
        on_record("rule", owners_of)
        on_moved(only_listed)
        on_refused(keep)
        on_due(due_by_rules)
        on_step(step_due_by_rules)
        on_case_page(why)
        on_case_page(owners)
        on_case_page(sessions)
