"""The first set of prompts goes: instruments ask now. What was answered to it has moved with the answers."""

import pgtrigger.migrations
from django.db import migrations

# Backwards, the history of prompts is again added to and never changed.
NEVER = "REVOKE UPDATE, DELETE ON guidance_promptevent FROM radrum_app"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_frozen"), ("collaborations", "0008_instrument")]

    operations = [
        migrations.RunSQL("", NEVER),
        pgtrigger.migrations.RemoveTrigger(model_name="prompt", name="insert_insert"),
        pgtrigger.migrations.RemoveTrigger(model_name="prompt", name="update_update"),
        pgtrigger.migrations.RemoveTrigger(model_name="prompt", name="delete_delete"),
        migrations.RemoveField(model_name="promptevent", name="pgh_obj"),
        migrations.RemoveField(model_name="promptevent", name="aspect"),
        migrations.RemoveField(model_name="promptevent", name="edition"),
        migrations.DeleteModel(name="Prompt"),
        migrations.DeleteModel(name="PromptEvent"),
    ]
