"""EPO OPS answers in JSON: what is read, what is refused, what goes to the rejects."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from conftest import needs_shared

from studylib.errors import DataError, UsageError
from studylib.readers import raw
from studylib.readers.epo import ops_json, tables
from studylib.readers.raw import Keep
from studylib.readers.sniff import head


def document(number="1", **more):
    """A document as converters leave it: no attributes, one child alone is no list."""
    return {
        "bibliographic-data": {
            "publication-reference": {
                "document-id": [
                    {"country": "FR", "doc-number": number, "kind": "A1", "date": "20050318"},
                    {"doc-number": f"FR{number}", "date": "20050318"},
                ]
            },
            "classifications-ipcr": {
                "classification-ipcr": {"text": "H01J  37/    32            A I        "}
            },
            "patent-classifications": {
                "patent-classification": [
                    {"classification-scheme": None, "section": "H", "class": "01", "subclass": "J",
                     "main-group": "37", "subgroup": "32", "classification-value": "I",
                     "generating-office": office}
                    for office in ("EP", "US")
                ]
            },
            "application-reference": {
                "document-id": [
                    {"country": "FR", "doc-number": "0309999", "kind": "A"},
                    {"doc-number": "FR20030009999", "date": "20030819"},
                ]
            },
            "priority-claims": {
                "priority-claim": {
                    "document-id": {"doc-number": "FR20020001111", "date": "20020131"}
                }
            },
            "parties": {
                "applicants": {"applicant": [
                    {"applicant-name": {"name": "GARONA OPTIQUE SA\u2002[FR]"}},
                    {"applicant-name": {"name": "Garona Optique S.A."}},
                ]},
                "inventors": {"inventor": [
                    {"inventor-name": {"name": "ETXEBERRIA ANE\u2002[ES]"}},
                    {"inventor-name": {"name": " DUPONT JEAN\u2002[FR]"}},
                    {"inventor-name": {"name": "エチェベリア, "}},
                    {"inventor-name": {"name": "Dupont, Jean"}},
                ]},
            },
            "invention-title": ["Ion source", "Source d'ions"],
            **more,
        }
    }  # fmt: skip


def official(node):
    """The same as OPS writes it: text under `$`."""
    if isinstance(node, dict):
        return {k: v if k.startswith("@") else official(v) for k, v in node.items()}
    return [official(v) for v in node] if isinstance(node, list) else {"$": node} if node else node


def answer(*documents):
    return {"exchange-documents": {"exchange-document": documents[0] if len(documents) == 1 else
            list(documents)}}  # fmt: skip


@pytest.fixture
def save(tmp_path):
    """Write a file into the test's folder: bytes, text or something to be JSON."""

    def write(content, name="answer.json"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        file.write_bytes(content)
        return file

    return write


def rows(frame, *columns):
    """Rows of a frame as tuples, missing as None."""
    chosen = frame[list(columns)].astype(object)
    return [*chosen.where(chosen.notna(), None).itertuples(index=False, name=None)]


def reasons(found):
    return rows(found.rejects, "file", "row", "column", "value", "reason", "n")


def test_a_document_becomes_one_row_of_each_kind(save):
    """Everything a study needs of one document stands in the raw tables, as exported."""
    found = ops_json.read(save(answer(document())))
    assert rows(found.records, *raw.RECORDS) == [(
        "answer.json", 1, "FR 0309999 A", "FR", "20030819", None, "FR 1", "FR", "A1", "20050318",
        None, None, "Ion source",
    )]  # fmt: skip
    assert rows(found.symbols, *raw.SYMBOLS) == [
        (0, "ipc", "H01J  37/    32", None, "A", "I", 1),
        (0, "cpc", "H01J 37/32", None, None, "I", 1),
    ]
    assert rows(found.parties, "role", "raw_name", "country", "position") == [
        ("applicant", "GARONA OPTIQUE SA", "FR", 1),
        ("inventor", "ETXEBERRIA ANE", "ES", 1), ("inventor", "DUPONT JEAN", "FR", 2),
    ]  # fmt: skip
    assert rows(found.priorities, *raw.PRIORITIES) == [(0, "FR20020001111", "FR", "20020131", 1)]
    assert (found.format, found.n_received, found.record_is) == ("ops_json", 1, "publication")
    assert (found.family_is, found.date_order, len(found.rejects)) == ("", "ymd", 0)


def test_every_frame_has_the_dtypes_of_an_empty_one(save):
    """A table with rows and a table without have the same columns and dtypes."""
    empty = document(**{"parties": None, "priority-claims": None, "classifications-ipcr": None,
                        "patent-classifications": None})  # fmt: skip
    for content in (answer(document()), answer(empty)):
        found = ops_json.read(save(content))
        for name in ("records", "symbols", "parties", "priorities"):
            expected = raw.empty(getattr(raw, name.upper())).dtypes
            assert getattr(found, name).dtypes.astype(str).equals(expected.astype(str)), name


def test_the_official_form_says_the_same(save):
    """Envelope, attributes and `$` change nothing but add the family and the language."""
    plain = ops_json.read(save(answer(document())))
    full = official(document()) | {"@family-id": "700", "@country": "FR", "@doc-number": "1",
                                   "@kind": "A1", "@system": "ops.epo.org"}  # fmt: skip
    found = ops_json.read(save({"ops:world-patent-data": {"@xmlns": "x", **answer(full)}}))
    assert found.records["family_id"].tolist() == ["700"]
    assert found.family_is == "DOCDB simple"
    assert found.records.drop(columns="family_id").equals(plain.records.drop(columns="family_id"))
    for name in ("symbols", "parties", "priorities"):
        assert getattr(found, name).equals(getattr(plain, name))


def test_prefixes_of_converted_docdb_are_dropped(save):
    """A DOCDB file converted to JSON keeps `exch:` before its names; it is read all the same."""
    text = json.dumps(answer(document())).replace('"parties"', '"exch:parties"')
    found = ops_json.read(save(text.replace('"exchange-document"', '"exch:exchange-document"')))
    assert len(found.parties) == 3


def test_several_answers_in_one_list(save):
    """A list of answers is read in order; rows count the documents of the file from 1."""
    found = ops_json.read(save([answer(document("1"), document("2")), answer(document("3"))]))
    assert rows(found.records, "row", "publication_number") == [
        (1, "FR 1"),
        (2, "FR 2"),
        (3, "FR 3"),
    ]


def test_a_folder_is_read_in_the_order_of_names(save, tmp_path):
    """Records of a folder name their file; the order of names decides, other files do not count."""
    save(answer(document("2")), "b.json")
    save(answer(document("1")), "a.JSON")
    save("about these files", "readme.txt")
    found = ops_json.read(tmp_path)
    assert rows(found.records, "file", "publication_number") == [
        ("a.JSON", "FR 1"),
        ("b.json", "FR 2"),
    ]
    assert ops_json.recognises(head(tmp_path))


def packed_tar(path, files, mode="w:xz"):
    with tarfile.open(path, mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("kind", ["w:xz", "w:gz", "w", "zip"])
def test_archives_are_read_without_unpacking_to_disk(tmp_path, kind):
    """Nothing is written anywhere: a name that leaves the archive is only a label."""
    content = json.dumps(answer(document())).encode()
    files = {"a/b.json": content, "../../escaped.json": content, "notes.txt": b"x"}
    path = tmp_path / "in" / "answers.bin"
    path.parent.mkdir()
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    else:
        packed_tar(path, files, kind)
    assert ops_json.recognises(head(path))
    found = ops_json.read(path)
    assert found.records["file"].tolist() == ["a/b.json", "../../escaped.json"]
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["answers.bin"]


@pytest.mark.parametrize("name", ["answer.json.gz", "answer.gz", "answer"])
def test_one_compressed_file_is_read_whatever_its_name(tmp_path, name):
    """A compressed answer is found by its content; another kind of file in it is not ours."""
    (tmp_path / name).write_bytes(gzip.compress(json.dumps(answer(document())).encode()))
    assert ops_json.recognises(head(tmp_path / name))
    assert ops_json.read(tmp_path / name).records["file"].tolist() == [name.removesuffix(".gz")]
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress(b"{"))
    assert not ops_json.recognises(head(tmp_path / "rows.csv.gz"))


def test_zip_files_inside_a_folder_are_read(tmp_path):
    """A delivery is a folder of zip files; a broken one costs only itself."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.json", json.dumps(answer(document())))
    (tmp_path / "b.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:60])
    found = ops_json.read(tmp_path)
    assert found.records["file"].tolist() == ["a.zip/x.json"]
    assert found.rejects["file"].tolist() == ["b.zip"]
    assert found.n_received == 2
    assert ops_json.recognises(head(tmp_path))


def test_one_broken_file_does_not_cost_the_others(save, tmp_path):
    """A broken file is one reject with its name and the reason; nothing of it is kept."""
    save(answer(document("1")), "a.json")
    save(json.dumps(answer(document("2")))[:-2], "b.json")
    save(answer(document("3")), "c.json")
    found = ops_json.read(tmp_path)
    assert found.records["publication_number"].tolist() == ["FR 1", "FR 3"]
    [(file, row, column, value, reason, _)] = reasons(found)
    assert (file, row, column, value) == ("b.json", None, "file", "b.json")
    assert reason.startswith("'b.json' is not JSON from line 1, column")
    assert found.n_received == len(found.records) + len(found.rejects)


def test_where_every_file_is_broken_the_first_reason_is_the_error(save, tmp_path):
    """Nothing readable is an error that says how many files and why."""
    save("", "a.json")
    save("[]", "b.json")
    with pytest.raises(DataError, match=r"None of the 2 files of .* First: 'a.json' is empty"):
        ops_json.read(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b'{"exchange-documents": {"exch', "is not JSON from line 1, column 25"),
        (b"<html>", "is not JSON from line 1, column 1"),
        ('{"exchange-document": "é"}'.encode("latin-1"), r"is not UTF-8 text \(byte 24\)"),
        (b"[" * 90_000 + b"]" * 90_000, "nests too deeply"),
        (b'{"a":' * 90_000, "nests too deeply"),
        (b"[" + b"9" * 5000 + b"]", "holds a value that cannot be read"),
        (b"[]", "holds no exchange document"),
        (b"7", "holds no exchange document"),
        (b'{"exchange-document": null}', "holds no exchange document"),
        (b'{"fault": {"code": {"$": "SERVER.EntityNotFound"}, "message": {"$": "No results"}}}',
         "is an error message of the service: 'SERVER.EntityNotFound No results'"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_sentence(save, content, words):
    """Empty, cut, foreign, nested or hostile: one sentence names the file and the reason."""
    with pytest.raises(DataError, match=f"'answer.json' {words}"):
        ops_json.read(save(content))


def test_a_file_beyond_the_limit_is_refused_before_it_is_parsed(save, monkeypatch):
    """An answer has a few MB; hundreds are refused."""
    monkeypatch.setattr(ops_json, "MOST_BYTES", 100)
    with pytest.raises(DataError, match="too large for an answer"):
        ops_json.read(save(answer(document())))


def test_a_byte_order_mark_is_no_obstacle(save):
    """UTF-8 with a mark is UTF-8."""
    path = save(b"\xef\xbb\xbf" + json.dumps(answer(document())).encode())
    assert ops_json.recognises(head(path))
    assert len(ops_json.read(path).records) == 1


def test_documents_without_data_are_rejects(save):
    """What is not found, or is no document, is one reject each; received adds up."""
    found = ops_json.read(save(answer(
        document("1"), {"@country": "FR", "@doc-number": "9", "@kind": "A", "@status": "not found"},
        {}, "junk", {"bibliographic-data": "junk"},
    )))  # fmt: skip
    assert reasons(found) == [
        ("answer.json", 2, "document", "FR 9 A", "not found", 1),
        ("answer.json", 3, "document", None, "no bibliographic data", 1),
        ("answer.json", 4, "document", None, "not an exchange document", 1),
        ("answer.json", 5, "document", None, "no bibliographic data", 1),
    ]
    assert found.n_received == 5 == len(found.records) + len(found.rejects)


def test_symbols_of_other_schemes_are_one_reject_per_scheme(save):
    """National symbols are counted over the export, as one number."""
    fi = {"classification-scheme": None, "classification-symbol": "H01J37/32&Z"}
    listed = document(**{"patent-classifications": {"patent-classification": [fi, fi]}})
    found = ops_json.read(save(answer(listed, listed)))
    assert reasons(found) == [
        (None, None, "symbol", None, "classification that is neither IPC nor CPC: ?", 4)
    ]


def test_half_characters_are_repaired_and_counted(save):
    """A broken escape in one name does not stop the export."""
    text = json.dumps(answer(document())).replace("Ion source", "Ion\\ud800source")
    found = ops_json.read(save(text))
    assert found.records["title"].tolist() == ["Ion\N{REPLACEMENT CHARACTER}source"]
    assert found.repairs == {tables.HALF_CHARACTERS: 1}


@pytest.mark.parametrize(
    ("keep", "reason"),
    [
        (Keep(2003, 2003), None),
        (Keep(2004, 2012), "outside the study's years"),
        (Keep(None, 2002), "outside the study's years"),
        (Keep(2002, 2002, "priority"), None),
        (Keep(2003, 2012, "priority"), "outside the study's years"),
        (Keep(countries=("ES",)), None),
        (Keep(countries=("PT",)), "outside the study's areas"),
        (Keep(countries=("PT",), nuts_prefixes=("ES21", "FRI1")), None),
        (Keep(nuts_prefixes=("PT1",)), "outside the study's areas"),
    ],
)
def test_what_lies_outside_the_study_may_be_left_behind(save, keep, reason):
    """Both ends of the window belong to it; what stays behind is counted with its reason."""
    found = ops_json.read(save(answer(document("1"), document("2"))), keep)
    assert len(found.records) == (0 if reason else 2)
    assert reasons(found) == ([(None, None, "document", None, reason, 2)] if reason else [])
    assert found.n_received == 2


def test_the_earliest_priority_decides(save):
    """Of several claims the earliest is the priority, as everywhere in the study."""
    dates = ("20050101", "20010101")
    claims = [{"document-id": {"doc-number": f"FR{d}", "date": d}} for d in dates]
    several = answer(document(**{"priority-claims": {"priority-claim": claims}}))
    assert len(ops_json.read(save(several), Keep(2001, 2002, "priority")).records) == 1
    assert len(ops_json.read(save(several), Keep(2003, 2012, "priority")).records) == 0


def test_what_claims_no_priority_has_its_filing_as_priority(save):
    """A first filing has no claim; its priority year is its filing year."""
    first = answer(document(**{"priority-claims": None}))
    found = ops_json.read(save(first), Keep(2003, 2003, "priority"))
    assert len(found.records) == 1


def test_no_date_and_no_country_have_reasons_of_their_own(save):
    """Unknown is not outside: the reasons differ."""
    bare = document(**{"application-reference": None, "parties": None})
    for keep, reason in (
        (Keep(2000), "year of filing unknown"),
        (Keep(countries=("FR",)), "country of all parties unknown"),
    ):
        assert reasons(ops_json.read(save(answer(bare)), keep))[0][-2] == reason


@pytest.mark.parametrize(
    ("content", "is_ours"),
    [
        ('{"exchange-documents": {}}', True), ('\n[{"exchange-document": 1}]', True),
        ('{"ops:world-patent-data": {"fault": 1}}', True), ('{"a": 1}', False),
        ("<exchange-documents/>", False), ("", False),
    ],
)  # fmt: skip
def test_content_decides_what_is_ours(save, content, is_ours):
    """JSON with exchange documents is ours, whatever the file is called."""
    assert ops_json.recognises(head(save(content, "export.txt"))) is is_ours


def test_only_the_first_files_of_a_folder_are_looked_at(save, tmp_path):
    """A folder is recognised by one of its first three files; broken archives are passed by."""
    assert not ops_json.recognises(head(tmp_path))
    with pytest.raises(DataError, match=r"holds no .json file"):
        ops_json.read(tmp_path)
    for name in ("a", "b", "c"):
        save("{}", f"{name}.json")
    save(answer(document()), "d.json")
    assert not ops_json.recognises(head(tmp_path))
    (tmp_path / "a.json").unlink()
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.json").unlink()
    assert ops_json.recognises(head(tmp_path))


def test_a_missing_file_and_an_unreadable_one(tmp_path, monkeypatch):
    """Nothing there is a wrong path; what cannot be opened is a wrong file."""
    with pytest.raises(UsageError, match="There is no file"):
        ops_json.read(tmp_path / "missing.json")
    (tmp_path / "a.json").write_text("{}")
    seen = head(tmp_path)
    (tmp_path / "a.json").unlink()
    monkeypatch.setattr(ops_json.packages.sniff, "head", lambda _: seen)
    with pytest.raises(DataError, match=r"'a.json' cannot be opened: No such file"):
        ops_json.read(tmp_path)


@needs_shared
@pytest.mark.shared
def test_real_answers(shared):
    """431 real answers, counted by an independent walk over the JSON, arrive complete."""
    path = shared / "real" / "ops" / "biblio_json.tar.xz"
    assert ops_json.recognises(head(path))
    found = ops_json.read(path)
    assert (found.n_received, len(found.records), found.records["file"].nunique()) == (
        439,
        439,
        431,
    )
    assert found.symbols["scheme"].value_counts().to_dict() == {"cpc": 2790, "ipc": 1975}
    assert (found.symbols["version"] == "1-7").sum() == 32
    ipc = found.symbols[found.symbols["scheme"] == "ipc"]
    assert ipc["record"].nunique() == 437
    assert ipc["level"].value_counts().to_dict() == {"A": 1940, "C": 3}
    assert ipc["value"].value_counts().to_dict() == {"I": 1885, "N": 58}
    assert found.parties.groupby("role")["country"].agg(["size", "count"]).to_numpy().tolist() == [
        [614, 132], [2036, 343],
    ]  # fmt: skip
    assert len(found.priorities) == 613
    assert found.records["filing_date"].str[:4].astype(int).between(2000, 2012).sum() == 21
    assert (
        found.records[["application_number", "publication_number", "title"]]
        .notna()
        .to_numpy()
        .all()
    )
    assert (found.family_is, found.records["family_id"].notna().sum()) == ("", 0)
    assert reasons(found) == [
        (None, None, "symbol", None,
         "CPC combination set, whose symbols mean something only together", 63),
        (None, None, "symbol", None, "classification that is neither IPC nor CPC: ?", 588),
    ]  # fmt: skip
    assert found.repairs == {}
