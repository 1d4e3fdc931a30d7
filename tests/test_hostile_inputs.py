"""Damaged and hostile exports: a sentence or a result, never a crash, never a hang."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studylib.errors import StudyError
from studylib.files import archive, limits
from studylib.readers import formats, sniff

JSON = json.dumps({"exchange-documents": {"exchange-document": {
    "@family-id": "7", "bibliographic-data": {
        "publication-reference": {"document-id": {"country": "FR", "doc-number": "1", "kind": "A"}},
        "classifications-ipcr": {"classification-ipcr": {"text": "H01J  37/32   20060101AFI"}},
        "classification-ipc": {"text": ["H01J37/32"]},
        "patent-classifications": {"patent-classification": [
            {"section": "H", "class": "01", "subclass": "J", "main-group": "37", "subgroup": "32"},
        ]},
        "application-reference": {"document-id": {"doc-number": "FR20040001", "date": "20040102"}},
        "priority-claims": {"priority-claim": {"document-id": [{"doc-number": "FR20040001"}]}},
        "parties": {"applicants": {"applicant": [
            {"applicant-name": {"name": "ACME\u2002[FR]"}}, {"applicant-name": {"name": "Acme"}},
        ]}},
        "invention-title": [{"@lang": "fr", "$": "Été"}],
    },
}}}, ensure_ascii=False).encode()  # fmt: skip
XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE exch:exchange-documents SYSTEM "docdb-entities.dtd">
<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange" no-of-documents="1">
<exch:exchange-document country="FR" doc-number="1" kind="A" family-id="7" status="A">
<exch:bibliographic-data><exch:classifications-ipcr><classification-ipcr sequence="1">
<text>H01J  37/32   20060101AFI</text></classification-ipcr></exch:classifications-ipcr>
<exch:application-reference data-format="epodoc"><document-id><doc-number>FR20040001</doc-number>
<date>20040102</date></document-id></exch:application-reference>
<exch:parties><exch:applicants><exch:applicant sequence="1" data-format="docdb">
<exch:applicant-name><name>ACME &scaron; &amp; C&#x39b;</name></exch:applicant-name>
</exch:applicant></exch:applicants></exch:parties>
<exch:invention-title lang="fr">Été</exch:invention-title>
</exch:bibliographic-data></exch:exchange-document></exch:exchange-documents>
""".encode()
SAMPLES = {
    "ops_json": JSON,
    "ops_xml": XML.replace(b"http://www.epo.org/exchange", b"http://ops.epo.org"),
    "docdb": XML,
}


def outcome(name, content, folder):
    """What reading gives: the raw tables, or the sentence it is refused with."""
    path = folder / "sample"
    path.write_bytes(content)
    reader = formats.module(name)
    try:
        reader.recognises(sniff.head(path))
        return reader.read(path)
    except StudyError as error:
        return str(error)


def is_sound(answer) -> bool:
    """A sentence, or tables that fit each other."""
    if isinstance(answer, str):
        return len(answer) > 0
    belongs = answer.symbols["record"].isin(answer.records.index).all()
    return bool(belongs) and answer.n_received >= len(answer.records)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all examples."""
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read_when_whole(folder, name):
    """What follows damages files that are read when whole."""
    assert len(outcome(name, SAMPLES[name], folder).records) == 1


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_anywhere_is_refused_in_a_sentence(folder, name, tenth):
    """A cut file is never read as if it were whole."""
    content = SAMPLES[name]
    said = outcome(name, content[: len(content) * tenth // 10], folder)
    assert isinstance(said, str)
    assert "'sample'" in said
    assert said.endswith(".")


def flipped(content, places):
    damaged = bytearray(content)
    for place, byte in places:
        damaged[place % len(damaged)] = byte
    return bytes(damaged)


PLACES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLACES)
def test_random_bytes_never_crash_amodule(folder, name, places):
    """Whatever a byte becomes, the answer is a result or a sentence."""
    assert is_sound(outcome(name, flipped(SAMPLES[name], places), folder))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLACES)
def test_random_bytes_in_an_archive_never_crash_amodule(folder, places):
    """The same for packed files, where a byte breaks the packing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.json", JSON)
    assert is_sound(outcome("ops_json", flipped(buffer.getvalue(), places), folder))
    assert is_sound(outcome("ops_json", flipped(gzip.compress(JSON, mtime=0), places), folder))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["$", "@lang", "name", "text", "document-id", "doc-number", "date", "section"]
    ), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
PARTS = (
    "publication-reference", "application-reference", "priority-claims", "parties",
    "classification-ipc", "classifications-ipcr", "patent-classifications", "invention-title",
)  # fmt: skip


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PARTS), VALUES, max_size=4))
def test_any_shape_of_a_document_is_read(folder, bibliography):
    """A dict, a list, a number or nothing may stand anywhere: what cannot be read is left out."""
    content = {"exchange-document": {"@country": "FR", "bibliographic-data": bibliography}}
    found = outcome("ops_json", json.dumps(content).encode(), folder)
    assert is_sound(found)
    assert len(found.records) == 1


def test_archive_bombs_are_refused_before_they_fill_the_memory(folder, monkeypatch):
    """Sizes are limited as declared and as they turn out to be."""
    monkeypatch.setattr(limits, "MOST_UNPACKED", 2**20)
    monkeypatch.setattr(archive.members, "__defaults__", (2**20,))
    zeros = b" " * 2**22
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.json", zeros)
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w:xz") as tar_bomb:
        info = tarfile.TarInfo("a.json")
        info.size = len(zeros)
        tar_bomb.addfile(info, io.BytesIO(zeros))
    for content in (packed.getvalue(), tarred.getvalue(), gzip.compress(zeros)):
        assert "MB" in outcome("ops_json", content, folder)
