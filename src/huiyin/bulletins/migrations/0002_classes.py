"""The four emergency-sensitive classes of domain.md 11.1; a page changes them."""

from datetime import date

from django.db import migrations

CLASSES = (("供暖", "供暖"), ("扬言", "扬言"), ("消防安全", "消防"), ("供水", "供水 停水 水质"))


def add(apps, schema_editor):
    sensitive = apps.get_model("bulletins", "Sensitive")
    for order, (name, words) in enumerate(CLASSES, 1):
        sensitive.objects.create(name=name, words=words, order=order, valid_from=date(2000, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
