"""Looking partners up: their page, the comparison, who is meant, verdicts, and alerts when a list changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from radrum.accounts.web import ActorRequest, only_post
from radrum.collaborations import forms, policy, show
from radrum.collaborations.look_again import read_alert
from radrum.collaborations.models import Partner
from radrum.collaborations.screen import entry_of, identify, judge_hit, screen_partner, who_may_be_meant
from radrum.collaborations.views.step import step
from radrum.core.operation import Refused, Unseen
from radrum.screening.judge import remembered


def _partner(request: ActorRequest, pk: int, partner: int) -> Partner:
    seen = policy.visible_partners(request.actor)
    found: Partner = get_object_or_404(seen, pk=partner, collaboration_id=pk)
    return found


def partner_page(request: ActorRequest, pk: int, partner: int) -> HttpResponse:
    """Who the partner is, what the lists say and why, and what is not known."""
    found = _partner(request, pk, partner)
    shown = show.partner_page(request.actor, found)
    return render(request, "collaborations/partner.html", {**shown, "partner": shown})


@only_post
def compare_partner(request: ActorRequest, pk: int, partner: int) -> HttpResponse:
    """Compare the partner with the lists in use, now."""
    found = _partner(request, pk, partner)
    try:
        screen_partner(request.actor, found)
    except Unseen:
        raise
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(show.partner_url(found))


def who_is_meant(request: ActorRequest, pk: int, partner: int) -> HttpResponse:
    """Choose the organisation of the register, or none."""
    found = _partner(request, pk, partner)
    form = forms.WhoForm(request, f"who:{partner}", partner=found, meant=who_may_be_meant(found))
    if form.is_valid() and form.carry_out(identify, found):
        messages.success(request, _("Saved, and compared with the lists again."))
        return redirect(show.partner_url(found))
    lead = _(
        "The register knows an organisation by all its names, in many languages. All of them are compared."
    )
    return step(request, found.collaboration, form, _("Who is meant?"), lead, _("That is the one"))


def judge_partner_hit(request: ActorRequest, pk: int, partner: int, hit: int) -> HttpResponse:
    """Conclude whether the listed party is the partner, with the reason."""
    found = _partner(request, pk, partner)
    screenings = policy.visible_screenings(request.actor).filter(collaboration=found.collaboration)
    ours = screenings.filter(name=found.name, country=found.country)
    entry = next((one for each in ours for one in each.hits.all() if one.pk == hit), None)
    if entry is None:
        raise Unseen
    form = forms.VerdictForm(request, f"verdict:{hit}")
    if form.is_valid() and form.carry_out(judge_hit, found, hit=entry):
        messages.success(request, _("The verdict is saved. It holds until the entry changes."))
        return redirect(show.partner_url(found))
    earlier = remembered(request.actor, entry.screening.subject).get(entry_of(entry))
    context = {"form": form, **show.hit_page(found, entry, [earlier] if earlier else [])}
    return render(request, "collaborations/hit.html", context)


@only_post
def read_list_alert(request: ActorRequest, pk: int) -> HttpResponse:
    """Put an alert aside."""
    read_alert(request.actor, get_object_or_404(policy.visible_alerts(request.actor), pk=pk))
    return redirect("room")
