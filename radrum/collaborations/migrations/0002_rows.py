from django.db import migrations

from radrum.core.rows import Protect, protect_history

READERS = "app_has('adviser', 'steering', 'decision_maker', 'contact_point')"
PLAN = f"organisation_id = app_organisation() AND (owner_id = app_person() OR (handed_in_at IS NOT NULL AND {READERS}))"
OF_PLAN = "EXISTS (SELECT 1 FROM collaborations_collaboration p WHERE p.id = collaboration_id)"
OF_ASSESSMENT = "EXISTS (SELECT 1 FROM collaborations_assessment a WHERE a.id = assessment_id)"
TEXTS = ("partner", "assessment")  # can be changed while the plan is open
# What has been said stands: it is added by whoever has the role, and never changed.
SAID = {
    "advice": f"app_has('adviser') AND {OF_PLAN}",
    "enquiry": f"app_has('contact_point') AND {OF_PLAN}",
    "decision": f"app_has('decision_maker') AND {OF_PLAN}",
    "review": OF_PLAN,
}


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0001_initial"), ("core", "0002_rows"), ("cases", "0002_rows")]

    operations = [
        Protect("collaborations_collaboration", see=PLAN),
        Protect("collaborations_partner", see=OF_PLAN, remove=OF_PLAN),
        Protect("collaborations_assessment", see=OF_PLAN),
        *(Protect(f"collaborations_{name}", see=OF_PLAN, add=add, change="false") for name, add in SAID.items()),
        Protect("collaborations_answer", see=OF_ASSESSMENT),
        *protect_history("collaborations_collaboration", see=PLAN),
        *(each for name in TEXTS for each in protect_history(f"collaborations_{name}", see=OF_PLAN)),
        *(each for name, add in SAID.items() for each in protect_history(f"collaborations_{name}", see=OF_PLAN, add=add)),
        *protect_history("collaborations_answer", see=OF_ASSESSMENT),
    ]
