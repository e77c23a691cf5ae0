"""The way in for people at an institution: find what they may see, call the operation, render."""

from radrum.collaborations.views.after import decide_plan, move_plan, review_plan
from radrum.collaborations.views.agreements import (
    agreements,
    export_list,
    import_list,
    plan_agreement,
    template,
)
from radrum.collaborations.views.plans import (
    ask_desk,
    assess_plan,
    describe_plan,
    hand_in_plan,
    new_plan,
    pass_on_plan,
    plan_page,
    plans,
    prepare_plan,
)
from radrum.collaborations.views.record import plan_record
from radrum.collaborations.views.share import share_plan, shared_copy, shared_with_us, withdraw_share
from radrum.collaborations.views.steering import lift_plan, steer_plan

__all__ = [
    "agreements",
    "ask_desk",
    "assess_plan",
    "decide_plan",
    "describe_plan",
    "export_list",
    "hand_in_plan",
    "import_list",
    "lift_plan",
    "move_plan",
    "new_plan",
    "pass_on_plan",
    "plan_agreement",
    "plan_page",
    "plan_record",
    "plans",
    "prepare_plan",
    "review_plan",
    "share_plan",
    "shared_copy",
    "shared_with_us",
    "steer_plan",
    "template",
    "withdraw_share",
]
