import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_cover'),
        ('timers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='timer',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.RemoveConstraint(
            model_name='timer',
            name='timers_once',
        ),
        migrations.AddConstraint(
            model_name='timer',
            constraint=models.UniqueConstraint(fields=('case', 'step', 'seq', 'unit'), name='timers_once', nulls_distinct=False),
        ),
    ]
