"""What tells one content from another: SHA-256 of a file, read piece by piece."""

import hashlib
from pathlib import Path


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
