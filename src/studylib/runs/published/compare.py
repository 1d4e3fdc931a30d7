"""
What changed between two builds: the figures, and whether data, method or choices explain it.

    results.json   {study, parameters, inputs: {file: sha256}, method: {name: version},
                    texts: {name: sha256}, languages, results: {key: value}}

    old, new  --compare-->  Comparison(figures: key, old, new, change;  causes;  files)

A build says what went in (checksums of inputs), how (versions of libraries, checksums of rule
files and of code), with which parameters, in which words and languages.  If figures differ and
none of these does, the build is not reproducible, and that is said.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studylib.errors import UsageError, quoted
from studylib.files import atomic
from studylib.runs.published.comparison import CAUSES, Comparison

if TYPE_CHECKING:
    import pandas as pd

RESULTS = "results.json"
MANIFEST = "manifest.json"
SINCE = frozenset({"texts", "languages"})
"""What results of older releases do not say."""
COLUMNS = ("key", "old", "new", "change", "kind")


def write_results(
    path: Path,
    *,
    study: str,
    parameters: Mapping[str, Any],
    inputs: Mapping[str, str],
    method: Mapping[str, str],
    results: Mapping[str, Any],
    texts: Mapping[str, str] | None = None,
    languages: Sequence[str] = (),
    survey: Mapping[str, Any] | None = None,
) -> Path:
    """
    Write what a build found and from what; sorted, so that equal results are equal bytes.

    Results are numbers, texts or nothing by key; NaN is nothing.  `survey`: the totals that are
    published of one that is not public, for the build that comes next.
    """
    content = {
        "study": study,
        "parameters": dict(parameters),
        "inputs": dict(inputs),
        "method": dict(method),
        "texts": dict(texts or {}),
        "languages": dict.fromkeys(languages, "published"),
        "results": {key: _plain(value) for key, value in results.items()},
        **({} if survey is None else {"survey": dict(survey)}),
    }
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    return atomic.replace(path, text.encode() + b"\n")


def _plain(value: Any) -> Any:
    """A value as JSON knows it; numbers of numpy are numbers."""
    import pandas as pd

    value = value.item() if hasattr(value, "item") else value
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(value) if isinstance(value, float) and math.isinf(value) else value


def compare(old: Path, new: Path) -> Comparison:
    """
    What differs between two published reports (their folders or `results.json` files).

    Pages are compared where both sides have them beside their `results.json`.

    Raises
    ------
    UsageError
        One of them is no report, or they are of two studies.
    """
    import pandas as pd

    before, after = _read(old), _read(new)
    if before["study"] != after["study"]:
        raise UsageError(
            f"These are two studies, {quoted(before['study'])} and {quoted(after['study'])}; "
            "compare two builds of one."
        )
    causes = pd.concat(
        [
            _differences(before.get(part, {}), after.get(part, {})).assign(cause=cause)
            for part, cause in CAUSES.items()
            if part not in SINCE or (part in before and part in after)
        ],
        ignore_index=True,
    ).rename(columns={"key": "name"})
    shown = _files(old), _files(new)
    return Comparison(
        figures=_differences(before["results"], after["results"])[list(COLUMNS)],
        causes=causes[["cause", "name", "old", "new"]],
        files=None if None in shown else tuple(_differences(*shown)["key"]),  # type: ignore[arg-type]
    )


def _read(path: Path) -> dict[str, Any]:
    """What a build said about itself."""
    file = path / RESULTS if path.is_dir() else path
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if {"study", "results", *CAUSES} - SINCE <= set(content):
            return content
    except (OSError, ValueError, TypeError):
        pass
    raise UsageError(f"{quoted(path)} is no report: it has no readable {RESULTS}.")


def causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What differs between two results besides the figures, in order."""
    return [
        cause
        for part, cause in CAUSES.items()
        if part in old and part in new and old[part] != new[part]
    ]


def _files(path: Path) -> dict[str, str] | None:
    """Checksums of the published files; None where only results were given."""
    folder = path if path.is_dir() else path.parent
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError:
        return None
    return {name: entry["sha256"] for name, entry in told["files"].items() if name != RESULTS}


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> "pd.DataFrame":
    """One row per key whose value differs, sorted; missing where there was or is none."""
    import pandas as pd

    keys = [key for key in sorted({*old, *new}) if _of(old, key) != _of(new, key)]
    frame = pd.DataFrame(
        {
            "key": pd.Series(keys, dtype="str"),
            "old": pd.Series([old.get(key) for key in keys], dtype="object"),
            "new": pd.Series([new.get(key) for key in keys], dtype="object"),
        }
    )
    kinds = ["added" if k not in old else "removed" if k not in new else "changed" for k in keys]
    frame["kind"] = pd.Series(kinds, dtype="str")
    numbers = (
        frame[["old", "new"]].map(lambda x: x if _is_number(x) else math.nan).astype("float64")
    )
    frame["change"] = numbers["new"] - numbers["old"]
    return frame


def _of(values: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Whether a key is there, and its value: nothing known is not the same as no such key."""
    return key in values, values.get(key)


def _is_number(value: Any) -> bool:
    """Whether a difference can be taken."""
    return isinstance(value, int | float) and not isinstance(value, bool)
