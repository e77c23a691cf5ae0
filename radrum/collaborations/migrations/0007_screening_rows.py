from django.db import migrations

from radrum.core.rows import Protect, protect_history

OF_PLAN = "EXISTS (SELECT 1 FROM collaborations_collaboration p WHERE p.id = collaboration_id)"
OF_SCREENING = "EXISTS (SELECT 1 FROM collaborations_screening s WHERE s.id = screening_id)"
OF_HIT = "EXISTS (SELECT 1 FROM collaborations_hit h WHERE h.id = hit_id)"
OWN = "organisation_id = app_organisation() AND person_id = app_person()"
# What was found and said stands: it is added by whoever works with the plan, and never changed.
SAID = {
    "screening": (OF_PLAN, f"{OF_PLAN} AND screened_by_id = app_person()"),
    "hit": (OF_SCREENING, OF_SCREENING),
    "partnerverdict": (OF_HIT, f"{OF_HIT} AND judged_by_id = app_person()"),
}


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0006_screening"), ("core", "0002_rows")]

    operations = [
        *(
            Protect(f"collaborations_{name}", see=see, add=add, change="false")
            for name, (see, add) in SAID.items()
        ),
        Protect("collaborations_listalert", see=OWN, add="false", change=OWN),
        *(
            each
            for name, (see, add) in SAID.items()
            for each in protect_history(f"collaborations_{name}", see=see, add=add)
        ),
        *protect_history("collaborations_listalert", see=OWN),
    ]
