"""What a machine that does nothing else spends on a command and on everything it starts."""

import os
from pathlib import Path


def busy() -> float:
    """
    Seconds that the processors have worked since the machine started.

    What a process says of its children leaves out kernels that were forked and then killed.
    """
    user, nice, system = Path("/proc/stat").read_text("ascii").split()[1:4]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")
