"""A study to give away: an RO-Crate that is valid offline and computes its results again."""

import hashlib
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from urllib.parse import unquote

import pytest
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib.build import command, plan
from studylib.build.published import crate, crate_description
from studylib.errors import DataError, UsageError
from studylib.project import PROCESSED
from studylib.runs.workers import supervise

DESCRIPTOR = {
    "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A study of one notebook, built: (study file, reports)."""
    folder = tmp_path_factory.mktemp("crate")
    (folder / "notebooks").mkdir()
    written(folder / "notebooks", *CELLS, name="00_one")
    more = 'languages = ["en"]\npublisher = "Argia"\n'
    path = study_file(folder / "in", head=HEAD.replace("tiny", "given") + more)
    export(folder / "in" / "data" / "my export #1.csv", {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "NOTEBOOKS", folder / "notebooks")
        patch.setattr(crate, "NOTEBOOKS", folder / "notebooks")
        patch.setenv(PROCESSED, str(folder / "work"))
        command.build_study(path, folder / "reports")
        yield path, folder / "reports"
    supervise.end_idle()


@pytest.fixture
def opened(built, tmp_path):
    """The crate, unpacked: (folder, its graph by id)."""
    made = crate.write(*built, tmp_path / "study.crate.zip")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "crate")
    said = json.loads((tmp_path / "crate" / "ro-crate-metadata.json").read_text())
    return tmp_path / "crate", {one["@id"]: one for one in said["@graph"]}


def test_a_crate_says_what_every_file_in_it_is(opened):
    """As RO-Crate 1.1 asks: a descriptor, a root with name, day and licence, no loose end."""
    folder, graph = opened
    assert graph["ro-crate-metadata.json"] == DESCRIPTOR
    root = graph["./"]
    assert {"name", "description", "datePublished", "license", "hasPart"} <= root.keys()
    assert set(crate_description.references(list(graph.values()))) <= {
        *graph, "https://w3id.org/ro/crate/1.1"
    }  # fmt: skip
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    told = {unquote(part["@id"]) for part in root["hasPart"]}
    assert there - {"ro-crate-metadata.json"} == told
    for name in told:
        said = next(one for key, one in graph.items() if unquote(key) == name)
        body = (folder / name).read_bytes()
        assert said["@type"] == "File"
        assert said["sha256"] == hashlib.sha256(body).hexdigest()
        assert said["contentSize"] == str(len(body))


def test_the_run_is_told_with_what_it_read_and_made(opened):
    """Process Run Crate: an action, its tool, its inputs and its result."""
    _folder, graph = opened
    run = graph["#build"]
    assert run["@type"] == "CreateAction"
    assert graph[run["instrument"]["@id"]]["name"] == "studylib"
    read = {one["@id"] for one in run["object"]}
    assert read == {"study/study.toml", "study/data/my%20export%20%231.csv"}
    assert run["result"] == {"@id": "results/results.json"}
    assert graph[run["agent"]["@id"]] == {
        "@id": "#publisher", "@type": "Organization", "name": "Argia"
    }  # fmt: skip


def test_the_same_release_is_the_same_crate(built, tmp_path):
    """Byte for byte, whenever it is made."""
    one = crate.write(*built, tmp_path / "a.zip").read_bytes()
    assert crate.write(*built, tmp_path / "b.zip").read_bytes() == one


# The validator with the terms of RO-Crate 1.1 that a crate of ours uses, in place of the network.
VALIDATOR = """
import email.message, io, json, sys, urllib.request, urllib.response
import requests
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.services import validate
from rocrate_validator.utils.http import HttpRequester
terms = sys.argv[2].split()
context = {term: f"http://schema.org/{term}" for term in terms}
context |= {"File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
body = json.dumps({"@context": context}).encode()
class Here(urllib.request.HTTPSHandler):
    def https_open(self, asked):
        head = email.message.Message()
        head["Content-Type"] = "application/ld+json"
        answer = urllib.response.addinfourl(io.BytesIO(body), head, asked.full_url, 200)
        answer.msg = "OK"
        return answer
urllib.request.install_opener(urllib.request.build_opener(Here()))
def get(self, url, *given, **named):
    answer = requests.Response()
    answer.status_code, answer._content, answer.url = 200, body, url
    answer.headers["Content-Type"] = "application/ld+json"
    return answer
for kind in {HttpRequester, type(HttpRequester())}:
    kind.get = kind.head = get
found = validate(ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="process-run-crate-0.5",
    requirement_severity=Severity.RECOMMENDED,
)).get_issues()
print(*sorted(f"{i.severity.name} {i.check.identifier} {i.message}" for i in found), sep="\\n")
"""
TERMS = (
    "about agent author contentSize datePublished description encodingFormat endTime hasPart "
    "instrument license mentions name object publisher result softwareRequirements "
    "softwareVersion url version CreateAction CreativeWork Dataset Organization "
    "SoftwareApplication"
)


@pytest.mark.torture
@pytest.mark.skipif(
    "STUDYLIB_CRATE_VALIDATOR" not in os.environ,
    reason="skipped: STUDYLIB_CRATE_VALIDATOR names no Python with roc-validator",
)
def test_an_outside_validator_takes_the_crate(opened):
    """roc-validator finds nothing that is required missing; without a licence it does."""
    folder, graph = opened

    def told():
        """How grave what the validator finds is: an address of program and publisher, no more."""
        said = subprocess.run(
            [os.environ["STUDYLIB_CRATE_VALIDATOR"], "-c", VALIDATOR, str(folder), TERMS],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        return re.findall("^(REQUIRED|RECOMMENDED) (\\S+)", said, re.MULTILINE)

    assert told() == [
        ("RECOMMENDED", "process-run-crate-0.5_5.1"), ("RECOMMENDED", "ro-crate-1.1_31.2")
    ]  # fmt: skip
    del graph["./"]["license"]
    said = {"@context": crate_description.CONTEXT, "@graph": list(graph.values())}
    (folder / "ro-crate-metadata.json").write_text(json.dumps(said))
    assert "REQUIRED" in {severity for severity, _rule in told()}


@pytest.mark.slow
def test_the_crate_alone_gives_the_results_again(opened, tmp_path):
    """In an environment that knows the libraries, and nothing of the study or of this project."""
    folder, _graph = opened
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "a.pth").write_text(f"{folder / 'project' / 'src'}\n")
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "b.pth").write_text("\n".join([*libraries, sysconfig.get_path("purelib")]) + "\n")
    done = subprocess.run(
        [home / "bin" / "python", "-m", "studylib", "build", "../study/study.toml",
         "--reports", "../again", "--work", str(tmp_path / "work again")],
        cwd=folder / "project", capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    again = (folder / "again" / "given" / "results.json").read_bytes()
    assert again == (folder / "results" / "results.json").read_bytes()


def test_a_crate_is_made_of_what_was_published(built, tmp_path):
    """Of nothing, of files that changed, and of files from elsewhere there is none."""
    path, reports = built
    with pytest.raises(UsageError, match="Nothing whole is published of 'given'"):
        crate.write(path, tmp_path, tmp_path / "a.zip")
    source = path.parent / "data" / "my export #1.csv"
    before = source.read_bytes()
    source.write_bytes(before + b"\n")
    with pytest.raises(DataError, match=r"other files than there are now: 'my export #1\.csv'"):
        crate.write(path, reports, tmp_path / "a.zip")
    source.write_bytes(before)
    assert not (tmp_path / "a.zip").exists()
