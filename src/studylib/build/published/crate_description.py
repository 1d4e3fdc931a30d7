"""
What an RO-Crate says of the files in it: `ro-crate-metadata.json` (RO-Crate 1.1).

    every file     name, kind, size, checksum
    the run        which tool read which files and made `results.json` (Process Run Crate 0.5)
    the study      title, day, licence, and who publishes it where its file says so

It says nothing of the machine; the day is that of the release.
"""

import hashlib
import mimetypes
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from studylib.build.plan import Plan
from studylib.build.published.release_content import Content
from studylib.language import given
from studylib.runs.published.compare import RESULTS
from studylib.study.model import Study

METADATA = "ro-crate-metadata.json"
CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
]
CRATE, PROFILE = "https://w3id.org/ro/crate/1.1", "https://w3id.org/ro/wfrun/process/0.5"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PUBLISHER = "#publisher"


def described(plan: Plan, content: Content, day: str) -> dict[str, Any]:
    """The description of every file, and of the run that made the results of the others."""
    study = plan.study
    files = [_file(path, content[path]) for path in sorted(content)]
    ids = [{"@id": file["@id"]} for file in files]
    read = [one for one in ids if one["@id"].startswith("study/")]
    title = study.title_in("en")
    who = _publisher(study)
    by: dict[str, Any] = (
        {name: {"@id": PUBLISHER} for name in ("author", "publisher")} if who else {}
    )
    root = {
        "@id": "./", "@type": "Dataset", "name": title, "datePublished": day,
        "description": f"{title}: the files a study rests on, the code and rules that compute it, "
                       "and its results.",
        "license": {"@id": LICENCE}, "conformsTo": {"@id": PROFILE},
        "hasPart": ids, "mentions": {"@id": "#build"}, **by,
    }  # fmt: skip
    run = {
        "@id": "#build", "@type": "CreateAction", "name": f"Build of {study.id}",
        "description": "The tables of the study computed from its files and printed: results.json.",
        "instrument": {"@id": "#studylib"}, "object": read, "endTime": day,
        "result": {"@id": f"results/{RESULTS}"}, **({"agent": by["author"]} if by else {}),
    }  # fmt: skip
    return {
        "@context": CONTEXT,
        "@graph": [
            {"@id": METADATA, "@type": "CreativeWork", "conformsTo": {"@id": CRATE},
             "about": {"@id": "./"}},
            root,
            run,
            *who,
            {"@id": "#studylib", "@type": "SoftwareApplication", "name": "studylib",
             "softwareVersion": version("studylib"), "url": "https://www.python.org/",
             "softwareRequirements": {"@id": "project/requirements.lock"}},
            {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate",
             "version": "0.5"},
            {"@id": LICENCE, "@type": "CreativeWork", "name": "CC BY 4.0",
             "description": "Text and figures; code is under MIT, and each input under its own "
                            "licence, as the study's register says."},
            *files,
        ],
    }  # fmt: skip


def _publisher(study: Study) -> list[dict[str, Any]]:
    """Who publishes the study, as its file says; nothing where it does not."""
    if not study.publisher:
        return []
    name = given.translated(study.publisher, "en")
    return [{"@id": PUBLISHER, "@type": "Organization", "name": name}]


def _file(path: str, body: bytes | Path) -> dict[str, Any]:
    """What is said of a file: its kind, size and checksum."""
    held = body if isinstance(body, bytes) else body.read_bytes()
    kind = mimetypes.types_map.get(Path(path).suffix.lower(), "application/octet-stream")
    return {
        "@id": quote(path), "@type": "File", "name": path.rpartition("/")[2],
        "contentSize": str(len(held)), "sha256": hashlib.sha256(held).hexdigest(),
        "encodingFormat": KINDS.get(Path(path).suffix, kind),
    }  # fmt: skip


KINDS = {
    ".py": "text/x-python", ".ipynb": "application/x-ipynb+json", ".toml": "application/toml",
    ".csv": "text/csv", ".md": "text/markdown", ".txt": "text/plain", ".lock": "text/plain",
}  # fmt: skip


def references(said: object) -> Iterator[str]:
    """Every `@id` that something points to."""
    if isinstance(said, dict):
        if set(said) == {"@id"}:
            yield said["@id"]
        for value in said.values():
            yield from references(value)
    elif isinstance(said, list):
        for value in said:
            yield from references(value)
