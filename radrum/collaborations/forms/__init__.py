"""Forms of the steps at home. Each keeps what is typed (`accounts/keep.py`)."""

from radrum.collaborations.forms.after import DecideForm, FollowUpsForm, ReviewForm
from radrum.collaborations.forms.agreements import AgreementsForm
from radrum.collaborations.forms.plans import (
    AdviceForm,
    AskForm,
    AssessForm,
    HandInForm,
    PassOnForm,
    PlanForm,
)
from radrum.collaborations.forms.share import ShareForm, WithdrawShareForm
from radrum.collaborations.forms.steering import LiftForm, SteerForm

__all__ = [
    "AdviceForm",
    "AgreementsForm",
    "AskForm",
    "AssessForm",
    "DecideForm",
    "FollowUpsForm",
    "HandInForm",
    "LiftForm",
    "PassOnForm",
    "PlanForm",
    "ReviewForm",
    "ShareForm",
    "SteerForm",
    "WithdrawShareForm",
]
