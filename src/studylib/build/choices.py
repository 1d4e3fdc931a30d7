"""
What a study file decides, key by key: what two builds are compared by, apart from data and method.

    [period] first_year = 2000     -->   period.first_year      2000
    [[territories]] nuts = [...]   -->   territories[0].nuts    [...]
"""

from collections.abc import Iterator
from typing import Any

from studylib.build.plan import Plan
from studylib.patents.dataset import scheme_path
from studylib.study.input_parts import Table


def chosen(plan: Plan) -> dict[str, object]:
    """
    What a study file decides, by key: `period.first_year`, `territories[0].nuts`.

    Paths are left out: what they name is told by checksums, and a path may be of this machine.
    Languages decide no figure, and are told apart; how much memory a
    notebook may take and whom to tell are none.
    """
    paths = ("id", "register_file", "clusters", "sectors", "themes", "claims", "boundaries",
             "memory", "notify")  # fmt: skip
    own: Any = {**dict.fromkeys(paths, True), "sources": {"__all__": {"path"}}}
    own["survey"] = {"path", "codebook"}
    said = plan.study.model_dump(mode="json", exclude=own)
    for source, told in zip(plan.study.sources, said["sources"], strict=True):
        for key in set(Table.model_fields) - source.model_fields_set:
            del told[key]  # what only tables have, and this one does not say
    said["ket"]["scheme"] = scheme_path(plan.study).name
    del said["languages"]
    return dict(_leaves(said))


def _leaves(said: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Every value below a key, lists of texts as one."""
    if isinstance(said, dict):
        for name, value in said.items():
            yield from _leaves(value, f"{key}.{name}".removeprefix("."))
    elif isinstance(said, list) and said and isinstance(said[0], dict):
        for i, value in enumerate(said):
            yield from _leaves(value, f"{key}[{i}]")
    else:
        yield key, said
