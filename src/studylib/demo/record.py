"""What is known of one synthetic application before it is written."""

from dataclasses import dataclass

from studylib.demo.calibrate import Slot
from studylib.demo.parties import Share


@dataclass(frozen=True)
class Record:
    """One synthetic application; `ipc` holds symbols as spelled in the export."""

    slot: Slot
    ipc: list[str]
    inventors: list[Share]
    applicants: list[Share]
