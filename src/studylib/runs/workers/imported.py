"""
Which modules a kernel would have loaded that was started with nothing loaded.

    warm process    pandas -> numpy, dateutil ...      who asked for whom, noted as it happens
    kernel, forked  asks for pandas  --loaded-->       pandas, numpy, dateutil ...

A page names the libraries that computed it (`runs/libraries.py`); a kernel that was forked holds
all that its parent loaded for every page.  So each `import` is noted, also of what is there.
"""

import builtins
import importlib
import sys
from collections import defaultdict
from importlib.util import resolve_name
from types import FrameType, ModuleType
from typing import Any

OURS = __name__.partition(".")[0]
_asked: defaultdict[str, set[str]] = defaultdict(set)  # in the warm process: by whom
_here: set[str] = set()  # in the kernel: what it asked for
_before: set[str] | None = None  # what was there when it was forked; None in any other process
_import, _import_module = builtins.__import__, importlib.import_module


def note() -> None:
    """From here on note every import of this process."""
    builtins.__import__ = _noted
    for module in list(sys.modules.values()):  # who took it by name before: studylib itself
        if vars(module).get("import_module") is _import_module:
            vars(module)["import_module"] = _noted_module


def forked() -> None:
    """What is asked for from here on is asked for by this kernel."""
    global _before  # noqa: PLW0603 - one process, one fork
    _before = set(sys.modules)
    _asked.pop("__main__", None)  # that was the warm process
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == OURS and "__getattr__" in vars(module):
            for part in dir(module):  # what it loads when it is asked for: it is asked again
                if f"{name}.{part}" in sys.modules:
                    vars(module).pop(part, None)


def loaded() -> list[str]:
    """
    The modules of this process, sorted; of a forked kernel those it asked for, and those which
    these asked for when they were loaded.
    """
    if _before is None:
        return sorted(sys.modules)
    found: set[str] = set()
    waiting = {*_here, *(sys.modules.keys() - _before)}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= ({name.rpartition(".")[0]} | _asked.get(name, set())) - found
    return sorted(found & sys.modules.keys())


def _noted(
    name: str,
    globals: Any = None,  # noqa: A002 - as Python calls it
    locals: Any = None,  # noqa: A002
    fromlist: Any = (),
    level: int = 0,
) -> ModuleType:
    """The statement `import`, noted."""
    __tracebackhide__ = True
    module: ModuleType = _import(name, globals, locals, fromlist, level)
    here = globals or {}
    package = here.get("__package__") or here.get("__name__", "").rpartition(".")[0]
    whole = resolve_name("." * level + name, package) if level else name
    _note([whole, *(f"{whole}.{part}" for part in fromlist or ())])
    return module


def _noted_module(name: str, package: str | None = None) -> ModuleType:
    """`importlib.import_module`, noted."""
    __tracebackhide__ = True
    module = _import_module(name, package)
    _note([resolve_name(name, package)])
    return module


def _note(names: list[str]) -> None:
    """One more import: asked for by this kernel, or by the module that is being loaded."""
    (_here if _before is not None else _asked[_being_loaded()]).update(names)


def _being_loaded() -> str:
    """The module whose own lines run, whatever function they called; "" where there is none."""
    frame: FrameType | None = sys._getframe(3)  # noqa: SLF001 - behind our own three
    while frame and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return frame.f_globals.get("__name__", "") if frame else ""
