"""The way in for people at an institution: find what they may see, call the operation, render."""

from radrum.collaborations.views.after import decide_plan, move_plan, review_plan
from radrum.collaborations.views.agreements import (
    agreements,
    export_list,
    import_list,
    plan_agreement,
    template,
)
from radrum.collaborations.views.assess import assess_group, assess_plan, choose_instrument
from radrum.collaborations.views.partners import (
    compare_partner,
    judge_partner_hit,
    partner_page,
    read_list_alert,
    who_is_meant,
)
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
from radrum.collaborations.views.record import plan_record
from radrum.collaborations.views.share import share_plan, shared_copy, shared_with_us, withdraw_share
from radrum.collaborations.views.steering import lift_plan, steer_plan

__all__ = [
    "agreements",
    "ask_desk",
    "assess_group",
    "assess_plan",
    "choose_instrument",
    "compare_partner",
    "decide_plan",
    "describe_plan",
    "export_list",
    "hand_in_plan",
    "import_list",
    "judge_partner_hit",
    "lift_plan",
    "move_plan",
    "new_plan",
    "partner_page",
    "pass_on_plan",
    "plan_agreement",
    "plan_page",
    "plan_record",
    "plans",
    "prepare_plan",
    "read_list_alert",
    "review_plan",
    "share_plan",
    "shared_copy",
    "shared_with_us",
    "steer_plan",
    "template",
    "who_is_meant",
    "withdraw_share",
]
