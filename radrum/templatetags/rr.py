"""Template tags of the page frame: form fields in Designsystemet's markup, and dates as people write them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from radrum.accounts.models import swedish_key
from radrum.accounts.roles import Role
from radrum.core.actor import Actor

register = template.Library()

NEAR = 150  # days in which a day and a month are enough
ANSWERS_IN_A_ROW = 3  # yes, no, unsure: more would not fit beside each other on a tablet


def _local(value: date | datetime) -> date | datetime:
    """The same moment on the clock of the reader's wall."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _near(value: date | datetime) -> bool:
    """Whether the date lies so close that its year goes without saying."""
    moment = _local(value)
    day = moment.date() if isinstance(moment, datetime) else moment
    return abs((day - timezone.localdate()).days) < NEAR


@register.filter
def near_date(value: Any) -> str:
    """24 november; the year is added when nobody could guess it."""
    if not isinstance(value, date):
        return str(value or "")
    return format_date(_local(value), "j F" if _near(value) else "j F Y")


@register.filter
def local_date(value: Any) -> str:
    """24 november 2026. A text passes through, so that "expected in May" can stand where a date would."""
    return format_date(_local(value), "j F Y") if isinstance(value, date) else str(value or "")


@register.filter
def local_day(value: Any) -> str:
    """24 nov, for narrow columns; the year is added when nobody could guess it."""
    if not isinstance(value, date):
        return str(value or "")
    written = format_date(_local(value), "j M" if _near(value) else "j M Y")
    return written.lower() if get_language() == "sv" else written


@register.filter
def local_time(value: Any) -> str:
    """09.42 in Swedish, 09:42 in English."""
    if not isinstance(value, datetime):
        return str(value or "")
    return format_date(_local(value), "H.i" if get_language() == "sv" else "H:i")


@register.filter
def local_moment(value: Any) -> str:
    """24 november 2026 at 09:42."""
    if not isinstance(value, datetime):
        return local_date(value)
    return _("%(day)s at %(time)s") % {"day": local_date(value), "time": local_time(value)}


@register.filter
def role_words(actor: Actor) -> str:
    """The actor's roles as words, in the order of the list of roles."""
    return ", ".join(str(role.label) for role in Role if role in actor.roles)


@register.filter
def by_name(rows: Iterable[Any]) -> list[Any]:
    """Rows in the order of their names, as Swedish readers expect."""
    return sorted(rows, key=lambda row: swedish_key(row["name"]))


@register.filter
def runs(form: forms.Form, beginnings: str) -> list[dict[str, Any]]:
    """The visible fields in runs; optional ones whose names begin so are folded, open when filled."""
    start = tuple(beginnings.split())
    found: list[dict[str, Any]] = []
    for bound in form.visible_fields():
        folded = bound.name.startswith(start) and not bound.field.required
        if not found or found[-1]["folded"] != folded:
            found.append({"folded": folded, "filled": False, "fields": []})
        found[-1]["fields"].append(bound)
        found[-1]["filled"] |= bool(bound.errors or bound.value())
    return found


@register.inclusion_tag("rr/field.html")
def field(
    bound: BoundField, *, label: str = "", spoken: bool = False, hint: bool = True, rows: int | None = None
) -> dict[str, Any]:
    """One form field with its label, description and errors, tied together for screen readers.

    `spoken`: the label stands as a heading just above, so only a screen reader needs it again.
    `hint=False`: leave out a help text that the page says better. Required fields are marked only in forms
    that also have others: a form where everything must be filled in would only get longer by saying so.
    What may be chosen in a field that the form names `in_swedish` is Swedish on every page, frozen passages.
    """
    name, kind = bound.auto_id or bound.html_name, _kind(bound.field.widget)
    hint = hint and bool(bound.help_text)
    described = " ".join([f"{name}-d"] * hint + [f"{name}-e"] * bool(bound.errors))
    return {
        "field": bound,
        "id": name,
        "kind": kind,
        "described": described,
        "control": "" if kind in {"radio", "checkboxes"} else _control(bound, described, rows),
        "label": label or bound.label,
        "spoken": spoken,
        "hint": hint,
        "half": bound.name.startswith(tuple(getattr(bound.form, "halves", ()))),
        "in_swedish": bound.name in getattr(bound.form, "in_swedish", ()),
        "in_a_row": kind == "radio" and len(bound.field.widget.choices) <= ANSWERS_IN_A_ROW,
        "say_required": bound.field.required and _mixed(bound),
    }


def _kind(widget: forms.Widget) -> str:
    """Which of the layouts in rr/field.html suits the widget."""
    if isinstance(widget, forms.CheckboxSelectMultiple):  # before RadioSelect, of which it is one
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


def _control(bound: BoundField, described: str, rows: int | None) -> str:
    """The widget itself; groups are drawn option by option in the template."""
    attributes: dict[str, Any] = {
        "class": "ds-input",
        "aria-describedby": described or False,
        "placeholder": False,  # it disappears when one starts to type; label and description do not
        "cols": False,  # the layout decides the width
    }
    attributes |= {"aria-invalid": "true"} if bound.errors else {}
    attributes |= {"rows": rows} if rows else {}
    return bound.as_widget(attrs=attributes)


def _mixed(bound: BoundField) -> bool:
    """Whether the form asks for some things and leaves others to the writer."""
    if bound.form.empty_permitted:  # may be left empty as a whole
        return False
    return len({other.field.required for other in bound.form.visible_fields()}) > 1
