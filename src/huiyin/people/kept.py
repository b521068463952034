"""Small tables that every page names, kept in memory: a join for each costs more than the case itself.

Re-read when a row is not there, and otherwise at most once a minute: a new name is seen after that time at the latest.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.signals import post_delete, post_save

from huiyin.people import memory


class Kept:
    """One table's rows by id. They are shared: read them, never change them."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._rows: Mapping[Any, Model] = {}
        self._read_at = 0.0
        self.forget()
        for changed in (post_save, post_delete):
            changed.connect(self._forget, sender=model, weak=False)

    def forget(self) -> None:
        """The next look is fresh."""
        self._read_at = -float(memory.MINUTE)

    def _forget(self, **_signal: Any) -> None:
        self.forget()
        transaction.on_commit(self.forget)  # until then others read, and would keep, what was there before

    def rows(self) -> Mapping[Any, Model]:
        if memory.now() > self._read_at + memory.MINUTE:
            self.reload()
        return self._rows

    def get(self, pk: Any) -> Model | None:
        found = self.rows().get(pk)
        if found is None:
            self.reload()
            found = self._rows.get(pk)
        return found

    def reload(self) -> None:
        self._rows = {row.pk: row for row in self._model._default_manager.all()}
        self._read_at = memory.now()


@cache
def kept(model: type[Model]) -> Kept:
    return Kept(model)


class _Accessor(ForwardManyToOneDescriptor):  # type: ignore[type-arg]  # generic in the stubs alone
    """`row.lead` from memory; what is not kept (or is locked, or joined) comes as ever."""

    def get_object(self, instance: Model) -> Any:
        pk = getattr(instance, self.field.attname)
        return kept(self.field.related_model).get(pk) or super().get_object(instance)


def keep(*models: type[Model]) -> None:
    """From now on every foreign key to one of these tables is followed in memory. For `AppConfig.ready`."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model in models:
                setattr(model, field.name, _Accessor(field))
