"""The form of every step that lets texts leave their author: doubtful words wait for a tick."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from radrum.accounts.keep import KeptForm
from radrum.guidance.wording import Doubtful


class _Tick(forms.CheckboxInput):
    """A box that sends the mark of what was shown, and is never ticked beforehand."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda _value: False)

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        """The mark, or nothing."""
        return data.get(name, "")


class LeavingForm(KeptForm):
    """A form whose texts leave their author: doubtful words are shown, and go on when they are ticked."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def carry_out(self, step: Callable[..., Any], *subject: Any, **more: Any) -> Any:
        """As every form; when the step doubts the words, ask about exactly these."""

        def watched(*given: Any, **fields: Any) -> Any:
            try:
                return step(*given, **fields)
            except Doubtful as doubt:
                self._ask(doubt)
                raise

        return super().carry_out(watched, *subject, **more)

    def _ask(self, doubt: Doubtful) -> None:
        self.fields["confirmed"].widget = _Tick()
        self.fields["confirmed"].label = _("I have looked at these words, and they may stand")
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["confirmed"] = doubt.mark  # type: ignore[index]

    def values_of(self, current: Any) -> dict[str, Any]:
        """The tick is nobody's saved value."""
        return {name: value for name, value in super().values_of(current).items() if name != "confirmed"}
