"""The way in for people: whom one acts for, the organisation's people, invitations, and drafts."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from radrum.accounts import forms, invite, policy
from radrum.accounts.appoint import appoint, end
from radrum.accounts.keep import discard, keep, opened_for
from radrum.accounts.models import Membership, User
from radrum.accounts.substitute import end_substitution, name_substitute
from radrum.accounts.web import ActorRequest, only_post
from radrum.core.actor import SYSTEM, Actor
from radrum.core.operation import Forbidden, Refused


def _local(request: HttpRequest, fallback: str) -> str:
    """The `next` of the form, if it is an address here."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else fallback


def act(request: ActorRequest) -> HttpResponse:
    """Choose the organisation one acts for; a page lists the possible ones."""
    if request.method == "POST":
        wanted = request.POST.get("organisation", "")
        if wanted in {str(choice.organisation_id) for choice in request.choices}:
            request.session["organisation"] = int(wanted)
            return redirect(_local(request, reverse("room")))
        raise Forbidden(_("You do not act for that organisation."))
    return render(request, "accounts/act.html")


@only_post
def keep_draft(request: ActorRequest) -> HttpResponse:
    """Keep or throw away what is typed in a form; called by `keep.js` and by the notice about a draft."""
    form, actor = request.POST.get("form", "")[:80], _opener(request)
    if not form or not actor or not actor.organisation_id:
        return JsonResponse({"error": "nothing to keep"}, status=400)
    if request.POST.get("discard"):
        discard(actor, form)
        return redirect(_local(request, reverse("room")))
    try:
        draft = keep(actor, form, request.POST.get("data", ""))
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=413)
    return JsonResponse({"saved": f"{timezone.localtime(draft.saved_at):%H:%M}"})


def _opener(request: ActorRequest) -> Actor | None:
    """For whom the form was opened; in another tab its author may act for another organisation by now."""
    opened = opened_for(request.POST.get("opened", ""))
    if not opened:
        return request.actor
    return next((one for one in request.choices if (one.user_id, one.organisation_id) == opened), None)


def account(request: ActorRequest) -> HttpResponse:
    """One's own account: the address, and the ways to the password and the second factor."""
    return render(request, "accounts/account.html")


def people(request: ActorRequest) -> HttpResponse:
    """The organisation's people, for its administrator."""
    if not policy.may_administer(request.actor):
        raise Forbidden(_("Your organisation's administrator looks after its people."))
    return render(request, "accounts/people.html", _people_page(request))


def _people_page(request: ActorRequest) -> dict[str, Any]:
    actor = request.actor
    rows: dict[int, dict[str, Any]] = {}
    own = policy.visible_memberships(actor).today().filter(organisation_id=actor.organisation_id)
    for membership in own.order_by("person__name"):
        person = membership.person
        entry = {
            "name": person.name,
            "email": person.email,
            "url": reverse("accounts:person", args=[person.pk]),
        }
        rows.setdefault(person.pk, {**entry, "roles": [], "away": ""})["roles"].append(
            str(membership.get_role_display())
        )
    for cover in policy.visible_substitutions(actor).today().filter(organisation_id=actor.organisation_id):
        if cover.absent_id in rows:
            rows[cover.absent_id]["away"] = _cover_words(cover)
    open_ones = policy.visible_invitations(actor).filter(accepted_at=None, withdrawn_at=None)
    invited = [
        {
            "email": invitation.email,
            "roles": invitation.role_words,
            "by": invitation.invited_by or actor.organisation,
            "until": invitation.expires_at,
            "withdraw": reverse("accounts:withdraw", args=[invitation.pk]),
        }
        for invitation in open_ones.filter(expires_at__gt=timezone.now()).order_by("-invited_at")
    ]
    new = {"label": _("Invite a person"), "url": reverse("accounts:invite")}
    return {
        "organisation": actor.organisation,
        "people": list(rows.values()),
        "invited": invited,
        "action": new,
    }


def _cover_words(cover: Any) -> str:
    return _("until %(day)s; %(name)s stands in") % {
        "day": date_format(cover.ends_on, "j F"),
        "name": cover.substitute,
    }


def invite_person(request: ActorRequest) -> HttpResponse:
    """Invite someone by mail."""
    if not policy.may_administer(request.actor):
        raise Forbidden(_("Your organisation's administrator looks after its people."))
    form = forms.InviteForm(request)
    if form.is_valid() and form.carry_out(invite.invite):
        messages.success(request, _("The invitation has been sent."))
        return redirect("accounts:people")
    context = {"organisation": request.actor.organisation, "form": form, "back": reverse("accounts:people")}
    return render(request, "accounts/invite.html", context)


@only_post
def withdraw_invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """Make an invitation stop working."""
    invite.withdraw(request.actor, get_object_or_404(policy.visible_invitations(request.actor), pk=pk))
    messages.success(request, _("The invitation no longer works."))
    return redirect("accounts:people")


def _person(request: ActorRequest, pk: int) -> User:
    if not policy.may_administer(request.actor) and pk != request.actor.user_id:
        raise Forbidden(_("Your organisation's administrator looks after its people."))
    return get_object_or_404(policy.visible_people(request.actor), pk=pk)


def person_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One colleague: roles, who stands in, one more role."""
    person = _person(request, pk)
    form = forms.AppointForm(request, person)
    if form.is_valid() and form.carry_out(appoint, person):
        messages.success(request, _("The role has been given."))
        return redirect("accounts:person", pk)
    actor = request.actor
    own = (
        policy.visible_memberships(actor).today().filter(organisation_id=actor.organisation_id, person=person)
    )
    covers = policy.visible_substitutions(actor).filter(
        organisation_id=actor.organisation_id, absent=person, ends_on__gte=timezone.localdate()
    )
    context = {
        "person": {"name": person.name, "email": person.email},
        "memberships": [_membership(membership) for membership in own],
        "covers": [
            {
                "text": f"{cover.get_role_display()}: {_cover_words(cover)}",
                "url": reverse("accounts:back", args=[cover.pk]),
            }
            for cover in covers
        ],
        "form": form if policy.may_administer(actor) else None,
        "back": reverse("accounts:people") if policy.may_administer(actor) else reverse("room"),
    }
    return render(request, "accounts/person.html", context)


def _membership(membership: Membership) -> dict[str, Any]:
    cover = reverse("accounts:substitute", args=[membership.pk]) if forms.can_be_covered(membership) else ""
    return {
        "role": str(membership.get_role_display()),
        "employer": membership.employer or "",
        "since": membership.starts_on,
        "end": reverse("accounts:end", args=[membership.pk]),
        "cover": cover,
    }


def _find_membership(request: ActorRequest, pk: int) -> Membership:
    own = policy.visible_memberships(request.actor).today()
    membership: Membership = get_object_or_404(own, pk=pk, organisation_id=request.actor.organisation_id)
    return membership


@only_post
def end_membership(request: ActorRequest, pk: int) -> HttpResponse:
    """End a role; asked for by name on the person's page."""
    membership = _find_membership(request, pk)
    try:
        end(request.actor, membership)
        messages.success(request, _("The role has ended."))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:person", membership.person_id)


def substitute(request: ActorRequest, pk: int) -> HttpResponse:
    """Name who stands in for a contact point or officer who is away."""
    membership = _find_membership(request, pk)
    if not policy.may_substitute(request.actor, membership):
        raise Forbidden(_("This role cannot be covered by a substitute."))
    form = forms.SubstituteForm(request, membership)
    if form.is_valid() and form.carry_out(name_substitute, membership):
        messages.success(request, _("The substitute has been told, and has the role from the first day."))
        return redirect("accounts:person", membership.person_id)
    context = {
        "form": form,
        "title": _("Someone to stand in for %(name)s") % {"name": membership.person},
        "role": membership.get_role_display(),
        "back": reverse("accounts:person", args=[membership.person_id]),
    }
    return render(request, "accounts/substitute.html", context)


@only_post
def back_again(request: ActorRequest, pk: int) -> HttpResponse:
    """The absent person is back."""
    cover = get_object_or_404(policy.visible_substitutions(request.actor), pk=pk)
    end_substitution(request.actor, cover)
    messages.success(request, _("The substitute no longer has the role."))
    return redirect("accounts:person", cover.absent_id)


@never_cache
@login_not_required
def invitation(request: ActorRequest, token: str) -> HttpResponse:
    """Accept an invitation from the link in the mail."""
    found = invite.find(token)
    if not found:
        return render(request, "accounts/invitation.html", status=404)
    known = policy.has_account(found)
    form_class = forms.JoinForm if known else forms.AcceptForm
    form = form_class(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_valid() and _accept(request, found, form):
        return redirect("account_login")
    shown = {
        "organisation": found.organisation,
        "roles": found.role_words,
        "by": found.invited_by or found.organisation,
        "until": found.expires_at,
        "email": found.email,
        "known": known,
    }
    return render(request, "accounts/invitation.html", {"invitation": shown, "form": form})


def _accept(request: HttpRequest, found: Any, form: Any) -> bool:
    try:
        if policy.has_account(found):  # the limits of signing in count here too
            get_adapter(request).authenticate(
                request, email=found.email, password=form.cleaned_data["password"]
            )
        invite.accept(SYSTEM, found, **form.cleaned_data)
    except ValidationError as weak:
        form.add_error("password", weak)
    except Refused as refusal:
        form.add_error("password", str(refusal))
    else:
        messages.success(request, _("Welcome. Sign in with your e-mail and your password."))
        return True
    return False
