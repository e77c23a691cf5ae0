"""The way in for people at an institution: find what they may see, call the operation, render."""

from radrum.collaborations.views.after import decide_plan, move_plan, review_plan
from radrum.collaborations.views.assess import assess_group, assess_plan, choose_instrument
from radrum.collaborations.views.plans import (
    ask_desk,
    describe_plan,
    hand_in_plan,
    new_plan,
    pass_on_plan,
    plan_page,
    plans,
    prepare_plan,
)
from radrum.collaborations.views.share import share_plan, shared_copy, shared_with_us, withdraw_share
from radrum.collaborations.views.steering import lift_plan, steer_plan

__all__ = [
    "ask_desk",
    "assess_group",
    "assess_plan",
    "choose_instrument",
    "decide_plan",
    "describe_plan",
    "hand_in_plan",
    "lift_plan",
    "move_plan",
    "new_plan",
    "pass_on_plan",
    "plan_page",
    "plans",
    "prepare_plan",
    "review_plan",
    "share_plan",
    "shared_copy",
    "shared_with_us",
    "steer_plan",
    "withdraw_share",
]
