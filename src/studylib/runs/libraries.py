"""
The libraries whose code computed a page, by what its kernel had loaded in the end.

    modules loaded, cells  --computing-->  matplotlib, numpy, pandas, pyarrow, scipy, statsmodels

A library counts where code of ours that was loaded asks for a module of it, and that module was
loaded too.  Most are asked for inside functions: `statsmodels.stats.proportion` is there after a
function that needs it ran.  What another library brought along for itself is asked for by nobody,
unless both ask for the same module: scipy stands beside statsmodels, which computes with it.
"""

import ast
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from threading import Lock

from studylib.project import PACKAGE

ONE_AT_A_TIME = (
    Lock()
)  # two threads that parse at once stop Python 3.11 ("recursion depth mismatch")
DRESSING = frozenset({
    "babel", "beautifulsoup4", "defusedxml", "ipywidgets", "jinja2", "markupsafe",
    "nbconvert", "nbformat", "nh3", "papermill", "pydantic", "pydantic-core", "pytask", "traitlets",
    "typer", "typst", "xlsxwriter",
})  # fmt: skip
"""Libraries that compute no figure: they check files, write words, lay out pages and run them."""


def computing(modules: Collection[str], cells: Iterable[str] = ()) -> list[str]:
    """
    The libraries that computed, by the names they are installed by, sorted.

    Parameters
    ----------
    modules
        Every module that was loaded when the last cell was done.
    cells
        The code of the notebook, which may ask for libraries of its own.
    """
    loaded = set(modules)
    ours = [name for name in loaded if name.partition(".")[0] == PACKAGE.name]
    asked = {name for cell in cells for name in _asked(cell)}
    asked = asked.union(*map(_asked_by, ours))
    tops = {name.partition(".")[0] for name in asked & loaded}
    libraries = {library for top in tops for library in _libraries().get(top, ())}
    return sorted(libraries - DRESSING - {PACKAGE.name})


@cache
def _asked_by(module: str) -> frozenset[str]:
    """The modules that a module of ours asks for; none where it has no file."""
    stem = PACKAGE.parent.joinpath(*module.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if path.is_file():
            return frozenset(_asked(path.read_text(encoding="utf-8")))
    return frozenset()


def _asked(code: str) -> Iterator[str]:
    """The modules that code asks for when it runs: not those it names for its types alone."""
    try:
        with ONE_AT_A_TIME:
            waiting: list[ast.AST] = [ast.parse(code)]
    except SyntaxError:  # a cell with words of IPython's own
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        waiting.extend(ast.iter_child_nodes(node))


@cache
def _libraries() -> dict[str, list[str]]:
    """What is installed: the name of each top module, and the libraries it belongs to."""
    from importlib.metadata import packages_distributions

    found = packages_distributions()
    return {top: [name.lower().replace("_", "-") for name in names] for top, names in found.items()}
