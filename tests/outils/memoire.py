"""The most memory that this process held."""

import re
from pathlib import Path


def remettre_le_pic_a_zero() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def pic() -> int:
    """The most that it has held since it was last asked to forget, in kB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
