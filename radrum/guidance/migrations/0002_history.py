from django.db import migrations

# The guidelines are public, and so is their history; but what has been is not rewritten by the application.
NEVER = "REVOKE UPDATE, DELETE ON guidance_editionevent, guidance_aspectevent, guidance_promptevent FROM radrum_app"
AGAIN = "GRANT UPDATE, DELETE ON guidance_editionevent, guidance_aspectevent, guidance_promptevent TO radrum_app"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial"), ("core", "0002_rows")]

    operations = [migrations.RunSQL(NEVER, AGAIN)]
