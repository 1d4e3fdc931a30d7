"""Names made one by people, and names worth their look."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import name_review
from studylib.errors import DataError

HEADER = "# reviewed by hand\nspelling,name,source,date\n"


@pytest.fixture
def written(tmp_path):
    """A mapping file with these lines below the header."""

    def write(*lines, header=HEADER):
        path = tmp_path / "party_names.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def suggested(*names):
    """Pairs and why, as tuples."""
    pairs = name_review.suggest_mapping(pd.Series(list(names), dtype="str"))
    return list(pairs.itertuples(index=False, name=None))


def test_the_file_of_the_project_is_a_mapping():
    """The shipped file has the four columns and no entry nobody reviewed."""
    assert list(name_review.read_mapping().columns[:4]) == ["spelling", "name", "source", "date"]


def test_every_entry_needs_a_source_and_a_date(written):
    """An entry without its reviewer is refused by name."""
    with pytest.raises(DataError, match="1 entry lacks a spelling, name, source or date: 'EJ'"):
        name_review.read_mapping(written("EJ,EJEMPLO,,2024-01-01"))


def test_a_spelling_means_one_name(written):
    """Two meanings of one spelling are refused; the same entry twice is not."""
    twice = ("EJ,EJEMPLO,A B,2024-01-01", "ej.,EJEMPLO,A B,2024-01-01")
    assert len(name_review.read_mapping(written(*twice))) == 2
    with pytest.raises(DataError, match="1 spelling means two names: 'EJ'"):
        name_review.read_mapping(written(*twice, "EJ,OTRO,A B,2024-01-01"))


def test_a_file_without_its_columns_is_refused(written):
    """The missing columns are named."""
    with pytest.raises(DataError, match="lacks the columns 'source', 'date'"):
        name_review.read_mapping(written(header="spelling,name\n"))


def test_a_mapping_renames_and_reports_what_each_entry_did():
    """Spellings are compared without case and accents; an entry nobody needs is reported."""
    mapping = pd.DataFrame({"spelling": ["Ejemplo Robotica", "NADIE"], "name": ["EJ", "N"]})
    names = pd.Series(["EJEMPLO ROBÓTICA", "OTRO", None], index=[3, 2, 1])
    renamed, report = name_review.apply_mapping(names, mapping)
    assert renamed.fillna("-").to_dict() == {3: "EJ", 2: "OTRO", 1: "-"}
    assert report.to_dict("records") == [
        {"spelling": "Ejemplo Robotica", "name": "EJ", "n_rows": 1},
        {"spelling": "NADIE", "name": "N", "n_rows": 0},
    ]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("EJEMPLO ROBOTICA", "ROBOTICA EJEMPLO", "same words"),
        ("EJEMPLO ROBOTICA", "EJEMPLOROBOTICA", "same letters"),
        ("EJEMPLO ROBOTICA", "EJEMPLO ROBOTIKA", "one letter"),
        ("EJEMPLO ROBOTICA", "EJEMPLO ROBOTICAS", "one letter"),
        ("EJEMPLO ROBOTICA", "JEMPLO ROBOTICA", "one letter"),
        ("BEJEMPLO", "EJEMPLOS", None),
        ("EJEMPLOS", "EJEMPLO", "one letter"),
        ("EJEMPLA", "EJEMPLO", None),
        ("EJEMPLAS", "EJEMPLOS", "one letter"),
        ("EJEMPLO ROBOTICA 1", "EJEMPLO ROBOTICA 2", None),
        ("EJEMPLO ROBOTICA", "EJEMPLO ROBOTICA 2", None),
        ("EJEMPLO ROBOTICA", "OTRO NOMBRE", None),
    ],
)
def test_names_that_look_alike_are_shown(one, other, why):
    """Another order, other blanks or one letter pair two names; figures and short names do not."""
    pairs = suggested(one, other, one, None)
    first, second = sorted([one, other])
    n_rows = (2, 1) if first == one else (1, 2)
    assert pairs == ([(first, second, why, *n_rows)] if why else [])


def test_spellings_of_one_key_are_no_suggestion():
    """Names that compare equal are one already."""
    assert suggested("EJEMPLO ROBÓTICA", "EJEMPLO ROBOTICA") == []


def test_without_names_there_is_nothing_to_suggest():
    """An empty column gives an empty table with its columns."""
    empty = name_review.suggest_mapping(pd.Series([], dtype="str"))
    assert empty.columns.tolist() == ["name", "other", "why", "n_name", "n_other"]


def test_a_suggestion_is_never_applied():
    """Suggesting changes no name: what looks alike may be two companies."""
    names = pd.Series(["EJEMPLO ROBOTICA", "EJEMPLO ROBOTIKA"])
    name_review.suggest_mapping(names)
    assert names.tolist() == ["EJEMPLO ROBOTICA", "EJEMPLO ROBOTIKA"]


@given(st.lists(st.text("AB", min_size=8, max_size=10), min_size=2, max_size=2, unique=True))
def test_one_letter_is_found_whenever_it_is_one_letter(pair):
    """Hashing finds exactly the pairs at edit distance one."""
    one, other = sorted(pair, key=len)
    if len(one) == len(other):
        apart = sum(a != b for a, b in zip(one, other, strict=True))
    else:
        shorter = {other[:i] + other[i + 1 :] for i in range(len(other))}
        apart = 1 if one in shorter else 2
    found = [why for *_, why, _, _ in suggested(one, other)]
    assert found == (["one letter"] if apart == 1 else [])


@given(st.permutations(["EJEMPLO UNO", "EJEMPLO UNA", "UNO EJEMPLO", "EJEMPLOUNO", "OTRO NOMBRE"]))
def test_the_order_of_rows_is_irrelevant(names):
    """The same names give the same pairs."""
    assert [pair[:3] for pair in suggested(*names)] == [
        ("EJEMPLO UNA", "EJEMPLO UNO", "one letter"),
        ("EJEMPLO UNO", "EJEMPLOUNO", "same letters"),
        ("EJEMPLO UNO", "UNO EJEMPLO", "same words"),
    ]
