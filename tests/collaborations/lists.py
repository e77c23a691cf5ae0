"""Lists for tests of partners: two versions of the UN's, written by hand, and a register."""

from pathlib import Path

from radrum.core.actor import SYSTEM
from radrum.screening import lists
from tests.screening import samples
from tests.screening.test_folder import lay

# The older has neither the institute nor its address; the newer has both and lacks an academy.
_ACADEMY = samples.UN[samples.UN.index("    <ENTITY>") : samples.UN.index("</ENTITY>") + len("</ENTITY>\n")]
NEWER = samples.UN.replace("2026-02-27", "2026-11-23")
OLDER = NEWER.replace("2026-11-23", "2026-11-20").replace(
    _ACADEMY,
    _ACADEMY.replace("VELGRAD INSTITUTE OF PROPULSION", "OSTMARK ACADEMY OF NAVAL SCIENCES")
    .replace("XXe.002", "XXe.001")
    .replace("VIP Velgrad; Velgradski institut", ""),
)
CHANGED = NEWER.replace("2026-11-23", "2026-11-24").replace("Tehran", "Shiraz")
LISTED, ACADEMY, UNLISTED = "Velgrad Institute of Propulsion", "Ostmark Academy of Naval Sciences", "Sjöhem"


def load(tmp_path: Path, text: str, name: str) -> lists.Report:
    """Load one version of the list."""
    return lists.load_place(SYSTEM, lay(tmp_path / name, {"un.xml": text}))


def load_register(tmp_path: Path) -> None:
    """Load a register of three."""
    lists.load_place(SYSTEM, lay(tmp_path / "register", {"ror.jsonl": samples.ROR_LINES}))
