"""Tell the editor, in their language, what the worker noted in English when a source did not answer."""

from django.utils.translation import gettext


def why(failure: str) -> str:
    """The sentence that `fetch` or `parse` raised, translated; its detail in brackets is left as it is."""
    sentence, bracket, detail = failure.partition(" (")
    return f"{gettext(sentence)}{bracket}{detail}" if sentence else ""
