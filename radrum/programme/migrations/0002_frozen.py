from django.db import migrations

# Published figures are public, and what has been published is neither changed nor removed by the application.
TABLES = "programme_publication, programme_figure"


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial"), ("core", "0002_rows")]

    operations = [
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE ON {TABLES} FROM radrum_app",
            f"GRANT UPDATE, DELETE ON {TABLES} TO radrum_app",
        )
    ]
