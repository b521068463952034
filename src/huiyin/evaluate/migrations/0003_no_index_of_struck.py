from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('evaluate', '0002_links_reasons_second_calls'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='recurrencehint',
            name='evaluate_recurs_struck',
        ),
    ]
