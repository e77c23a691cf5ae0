"""What an institution records about its collaborations, one module a step."""

from radrum.collaborations.models.agreement import Agreement
from radrum.collaborations.models.follow_up import LATE, FollowUp, Review, answered_by, planned
from radrum.collaborations.models.partners import Hit, ListAlert, PartnerVerdict, Screening
from radrum.collaborations.models.plan import (
    FINAL,
    Advice,
    Answer,
    Assessment,
    Collaboration,
    Decision,
    Enquiry,
    Partner,
    decision_in_force,
    is_closed,
    part,
    text_version,
)
from radrum.collaborations.models.share import READERS_OF, RECIPIENTS, Audience, Share, SharedCopy
from radrum.collaborations.models.steering import (
    GoalConflict,
    Position,
    Referral,
    SteeringView,
    open_referral,
)

__all__ = [
    "FINAL",
    "LATE",
    "READERS_OF",
    "RECIPIENTS",
    "Advice",
    "Agreement",
    "Answer",
    "Assessment",
    "Audience",
    "Collaboration",
    "Decision",
    "Enquiry",
    "FollowUp",
    "GoalConflict",
    "Hit",
    "ListAlert",
    "Partner",
    "PartnerVerdict",
    "Position",
    "Referral",
    "Review",
    "Screening",
    "Share",
    "SharedCopy",
    "SteeringView",
    "answered_by",
    "decision_in_force",
    "is_closed",
    "open_referral",
    "part",
    "planned",
    "text_version",
]
