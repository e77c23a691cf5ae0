"""Forms of the steps at home. Each keeps what is typed (`accounts/keep.py`)."""

from radrum.collaborations.forms.after import DecideForm, FollowUpsForm, ReviewForm
from radrum.collaborations.forms.agreements import AgreementsForm
from radrum.collaborations.forms.assess import AssessForm, ChooseForm, FinishForm
from radrum.collaborations.forms.partners import VerdictForm, WhoForm
from radrum.collaborations.forms.plans import (
    AdviceForm,
    AskForm,
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
    "ChooseForm",
    "DecideForm",
    "FinishForm",
    "FollowUpsForm",
    "HandInForm",
    "LiftForm",
    "PassOnForm",
    "PlanForm",
    "ReviewForm",
    "ShareForm",
    "SteerForm",
    "VerdictForm",
    "WhoForm",
    "WithdrawShareForm",
]
