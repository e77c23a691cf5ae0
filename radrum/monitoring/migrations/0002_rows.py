from django.db import migrations

from radrum.core.rows import Protect, protect_history

EDITS = "app_kind() = 'national' AND app_has('editor')"

# What has been told is public and is taken away by saying so, never by removing the row.
NEVER, AGAIN = "REVOKE DELETE ON monitoring_news FROM radrum_app", "GRANT DELETE ON monitoring_news TO radrum_app"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("core", "0002_rows")]

    operations = [
        Protect("monitoring_source", see=EDITS),
        Protect("monitoring_item", see=EDITS),
        *protect_history("monitoring_item", see=EDITS),
        migrations.RunSQL(NEVER, AGAIN),
    ]
