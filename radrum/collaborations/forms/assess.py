"""Forms of the assessment: which questions, the answers of one part, and the end."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.collaborations.forms.fields import day, long_text
from radrum.collaborations.models import Collaboration, part
from radrum.collaborations.sheet import PROFILE, Given, Group, Place, Sheet
from radrum.guidance.leaving import LeavingForm
from radrum.guidance.show import options, text

SEVERAL = ("multi", "technology", "lookup")  # kinds of prompts where several may be chosen
ALONE = frozenset({"none", "none_found", "not_done"})  # options that mean that nothing else was chosen


class ChooseForm(KeptForm):
    """Which questions to be asked, and the discipline that the examples come from."""

    def __init__(
        self, request: HttpRequest, key: str, *, plan: Collaboration, offered: list[Any], profiles: list[Any]
    ) -> None:
        assessment = part(plan, "assessment")
        chosen = assessment.instrument_id if assessment else (offered[0].pk if offered else None)
        profile: list[str] = next(
            (row.chosen for row in assessment.answers.filter(attribute=PROFILE)) if assessment else iter(()),
            [],
        )
        fields = {
            "instrument": forms.TypedChoiceField(
                label=_("Which questions?"),
                choices=[(row.pk, row.title) for row in offered],
                widget=forms.RadioSelect,
                coerce=lambda pk: next(row for row in offered if row.pk == int(pk)),
            ),
            "profile": forms.ChoiceField(
                label=_("Discipline"),
                help_text=_("Gives examples from your own field, and now and then one more question."),
                choices=[("", _("None in particular")), *profiles],
                required=False,
            ),
        }
        initial = {
            "instrument": chosen,
            "profile": profile[0] if profile else "",
            "version": assessment.version if assessment else 0,
        }
        super().__init__(request, key, initial=initial, more=fields)

    def values_of(self, current: Any) -> dict[str, Any]:
        """Which instrument was chosen meanwhile."""
        return {"instrument": current.instrument_id} if current else {}


class AssessForm(LeavingForm):
    """The prompts of one group: an answer to choose where there is one, and a short text."""

    def __init__(self, request: HttpRequest, key: str, *, sheet: Sheet, group: Group) -> None:
        self.sheet, self.group = sheet, group
        fields: dict[str, forms.Field] = {}
        for asked in group.asked:
            fields |= self._fields(asked)
        super().__init__(request, key, initial=self._saved(sheet), more=fields)

    def _restore(self, request: HttpRequest) -> None:
        """What was typed; but not a draft that came late, after its author had saved these answers."""
        posted = (request.session.get("posted") or {}).get("path") == request.path
        super()._restore(request)
        assessment, places = self.sheet.assessment, map(self.sheet.place, self.group.asked)
        saved = max((self.sheet.saved_in.get(place, 0) for place in places), default=0)
        mine = assessment is not None and assessment.changed_by_id == self.actor.user_id
        if not posted and mine and int(self.initial.get("version") or 0) < saved:
            self.initial.update(self._saved(self.sheet))
            self.kept_at = None

    def _fields(self, asked: Any) -> dict[str, forms.Field]:
        prompt = self.sheet.prompts[asked.prompt.id]
        label, name = text(prompt, "text"), prompt["id"]
        if prompt["kind"] == "text":
            return {f"text_{name}": long_text(label, required=False, rows=4)}
        if prompt["kind"] == "date":
            return {f"text_{name}": day(label)}
        if prompt["kind"] == "number":
            return {f"value_{name}": forms.IntegerField(label=label, min_value=0, required=False)}
        several = prompt["kind"] in SEVERAL
        kind = forms.MultipleChoiceField if several else forms.ChoiceField
        widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
        choices = options(self.sheet.attributes[prompt["attribute"]])
        value = kind(label=label, choices=choices, required=False, widget=widget)
        note = long_text(_("What do you know, and what not?"), required=False, rows=3)
        return {f"value_{name}": value, f"text_{name}": note}

    def _saved(self, sheet: Sheet) -> dict[str, Any]:
        values: dict[str, Any] = {"version": sheet.assessment.version if sheet.assessment else 0}
        for asked in self.group.asked:
            prompt, given = sheet.prompts[asked.prompt.id], sheet.given(asked)
            several = prompt["kind"] in SEVERAL
            values[f"value_{prompt['id']}"] = list(given.chosen) if several else "".join(given.chosen[:1])
            values[f"text_{prompt['id']}"] = given.text
            if prompt["attribute"] == "plan.benefit" and sheet.place(asked) not in sheet.answers:
                values[f"text_{prompt['id']}"] = sheet.plan.worth_doing  # said already; to be added to
        return values

    def clean(self) -> dict[str, Any]:
        """“None of these” and “not checked” stand alone."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            alone = ALONE & set(value) if isinstance(value, list) else set()
            if alone and len(value) > 1:
                words = dict(self.fields[name].choices)[sorted(alone)[0]]  # type: ignore[attr-defined]
                self.add_error(name, _("“%(option)s” cannot be combined with others.") % {"option": words})
        return cleaned

    def answers(self) -> dict[Place, Given]:
        """The answers by place."""
        given = {}
        for asked in self.group.asked:
            name = asked.prompt.id
            value, words = self.cleaned_data.get(f"value_{name}"), self.cleaned_data.get(f"text_{name}")
            chosen = value if isinstance(value, list) else [value] if value not in (None, "") else []
            given[self.sheet.place(asked)] = Given(tuple(map(str, chosen)), str(words or "").strip())
        return given

    def values_of(self, current: Any) -> dict[str, Any]:
        """The saved answers under this form's names."""
        return self._saved(Sheet(current.collaboration, current.instrument)) if current else {}


class FinishForm(KeptForm):
    """No fields: a button that says that the answers are what is known."""

    def __init__(self, request: HttpRequest, *, sheet: Sheet) -> None:
        version = sheet.assessment.version if sheet.assessment else 0
        super().__init__(request, "", initial={"version": version})
