"""What an institution records about its collaborations, one module a step."""

from radrum.collaborations.models.plan import (
    FINAL,
    Advice,
    Answer,
    Assessment,
    Collaboration,
    Decision,
    Enquiry,
    Partner,
    Review,
    decision_in_force,
    is_closed,
    part,
    text_version,
)
from radrum.collaborations.models.steering import (
    GoalConflict,
    Position,
    Referral,
    SteeringView,
    open_referral,
)

__all__ = [
    "FINAL",
    "Advice",
    "Answer",
    "Assessment",
    "Collaboration",
    "Decision",
    "Enquiry",
    "GoalConflict",
    "Partner",
    "Position",
    "Referral",
    "Review",
    "SteeringView",
    "decision_in_force",
    "is_closed",
    "open_referral",
    "part",
    "text_version",
]
