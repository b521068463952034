import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_claims_and_callbacks"),
        ("evaluate", "0001_recurrence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Amount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until (not including)")),
                ("name", models.CharField(max_length=40)),
                ("amount", models.PositiveIntegerField()),
                ("basis", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "evaluation rule",
                "verbose_name_plural": "evaluation rules",
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until (not including)")),
                ("code", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=300)),
                ("evidence", models.CharField(max_length=200, verbose_name="evidence needed")),
                ("evidence_en", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "reason for exclusion",
                "verbose_name_plural": "reasons for exclusion",
            },
        ),
        migrations.CreateModel(
            name="Script",
            fields=[
                ("language", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("lines", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("means", models.CharField(choices=[("sms", "Text message"), ("qr", "QR code")], max_length=4)),
                ("closed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="drawn for")),
                ("first_solved", models.BooleanField()),
                (
                    "first_satisfaction",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basic", "Basically satisfied"),
                            ("dissatisfied", "Not satisfied"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("solved", models.BooleanField(null=True)),
                (
                    "satisfaction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basic", "Basically satisfied"),
                            ("dissatisfied", "Not satisfied"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="second_calls", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["next_at", "id"],
                        name="evaluate_second_due",
                    ),
                    models.Index(fields=["day"], name="evaluate_second_day"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "day"), name="evaluate_second_once")],
            },
        ),
    ]
