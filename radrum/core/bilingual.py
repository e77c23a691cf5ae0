"""Text that is data has a Swedish and an English column; the reader's language picks one."""

from typing import Any

from django.utils.translation import get_language


class Bilingual:
    """`name = Bilingual()` on a model reads `name_sv` or `name_en`; English falls back to Swedish."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        swedish = getattr(row, f"{self.name}_sv")
        return (
            swedish
            if (get_language() or "sv").startswith("sv")
            else getattr(row, f"{self.name}_en") or swedish
        )
