"""Ways in (views, forms, api, inbox, pages) find, call and render; they neither decide nor write."""

import ast
from collections.abc import Iterator

from django.apps import apps

from radrum.core.guarded import Event, Guarded
from radrum.documents.parts import everything_done
from tests.rules import Rule, calls, imports, last_name, names_in, no_names, walk

PACKAGES = ("*/views.py", "*/forms.py", "*/api.py", "*/inbox.py", "*/views/*.py", "*/forms/*.py", "*/urls.py")
ROOT = ("room.py", "menu.py", "pages.py", "api.py", "templatetags/*.py")
SHOWN = ("*/show.py", "*/show/*.py")
VIEWS = ("*/views.py", "*/views/*.py", "room.py", "pages.py")

GUARDED = {model.__name__ for model in apps.get_models() if issubclass(model, Guarded | Event)}
OPERATIONS = {one.step.__name__ for one in everything_done()}

_MODEL_FORMS = (
    "ModelForm",
    "BaseModelForm",
    "BaseModelFormSet",
    "modelform_factory",
    "modelformset_factory",
    "inlineformset_factory",
    "fields_for_model",
    "formfield",
)
_WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def _model_class_in_a_shortcut(path: str, text: str) -> Iterator[str]:
    for name, call in calls(text):
        if name.endswith("_or_404") and call.args and last_name(call.args[0])[:1].isupper():
            yield f"line {call.lineno}: {ast.unparse(call)}"


def _rows_of_a_confidential_model(path: str, text: str) -> Iterator[str]:
    for name, call in calls(text):
        if name in {"ModelChoiceField", "ModelMultipleChoiceField"}:
            for word in call.keywords:
                if word.arg == "queryset" and names_in(word.value) & GUARDED:
                    yield f"line {call.lineno}: {ast.unparse(word.value)}"


def _generic_view(path: str, text: str) -> Iterator[str]:
    for module, name, line in imports(text):
        if module.startswith("django.views.generic"):
            yield f"line {line}: {name}"


def _looking_at_roles(path: str, text: str) -> Iterator[str]:
    for node in walk(text):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"has", "roles"}
            and last_name(node.value) == "actor"
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _writing(path: str, text: str) -> Iterator[str]:
    for name, call in calls(text):
        if name in _WRITES and isinstance(call.func, ast.Attribute):
            yield f"line {call.lineno}: {ast.unparse(call.func)}"


def _changes_something(view: ast.FunctionDef) -> bool:
    """A view that takes what was posted."""
    posted = {"is_valid", "require_POST", "POST", "carry_out"}
    return bool(names_in(view) & posted) or any(
        isinstance(node, ast.Constant) and node.value == "POST" for node in ast.walk(view)
    )


def _change_without_an_operation(path: str, text: str) -> Iterator[str]:
    functions = {node.name: node for node in walk(text) if isinstance(node, ast.FunctionDef)}

    def reached(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        words = names_in(functions[name])
        more = (words & set(functions)) - seen - {name}
        return words.union(*(reached(other, seen | {name}) for other in more))

    for name, view in functions.items():
        if not name.startswith("_") and _changes_something(view) and not reached(name) & OPERATIONS:
            yield f"line {view.lineno}: {name}"


RULES = [
    Rule(
        "ways in never name unguarded",
        (*PACKAGES, *ROOT, *SHOWN),
        no_names("unguarded", "_base_manager", "_default_manager"),
        wrong=(
            "case = Case.unguarded.get(pk=pk)",
            "case = getattr(Case, 'unguarded').get(pk=pk)",
            "rows = case._base_manager.all()",
            "rows = Case._default_manager.all()",
        ),
        right=("case = policy.visible_cases(request.actor).get(pk=pk)",),
    ),
    Rule(
        "ways in never give a model class to a shortcut",
        (*PACKAGES, *ROOT, *SHOWN),
        _model_class_in_a_shortcut,
        wrong=(
            "case = get_object_or_404(Case, pk=pk)",
            "case = shortcuts.get_object_or_404(models.Case, pk=pk)",
            "cases = get_list_or_404(Case)",
        ),
        right=(
            "case = get_object_or_404(policy.visible_cases(request.actor), pk=pk)",
            "get_object_or_404(rows, pk=1)",
        ),
    ),
    Rule(
        "no form and no view is made from a model",
        (*PACKAGES, *ROOT),
        no_names(*_MODEL_FORMS),
        wrong=(
            "class CaseForm(forms.ModelForm): ...",
            "CaseForm = modelform_factory(Case, fields='__all__')",
            "Partners = inlineformset_factory(Plan, Partner)",
            "field = Case._meta.get_field('asker').formfield()",
            "from django.forms import ModelForm",
        ),
        right=("class CaseForm(forms.Form): ...",),
    ),
    Rule(
        "no generic view, which would find its rows itself",
        (*PACKAGES, *ROOT),
        _generic_view,
        wrong=("from django.views.generic import DetailView", "import django.views.generic.list"),
        right=("from django.views.decorators.http import require_POST",),
    ),
    Rule(
        "a choice of confidential rows comes from policy",
        (*PACKAGES, *ROOT),
        _rows_of_a_confidential_model,
        wrong=(
            "case = forms.ModelChoiceField(queryset=Case.closed.all())",
            "to = ModelMultipleChoiceField(required=False, queryset=models.Membership.closed.filter(role=x))",
        ),
        right=(
            "case = forms.ModelChoiceField(queryset=policy.visible_cases(actor))",
            "person = forms.ModelChoiceField(queryset=User.objects.none())",
        ),
    ),
    Rule(
        "views and forms never look at roles: policy decides",
        (*PACKAGES, *SHOWN),
        _looking_at_roles,
        wrong=("if request.actor.has('adviser'): ...", "allowed = 'adviser' in actor.roles"),
        right=("if policy.may_triage(request.actor, case): ...", "words = invitation.roles"),
    ),
    Rule(
        "ways in write nothing: an operation does",
        (*PACKAGES, *ROOT, *SHOWN),
        _writing,
        wrong=(
            "case.save()",
            "Draft.objects.create(form='x')",
            "partner.delete()",
            "row, made = rows.update_or_create(pk=1)",
        ),
        right=("triage(request.actor, case, urgent=True)", "form.fields.update(more)"),
    ),
    Rule(
        "every view that takes what was posted calls an operation",
        VIEWS,
        _change_without_an_operation,
        wrong=(
            "def triage_case(request):\n    if form.is_valid(): note(form)",
            "@require_POST\ndef withdraw_it(request): messages.success(request, 'x')",
            "def x(request):\n    if request.method == 'POST': go(request)\ndef go(request): print(1)",
        ),
        right=(
            "def triage_case(request):\n    if form.is_valid() and form.carry_out(triage, case): back()",
            "@require_POST\ndef drop(request): _do(request)\ndef _do(request): invite.withdraw(actor, x)",
            "def case_page(request): return render(request, 'cases/case.html')",
        ),
    ),
]
# What these views change is not an act; docs/operations.md says so too.
NOT_ACTS = {
    "screening/views.py": {"look_up": "what anyone looks up is answered and stored nowhere"},
    "accounts/views.py": {
        "act": "which organisation one acts for stands in the session",
        "keep_draft": "what is typed and not sent is not an act",
    },
}
