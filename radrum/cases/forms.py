"""Forms of the desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.accounts.models import User
from radrum.cases.anonymise import WHY, StillIdentifies, Unfinished
from radrum.cases.models import Case, Handling, Opinion
from radrum.cases.sort import choices
from radrum.guidance.leaving import LeavingForm


class FilesInput(forms.ClearableFileInput):
    """Choose one file or several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; what they are is decided by their content, in the step."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        hint = gettext(
            "PDF, PNG, JPEG, plain text, Word, Excel or OpenDocument text, at most %(limit)d MB each. Files "
            "with macros, scripts or other files inside are not taken. Files are not kept with the draft: "
            "choose them last."
        ) % {"limit": settings.ATTACHMENT_MB}
        super().__init__(**{"label": _("Files"), "help_text": hint, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; none is fine when they need not be given."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class FilesForm(KeptForm):
    """A form that takes files too."""

    def __init__(self, request: HttpRequest, key: str, **more: Any) -> None:
        super().__init__(request, key, **more)
        self.files = request.FILES


class AttachForm(FilesForm):
    """Add files to what is already there."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "", more={"files": FilesField()})


class GeneralForm(FilesForm, LeavingForm):
    """A general question, from anyone."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes as a link to this address."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    question = forms.CharField(
        label=_("Question"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("How a rule works, who decides about what, how others have done. No names are needed."),
    )

    def __init__(self, request: HttpRequest, key: str) -> None:
        mail = getattr(request.user, "email", "")
        super().__init__(request, key, initial={"email": mail}, more={"files": FilesField(required=False)})


class InterferenceForm(FilesForm, LeavingForm):
    """Signs of interference, from a contact point."""

    subject = forms.CharField(
        label=_("Subject"), max_length=200, help_text=_("Without names; it stands in the register.")
    )
    question = forms.CharField(
        label=_("What has happened, and what do you want to know?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What was seen, by whom, when and where. Keep facts and guesses apart."),
    )

    def __init__(self, request: HttpRequest, key: str) -> None:
        super().__init__(request, key, more={"files": FilesField(required=False)})


class TriageForm(KeptForm):
    """Who handles the case, and who may read it."""

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none())
    kind = forms.ChoiceField(label=_("Kind of question"), choices=Case.Kind.choices)
    access = forms.ChoiceField(
        label=_("Who inside the desk may read it"), choices=Handling.Access.choices, widget=forms.RadioSelect
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    secrecy_ground = forms.CharField(
        label=_("Secrecy marking, with its legal ground"),
        required=False,
        max_length=200,
        help_text=_(
            "For example OSL 15 kap. 2 §. A marking is a reminder; secrecy is tried at each request."
        ),
    )
    note = forms.CharField(
        label=_("Note for the desk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
    )

    topics = forms.MultipleChoiceField(
        label=_("What the question is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=choices,
        help_text=_("Used for the open figures only. Choose those that fit; leave it empty if none does."),
    )

    def __init__(
        self,
        request: HttpRequest,
        key: str,
        *,
        officers: Any,
        case: Case,
        handling: Handling | None,
        topics: list[str],
    ) -> None:
        people = User.objects.filter(pk__in=officers.values("person_id")).order_by("name")
        officer = forms.ModelChoiceField(label=_("Officer"), queryset=people)
        names = ("officer", "access", "urgent", "secrecy_ground", "note", "version")
        values = {name: getattr(handling, name) for name in names} if handling else {}
        access = Handling.Access.RESTRICTED if case.discreet else Handling.Access.OPEN
        start = {"version": 0, "officer": request.actor.user_id, "access": access}  # type: ignore[attr-defined]
        initial = {"kind": case.kind, **(values or start), "topics": topics}
        super().__init__(request, key, initial=initial, more={"officer": officer})


class DraftForm(KeptForm):
    """What will be returned to the asker, with differing views in the desk's own words."""

    text = forms.CharField(
        label=_("Statement"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What is known, how sure it is, from which source and date. Neither decision nor recommendation."
        ),
    )
    not_examined = forms.CharField(
        label=_("What has not been examined"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, request: HttpRequest, key: str, *, draft: Any, consultations: list[Any]) -> None:
        opinions = [one.opinion for one in consultations if hasattr(one, "opinion")]
        shown = {view["opinion"]: view["text"] for view in draft.views} if draft else {}
        initial: dict[str, Any] = {"version": draft.version if draft else 0}
        if draft:
            initial |= {name: getattr(draft, name) for name in ("text", "not_examined", "without")}
        more: dict[str, forms.Field] = {}
        for opinion in opinions:
            if opinion.naming != Opinion.Naming.SILENT:
                more[f"view_{opinion.pk}"] = _view(opinion)
                initial[f"view_{opinion.pk}"] = shown.get(opinion.pk, "")
        if len(opinions) < len(consultations):
            more["without"] = forms.CharField(
                label=_("Why it goes out before everyone asked has answered"),
                required=False,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        super().__init__(request, key, initial=initial, more=more)

    def values_of(self, current: Any) -> dict[str, Any]:
        """What a colleague has saved, each view under its own field."""
        views = {f"view_{view['opinion']}": view["text"] for view in current.views}
        return {**super().values_of(current), **views}

    def clean(self) -> dict[str, Any]:
        """Gather the views by opinion."""
        cleaned = super().clean() or self.cleaned_data
        names = [name for name in cleaned if name.startswith("view_")]
        views = [
            {"opinion": int(name.removeprefix("view_")), "text": cleaned.pop(name) or ""} for name in names
        ]
        return {**cleaned, "views": views}


def _view(opinion: Opinion) -> forms.CharField:
    """Where the desk may put a differing view, under the name its agency agreed to."""
    name = opinion.consultation.agency if opinion.naming == Opinion.Naming.NAMED else _("an agency")
    return forms.CharField(
        label=gettext("Differing view, beside %(name)s") % {"name": name},
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only if the agencies see it differently. In the desk's words; the opinion itself stays."
        ),
    )


class ConsultForm(LeavingForm):
    """Ask one agency, with an extract of the dossier."""

    in_swedish = ("chosen",)

    question = forms.CharField(
        label=_("Question to the agency"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In words of its own for each agency. Say nothing of who else is asked."),
    )
    due_on = forms.DateField(
        label=_("Answer by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, request: HttpRequest, key: str, *, agencies: Any, case: Any) -> None:
        passages = [
            (passage["key"], f"{passage['label']}: {Truncator(passage['text']).chars(120)}")
            for passage in case.dossier.passages
        ]
        more = {
            "agency": forms.ModelChoiceField(label=_("Agency"), queryset=agencies),
            "chosen": forms.MultipleChoiceField(
                label=_("Passages that go along"),
                required=False,
                choices=passages,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("The agency sees these, and nothing else of the case."),
            ),
        }
        super().__init__(request, key, initial={"question": case.question}, more=more)
        self.order_fields(["agency", "question", "chosen", "due_on"])


class OpinionForm(KeptForm):
    """An agency's opinion."""

    text = forms.CharField(
        label=_("Opinion"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What you know from open or releasable sources. Nothing security-classified."),
    )
    not_examined = forms.CharField(
        label=_("What you have not examined"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    naming = forms.ChoiceField(
        label=_("How may you stand in the statement?"),
        choices=Opinion.Naming.choices,
        widget=forms.RadioSelect,
    )


class SignForm(KeptForm):
    """No fields: a button that sends what somebody else has written, in the version that is shown."""


def _text(label: Any, *, rows: int = 0, hint: Any = "", most: int = 20_000) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=most if rows else 200, widget=widget, help_text=hint
    )


class AnonymiseForm(KeptForm):
    """What others can learn, written anew: a study, an answer, a proposal. Every field begins empty."""

    study_title_sv = _text(_("Title in Swedish"))
    study_title_en = _text(_("Title in English"))
    study_lead_sv = _text(_("In short, Swedish"), rows=2, most=600)
    study_lead_en = _text(_("In short, English"), rows=2, most=600)
    study_body_sv = _text(_("The study in Swedish"), rows=10, hint=_("A blank line begins a new paragraph."))
    study_body_en = _text(_("The study in English"), rows=10, hint=_("May be left to the editor."))
    faq_title_sv = _text(_("Question in Swedish"))
    faq_title_en = _text(_("Question in English"))
    faq_body_sv = _text(_("Answer in Swedish"), rows=6)
    faq_body_en = _text(_("Answer in English"), rows=6, hint=_("May be left to the editor."))
    proposal_what = _text(_("What should stand otherwise"), rows=4)
    proposal_why = _text(_("Why, in general words"), rows=4)
    aspects = _text(
        _("Aspects that the study and the answer touch"),
        hint=_("Numbers with a comma between them: 1.2, 4.3."),
    )
    halves = ("study_", "faq_", "proposal_w")

    def __init__(self, request: HttpRequest, key: str, *, numbers: list[str]) -> None:
        choices = [("", _("None")), *((number, number) for number in numbers)]
        aspect = forms.ChoiceField(label=_("Aspect of the guidelines"), required=False, choices=choices)
        super().__init__(request, key, more={"proposal_aspect": aspect})

    def parts(self) -> list[tuple[str, Any, list[Any]]]:
        """The three texts, each with its heading and fields, in the order they are shown."""
        heads = {
            "study": _("A case study"),
            "faq": _("A frequent question"),
            "proposal": _("A change to the guidelines"),
        }
        order = ["proposal_aspect", *(name for name in self.fields if name != "proposal_aspect")]
        return [
            (kind, head, [self[n] for n in order if n.startswith(f"{kind}_")]) for kind, head in heads.items()
        ]

    def carry_out(self, step: Callable[..., Any], *subject: Any, **more: Any) -> Any:
        """As every form; what points to the case, or is missing, is also said at its field."""

        def tried(actor: Any, *given: Any, **texts: str) -> Any:
            try:
                return step(actor, *given, texts=texts)
            except StillIdentifies as still:
                for found in still.found:
                    said = {"word": found.word, "why": WHY[found.why]}
                    self.add_error(found.where, _("“%(word)s”: %(why)s.") % said)
                raise
            except Unfinished as unfinished:
                self.add_error(unfinished.field, _("Fill this in, or empty the others."))
                raise

        return super().carry_out(tried, *subject, **more)
