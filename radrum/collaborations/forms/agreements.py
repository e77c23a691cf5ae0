"""The form that takes a file of agreements, or its rows as text to be corrected on the page."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.collaborations.agreements.read import LARGEST, Unreadable, decode


class AgreementsForm(KeptForm):
    """A file, or the rows as text; a file takes the place of the text, where it can be mended."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, at most 500 kB. From Excel: save as CSV."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )
    rows = forms.CharField(
        label=_("The rows as text"),
        help_text=_("Filled in from the file. You can correct it here, or paste rows."),
        required=False,
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
    )

    def __init__(self, request: HttpRequest, key: str) -> None:
        super().__init__(request, key)
        self.unreadable = ""
        sent = request.FILES.get("file")
        self.from_file = sent is not None
        if sent is not None:
            self._take(sent)

    def _take(self, sent: Any) -> None:
        try:
            text = decode(sent.read(LARGEST + 1))
        except Unreadable as why:
            self.unreadable = str(why)
            return
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["rows"] = text  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        """There must be something to read."""
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("file", None)
        if self.unreadable:
            self.add_error("file", self.unreadable)
        elif not cleaned.get("rows", "").strip() and "rows" not in self.errors:
            self.add_error("file", _("Choose a file, or paste the rows."))
        return cleaned
