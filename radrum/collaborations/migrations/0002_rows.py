from django.db import migrations

from radrum.core.rows import Protect, protect_history

READERS = "app_has('adviser', 'steering', 'decision_maker', 'contact_point')"
PLAN = f"organisation_id = app_organisation() AND (owner_id = app_person() OR (handed_in_at IS NOT NULL AND {READERS}))"
OF_PLAN = "EXISTS (SELECT 1 FROM collaborations_collaboration p WHERE p.id = collaboration_id)"
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM collaborations_assessment a WHERE a.id = assessment_id)"
PARTS = ("partner", "assessment", "advice", "enquiry", "decision", "review")


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0001_initial"), ("core", "0002_rows"), ("cases", "0002_rows")]

    operations = [
        Protect("collaborations_collaboration", see=PLAN),
        *(
            Protect(f"collaborations_{name}", see=OF_PLAN, remove=OF_PLAN if name == "partner" else "false")
            for name in PARTS
        ),
        Protect("collaborations_answer", see=OF_ASSESSMENT),
        *protect_history("collaborations_collaboration", see=PLAN),
        *(operation for name in PARTS for operation in protect_history(f"collaborations_{name}", see=OF_PLAN)),
        *protect_history("collaborations_answer", see=OF_ASSESSMENT),
    ]
