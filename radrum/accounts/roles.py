"""The roles a person can have, and in which kinds of organisation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an organisation is."""

    INSTITUTION = "institution", _("Higher education institution")
    FUNDER = "funder", _("Research funder")
    AGENCY = "agency", _("Agency")
    SECURITY_AGENCY = "security_agency", _("Security agency")
    COMPANY = "company", _("Company")
    NATIONAL = "national", _("The national function")
    OTHER = "other", _("Other organisation")


class Role(TextChoices):
    """What a person does for an organisation; a person may have several roles."""

    RESEARCHER = "researcher", _("researcher or teacher")
    ADVISER = "adviser", _("adviser")
    STEERING = "steering", _("member of the steering group")
    DECISION_MAKER = "decision_maker", _("decision maker")
    CONTACT_POINT = "contact_point", _("contact point")
    FUNDER_OFFICER = "funder_officer", _("funder's officer")
    DESK_OFFICER = "desk_officer", _("desk officer")
    DESK_LEAD = "desk_lead", _("desk lead")
    EDITOR = "editor", _("editor")
    AGENCY_EXPERT = "agency_expert", _("agency expert")
    COUNCIL = "council", _("council member")
    EVALUATOR = "evaluator", _("evaluator")
    ORGANISATION_ADMIN = "organisation_admin", _("organisation administrator")
    SYSTEM_ADMIN = "system_admin", _("system administrator")


_AT_HOME = frozenset({Role.RESEARCHER, Role.ADVISER, Role.STEERING, Role.DECISION_MAKER, Role.CONTACT_POINT})
_ANYWHERE = frozenset({Role.COUNCIL, Role.ORGANISATION_ADMIN})

FITTING: dict[str, frozenset[Role]] = {
    Kind.INSTITUTION: _AT_HOME | _ANYWHERE,
    Kind.COMPANY: _AT_HOME | _ANYWHERE,
    Kind.FUNDER: _AT_HOME | _ANYWHERE | {Role.FUNDER_OFFICER},
    Kind.AGENCY: _AT_HOME | _ANYWHERE | {Role.AGENCY_EXPERT},
    Kind.SECURITY_AGENCY: _AT_HOME | _ANYWHERE | {Role.AGENCY_EXPERT},
    Kind.OTHER: _AT_HOME | _ANYWHERE,
    Kind.NATIONAL: _ANYWHERE
    | {Role.DESK_OFFICER, Role.DESK_LEAD, Role.EDITOR, Role.EVALUATOR, Role.SYSTEM_ADMIN},
}

# Those who see other organisations' matters or give others access must prove it is them twice.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Role.DESK_OFFICER,
        Role.DESK_LEAD,
        Role.EDITOR,
        Role.AGENCY_EXPERT,
        Role.ORGANISATION_ADMIN,
        Role.SYSTEM_ADMIN,
    }
)
CAN_HAVE_SUBSTITUTE = frozenset({Role.CONTACT_POINT, Role.DESK_OFFICER, Role.DESK_LEAD, Role.FUNDER_OFFICER})
