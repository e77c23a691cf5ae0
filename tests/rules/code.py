"""The program's code as a whole: names, sizes, transactions, signals, SQL, mail, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.rules import (
    LAYERS,
    Check,
    Rule,
    calls,
    imports,
    is_above,
    last_name,
    no_names,
    package_of,
    parsed,
    walk,
)

ALL = ("*.py",)
IN_PACKAGES = tuple(f"{package}/*.py" for package in LAYERS)
_MISCELLANY = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "manager",
    "managers",
    "misc",
}
_GETTEXT = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 2,
    "npgettext": 3,
}
_ABOUT_ORIGIN = re.compile(
    r"citizen|nationalit|birth|born|religio|faith|ethnic|race$|origin|personnummer|medborgar|födelse|etnisk"
)
PUBLIC = {"visible_editions", "visible_instruments", "visible_pages"}  # what everyone may see
_PLACES = {
    "collaborations": "collaborations",
    "desk": "cases",
    "figures": "programme",
    "meetings": "community",
    "news": "monitoring",
    "guidelines": "guidance",
}  # how addresses begin


def _name_that_says_nothing(path: str, text: str) -> Iterator[str]:
    yield from (part for part in PurePosixPath(path).with_suffix("").parts if part in _MISCELLANY)


def _without_a_sentence(path: str, text: str) -> Iterator[str]:
    tree = parsed(text)
    if not text.strip() and "management" in path:
        return  # packages that exist because Django looks for commands there
    first = tree.body[0].value if tree.body and isinstance(tree.body[0], ast.Expr) else None
    said = str(first.value).partition("\n")[0] if isinstance(first, ast.Constant) else ""
    if not re.match(r".*\S[.:!?]\)?$", said):
        yield f"module: {said!r}"
    for node in [] if "/management/" in f"/{path}" else tree.body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            yield f"line {node.lineno}: {node.name}"


def _longer_than(most: int) -> Check:
    def check(path: str, text: str) -> Iterator[str]:
        lines = len(text.splitlines())
        if lines > most:
            yield f"{lines} lines"

    return check


def _imported(*modules: str) -> Check:
    """A check that none of these modules, or what is in them, is imported; `…` stands for anything before."""

    def check(path: str, text: str) -> Iterator[str]:
        for module, name, line in imports(text):
            whole = f"{module}.{name}" if name else module
            for one in modules:
                parts = f".{whole}." if one.startswith("…") else f"{whole}."
                if (one.startswith("…") and one[1:] + "." in parts) or parts.startswith(one + "."):
                    yield f"line {line}: {whole}"

    return check


def _not_a_literal(path: str, text: str) -> Iterator[str]:
    for name, call in calls(text):
        for given in call.args[: _GETTEXT.get(name, 0)]:
            if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
                yield f"line {call.lineno}: {ast.unparse(call)}"


def _operations(text: str) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    for node in walk(text):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and last_name(decorator.func) == "operation":
                    yield node, decorator


def _operation_of_another_form(path: str, text: str) -> Iterator[str]:
    for step, call in _operations(text):
        verb = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
        rule = next((ast.unparse(word.value) for word in call.keywords if word.arg == "allowed"), "")
        positional = [*step.args.posonlyargs, *step.args.args]
        if not re.fullmatch(r"[a-z]+\.[a-z_]+", str(verb)):
            yield f"line {step.lineno}: the verb {verb!r}"
        if not rule.startswith("policy."):
            yield f"line {step.lineno}: decided by {rule or 'nobody'}, not by policy"
        if [one.arg for one in positional[:1]] != ["actor"]:
            yield f"line {step.lineno}: the actor comes first"
        if len(positional) > 2:
            yield f"line {step.lineno}: after the subject, arguments are named"


def _rule_elsewhere(path: str, text: str) -> Iterator[str]:
    for node in walk(text):
        if isinstance(node, ast.FunctionDef) and re.match(r"(may|visible)_", node.name):
            yield f"line {node.lineno}: {node.name}"


def _rule_without_an_actor(path: str, text: str) -> Iterator[str]:
    for node in parsed(text).body:
        if isinstance(node, ast.FunctionDef) and re.match(r"(may|visible)_", node.name):
            first = [one.arg for one in node.args.args[:1]]
            if first != ["actor"] and node.name not in PUBLIC:
                yield f"line {node.lineno}: {node.name}"


def _address_above(path: str, text: str) -> Iterator[str]:
    for node in walk(text):
        words = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        named = re.match(r"([a-z]+):[a-z_]+$", words)
        begun = re.match(r"/([a-z]+)/", words)
        other = named[1] if named else _PLACES.get(begun[1], "") if begun else ""
        if is_above(package_of(path), other):
            yield f"line {node.lineno}: {words}"


def _field_about_origin(path: str, text: str) -> Iterator[str]:
    for node in walk(text):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            is_field = last_name(node.value.func).endswith(("Field", "ForeignKey"))
            for target in node.targets if is_field else []:
                if _ABOUT_ORIGIN.search(last_name(target)):
                    yield f"line {node.lineno}: {last_name(target)}"


STEP = (
    '@operation("case.answered", allowed=policy.may_answer)\n'
    "def answer(actor: Actor, case: Case, *, text: str): ..."
)

RULES = [
    Rule(
        "a module is named for what it does",
        ALL,
        _name_that_says_nothing,
        wrong=(
            ("cases/utils.py", ""),
            ("core/helpers.py", ""),
            ("cases/services/send.py", ""),
            ("misc.py", ""),
        ),
        right=(("cases/triage.py", ""), ("manage.py", ""), ("management/commands/worker.py", "")),
    ),
    Rule(
        "a module says what it is for in its first line, and so does every public function and class",
        ALL,
        _without_a_sentence,
        wrong=(
            "x = 1",
            '"""\nNot in the first line.\n"""',
            '"""no sentence"""',
            '"""Well."""\ndef triage(): ...',
            '"""Well."""\nclass Case: ...',
        ),
        right=(
            '"""Well."""\ndef _own(): ...\ndef triage():\n    """Hand out."""',
            ("management/commands/x.py", '"""`radrum x`: do it."""\nclass Command: ...'),
            ("core/management/__init__.py", ""),
        ),
    ),
    Rule(
        "a module has at most 400 lines",
        ALL,
        _longer_than(400),
        wrong=("x = 1\n" * 401,),
        right=("x = 1\n" * 400,),
    ),
    Rule(
        "the settings have at most 240 lines",
        ("settings.py",),
        _longer_than(240),
        wrong=("X = 1\n" * 241,),
        right=("X = 1\n" * 240,),
    ),
    Rule(
        "no signals of our own: whoever hands over calls the receiver",
        ALL,
        _imported("django.dispatch", "…signals"),
        wrong=(
            "from django.dispatch import receiver",
            "from django.db.models.signals import post_save",
            "from django.db.models import signals",
            "from allauth.account.signals import user_logged_in",
            "import django.core.signals",
        ),
        right=("import signal", "from radrum.cases.receive import receive"),
    ),
    Rule(
        "no admin site",
        ALL,
        _imported("django.contrib.admin", "wagtail.admin", "wagtail_modeladmin"),
        wrong=(
            "from django.contrib import admin",
            "from django.contrib.admin import site",
            "import wagtail.admin.viewsets",
        ),
        right=("from django.contrib import messages",),
        but={
            "knowledge/models.py": "the fields of the public pages, side by side",
            "knowledge/urls.py": "Wagtail's addresses, behind the door",
            "knowledge/wagtail_hooks.py": "says in Wagtail's pages why something was not published",
        },
    ),
    Rule(
        "nothing is imported by a name in a string, which no contract would see",
        ALL,
        no_names("get_model", "import_string", "import_module", "__import__", "importlib"),
        wrong=(
            "Case = apps.get_model('cases', 'Case')",
            "step = import_string('radrum.cases.triage.triage')",
            "module = importlib.import_module('radrum.cases')",
            "module = __import__('radrum.cases')",
            "from importlib import import_module",
        ),
        but={
            "documents/parts.py": "reads every module once, to list the operations",
            "cluster.py": "finds the folder of the server's wheel, and imports nothing",
        },
    ),
    Rule(
        "one wrapper opens transactions",
        ALL,
        no_names(
            "transaction", "atomic", "on_commit", "set_autocommit", "ATOMIC_REQUESTS", "non_atomic_requests"
        ),
        wrong=(
            "from django.db import transaction",
            "with transaction.atomic(): ...",
            "transaction.on_commit(send)",
            "ATOMIC_REQUESTS = True",
            "DATABASES = {'default': {'ATOMIC_REQUESTS': True}}",
        ),
        right=("with writing(actor): ...",),
        but={"core/scope.py": "it is the wrapper"},
    ),
    Rule(
        "SQL stands only where it was reviewed",
        ALL,
        no_names("cursor", "raw", "extra", "RawSQL", "RunSQL", "psycopg", "execute"),
        wrong=(
            "with connection.cursor() as cursor: ...",
            "cases = Case.unguarded.raw('SELECT * FROM cases_case')",
            "rows = rows.extra(where=['1=1'])",
            "rows = rows.annotate(x=RawSQL('1', []))",
            "import psycopg\npsycopg.connect(url)",
            "with connection as c: c.execute('SELECT 1')",
        ),
        but={
            "cluster.py": "starts the embedded server, before there is a Django",
            "database.py": "makes roles and databases",
            "core/scope.py": "tells the database who acts",
            "core/audit.py": "the lock between writing and sealing",
            "core/rows.py": "row-level security",
            "screening/store.py": "COPY, for lists of many thousand entries",
            "cases/receive.py": "the next number of the register, without gaps",
            "pages.py": "whether the database answers",
            "walk/trail.py": "breaks the trail on purpose, as the owner of the tables",
        },
    ),
    Rule(
        "mail leaves only from the worker",
        ALL,
        _imported("django.core.mail", "smtplib"),
        wrong=("from django.core.mail import send_mail", "import smtplib", "from django.core import mail"),
        but={"accounts/jobs.py": "it is what the worker runs"},
    ),
    Rule(
        "what is translated is written out, so that it can be gathered",
        ALL,
        _not_a_literal,
        wrong=(
            "_(text)",
            "gettext('You have ' + what)",
            "ngettext('one', many, n)",
            "pgettext('verb', word)",
            "_(f'{n} left')",
        ),
        right=("_('Two parts ' 'of one')", "ngettext('%(n)d case', '%(n)d cases', n)", "say(text)"),
        but={"monitoring/tell.py": "its sentences are written out with gettext_noop where they are raised"},
    ),
    Rule(
        "an operation is decided by policy, the actor comes first, and what follows the subject is named",
        IN_PACKAGES,
        _operation_of_another_form,
        wrong=(
            STEP.replace("case.answered", "Answer"),
            STEP.replace("policy.may_answer", "lambda actor, case: True"),
            STEP.replace(", allowed=policy.may_answer", ""),
            STEP.replace("actor: Actor, case: Case", "case: Case, actor: Actor"),
            STEP.replace("*, text", "text"),
        ),
        right=(STEP, STEP.replace("actor: Actor", "actor: Actor, /").replace("case: Case, ", "")),
    ),
    Rule(
        "who may see and do what is said in policy.py alone",
        IN_PACKAGES,
        _rule_elsewhere,
        wrong=(
            ("cases/triage.py", "def may_triage(actor, case): ..."),
            ("cases/views.py", "def visible_cases(actor): ..."),
        ),
        right=(("cases/triage.py", "def triage(actor, case): ..."),),
        but={f"{package}/policy.py": "here" for package in LAYERS if package != "core"},
    ),
    Rule(
        "a rule asks who acts, first of all",
        tuple(f"{package}/policy.py" for package in LAYERS),
        _rule_without_an_actor,
        wrong=("def may_triage(case): ...", "def visible_cases(): ...", "def visible_cases(user): ..."),
        right=("def may_triage(actor, case): ...", "def visible_editions(): ..."),
    ),
    Rule(
        "a package knows no address of a package above it",
        ("accounts/*.py", *IN_PACKAGES),
        _address_above,
        wrong=(
            ("cases/answer.py", "path = reverse('collaborations:plan', args=[1])"),
            ("cases/answer.py", "path = f'/collaborations/{pk}/'"),
            ("accounts/views.py", "return redirect('cases:queue')"),
            ("guidance/views.py", "url = '/desk/1/'"),
        ),
        right=(
            ("cases/answer.py", "path = reverse('cases:case', args=[1])"),
            ("collaborations/show/page.py", "url = reverse('guidance:dimension', args=[1])"),
            ("accounts/notify.py", "path = '/room/'"),
            ("room.py", "url = '/collaborations/'"),
        ),
    ),
    Rule(
        "no field about where a person comes from or what they believe (product rule 6)",
        ALL,
        _field_about_origin,
        wrong=(
            "citizenship = models.CharField()",
            "country_of_birth = forms.ChoiceField()",
            "religion = models.TextField()",
            "personnummer = forms.CharField()",
            "nationality = models.ForeignKey(Country)",
        ),
        right=("country = models.CharField()", "place = forms.CharField()"),
    ),
]
