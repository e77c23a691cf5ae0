"""Nothing typed is ever lost: drafts of forms, text posted after a session ended, two people saving at once.

Keeping a draft is not an act, so it leaves no audit entry; only its author can read it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from radrum.accounts import policy
from radrum.accounts.models import Draft
from radrum.core.actor import Actor
from radrum.core.operation import Forbidden, Refused, Stale, Unseen
from radrum.core.scope import writing

LARGEST = 200_000  # characters of one form; about eighty pages
SHORT = 20  # a text longer than this, or of more than one word, was written and not chosen
_AUTHOR = "radrum.form.author"
_NEVER_KEPT = ("csrfmiddlewaretoken", "author", "password")


def keep(actor: Actor, form: str, data: str) -> Draft:
    """Keep what is in a form, in place of what was kept before; half a text would be worse than none."""
    if len(data) > LARGEST:
        raise Refused(_("This is too long to keep as a draft. Send the form to save it."))
    with writing(actor):
        draft, _made = Draft.unguarded.update_or_create(
            person_id=actor.user_id,
            organisation_id=actor.organisation_id,
            form=form[:80],
            defaults={"data": data},
        )
    return draft


def discard(actor: Actor, form: str) -> None:
    """Throw away what was kept: it has been sent, or its author does not want it."""
    with writing(actor):
        policy.visible_drafts(actor).filter(form=form).delete()


def forget_old_drafts(days: int = 90) -> int:
    """Remove drafts nobody has touched for a while; run by the night as SYSTEM."""
    before = timezone.now() - timedelta(days=days)
    return Draft.unguarded.filter(saved_at__lt=before).delete()[0]


def typed(request: HttpRequest) -> list[str]:
    """The texts of a form that could not be sent, for its author to copy from the page that says why."""
    own = [name for name in request.POST if name not in _NEVER_KEPT and "password" not in name]
    return [
        text
        for name in own
        for text in request.POST.getlist(name)
        if " " in text.strip() or len(text) > SHORT
    ]


def stash(request: HttpRequest) -> None:
    """Keep a form posted after the session ended, for the same author to find on the same page."""
    fields = request.POST.copy()
    opened = opened_for(fields.get("author", ""))
    for name in _NEVER_KEPT:
        fields.pop(name, None)
    text = fields.urlencode()
    if not opened or len(text) > LARGEST:
        return
    request.session["posted"] = {"path": request.path, "author": opened, "data": text}
    if not request.user.is_authenticated:
        request.session["organisation"] = opened[1]  # whoever signs in now goes on where the form was opened


def opened_for(text: str) -> tuple[int, int | None] | None:
    """The person and the organisation a form was made for; a stranger cannot fill the sessions with texts."""
    try:
        person, organisation = signing.loads(text, salt=_AUTHOR)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return (person, organisation) if person else None


def _stashed(request: HttpRequest, actor: Actor) -> str:
    posted = request.session.get("posted") or {}
    if posted.get("path") != request.path:
        return ""
    person, organisation = posted["author"]
    if person == actor.user_id and organisation != actor.organisation_id:
        return ""  # waits until its author acts for that organisation again
    del request.session["posted"]
    return str(posted["data"]) if person == actor.user_id else ""


class KeptForm(forms.Form):
    """A form that remembers: opened again it holds what its author had typed, and the version before them.

    `key` names the form and its subject (`describe:12`). `theirs` holds the rows (label, theirs, yours) when
    somebody else saved in between. `more` are fields that depend on who asks, or for what.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    author = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        request: HttpRequest,
        key: str,
        *,
        initial: dict[str, Any] | None = None,
        more: Mapping[str, forms.Field] | None = None,
    ) -> None:
        posted = request.POST if request.method == "POST" else None
        super().__init__(posted, initial=dict(initial or {}))
        self.fields.update(more or {})
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self.key = key
        self.kept_at: datetime | None = None
        self.session: Any = getattr(request, "session", None)
        self.arrived = (self.session or {}).get("arrived", "")  # for keep.js, which may have a copy of it
        self.theirs: list[tuple[str, str, str]] = []
        self.theirs_by: Any = None
        self.theirs_at: Any = None
        self.initial["author"] = signing.dumps([self.actor.user_id, self.actor.organisation_id], salt=_AUTHOR)
        if posted is None:
            self._restore(request)

    def _restore(self, request: HttpRequest) -> None:
        draft = policy.visible_drafts(self.actor).filter(form=self.key).first() if self.key else None
        stashed = _stashed(request, self.actor)
        data = stashed or (draft.data if draft else "")
        if not data:
            return
        self.kept_at = draft.saved_at if draft and not stashed else timezone.now()
        values = QueryDict(data)
        for name, field in self.fields.items():
            if name not in _NEVER_KEPT and (name in values or isinstance(field, forms.MultipleChoiceField)):
                self.initial[name] = field.widget.value_from_datadict(values, {}, name)

    def carry_out(self, step: Callable[..., Any], *subject: Any, **more: Any) -> Any:
        """Run the operation with the cleaned fields; on refusal keep everything and say why.

        Returns the operation's result (True when it has none), or None when it was refused.
        """
        fields = {name: value for name, value in self.cleaned_data.items() if name != "author"}
        if "version" not in self.initial:
            fields.pop("version", None)
        try:
            result = step(self.actor, *subject, **{**fields, **more})
        except (Forbidden, Unseen):
            raise
        except Stale as stale:
            self._show_theirs(stale)
            return None
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return None
        discard(self.actor, self.key)
        if self.actor.user_id and self.session is not None:
            self.session["arrived"] = self.data.get("author", "")
        return True if result is None else result

    def values_of(self, current: Any) -> dict[str, Any]:
        """What `current` holds under this form's field names; a form with other names says so itself."""
        return {name: getattr(current, name) for name in self.fields if hasattr(current, name)}

    def version_of(self, current: Any) -> Any:
        """The version that the form is written against from now on."""
        return getattr(current, "version", "")

    def _show_theirs(self, stale: Stale) -> None:
        self.add_error(None, str(stale))
        current = stale.current
        self.theirs_by, self.theirs_at = (
            getattr(current, "changed_by", None),
            getattr(current, "changed_at", None),
        )
        saved = self.values_of(current)
        for name in [name for name in self.fields if name in saved and name != "version"]:
            field = self.fields[name]
            theirs, yours = _in_words(field, saved[name]), _in_words(field, self[name].value())
            if theirs != yours:
                self.theirs.append((str(field.label or name), theirs, yours))
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(self.version_of(current))  # type: ignore[index]


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as people read it: a choice by its name, a tick as yes or no."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    text = str(getattr(value, "pk", value) or "")
    names = {str(key): str(name) for key, name in getattr(field, "choices", ())}
    return names.get(text, text)


def someone_saved(current: Any) -> Stale:
    """The refusal for two people who save at once; both texts are shown."""
    return Stale(
        _("Someone else saved while you were writing. Nothing is lost: compare, then save yours again."),
        current,
    )
