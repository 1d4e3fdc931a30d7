"""Records of exports that know application numbers and of exports that do not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_studies import raw

from studylib.prepare import canonical, identity


def known(*rows):
    """Records as `records.identify` gives them: (application_id, id_from, publication_id)."""
    columns = ["application_id", "id_from", "publication_id"]
    return pd.DataFrame(list(rows), columns=columns).astype("str")


def told(*parts):
    """The ids of all records after reconciling, export by export."""
    found = identity.reconciled([known(*part) for part in parts])
    return [part[["application_id", "id_from"]].to_numpy().tolist() for part in found]


WITH_NUMBER = ("CA19992270722", "application", "CA2270722")


def test_a_publication_belongs_to_the_application_another_export_gives_it():
    """One invention in two exports is one application."""
    assert told([WITH_NUMBER], [("CA2270722", "publication", "CA2270722")]) == [
        [["CA19992270722", "application"]],
        [["CA19992270722", "application"]],
    ]


def test_a_publication_nobody_knows_keeps_its_number():
    """Without a record that says more, the publication stands for itself."""
    assert told([WITH_NUMBER], [("CA9", "publication", "CA9")])[1] == [["CA9", "publication"]]


def test_a_publication_number_that_reads_like_an_application_number_stays_apart():
    """US 2008/0082420 as a publication and as an application are two inventions."""
    application = ("US20080082420", "application", "US2009200416")
    publication = ("US20080082420", "publication", "US20080082420")
    assert told([application], [publication]) == [
        [["US20080082420", "application"]],
        [["US20080082420 (publication)", "publication"]],
    ]


def test_a_publication_of_two_applications_belongs_to_neither():
    """Records that contradict each other decide nothing."""
    twice = [WITH_NUMBER, ("CA5", "application", "CA2270722")]
    assert told(twice, [("CA2270722", "publication", "CA2270722")])[1] == [
        ["CA2270722", "publication"]
    ]


def test_exports_of_one_kind_are_left_as_they_are():
    """Where all have application numbers, or none has, there is nothing to reconcile."""
    parts = [known(("A", "publication", "A")), known(("B", "publication", "B"))]
    assert [a is b for a, b in zip(identity.reconciled(parts), parts, strict=True)] == [True, True]


def test_records_without_publication_number_are_no_trouble():
    """An application that is not published yet belongs to itself."""
    assert told([("A1", "application", None)], [("P1", "publication", "P1")]) == [
        [["A1", "application"]],
        [["P1", "publication"]],
    ]


ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.booleans(), st.sampled_from("ABCD")), max_size=8
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(rows, random):
    """Each record gets the same id wherever it stands; no two kinds share one."""
    rows = [
        (app, "application", pub) if by_number else (pub, "publication", pub)
        for app, by_number, pub in rows
    ]
    [found] = identity.reconciled([known(*rows)])
    order = list(range(len(rows)))
    random.shuffle(order)
    [again] = identity.reconciled([known(*(rows[i] for i in order))])
    assert again["application_id"].tolist() == [found["application_id"][i] for i in order]
    kinds = found.groupby("application_id")["id_from"].nunique()
    assert (kinds <= 1).all()


@pytest.mark.parametrize("turned", [False, True])
def test_two_exports_of_one_publication_are_one_application(turned):
    """Symbols of both, the number and date of the one that knows them; families follow."""
    full = raw(
        {"application_number": "CA 19992270722 A", "publication_number": "CA 2270722 A1",
         "filing_date": "1999-05-01", "ipc": ["B60L 8/00"]},
        format="espacenet",
    )  # fmt: skip
    bare = raw(
        {"publication_number": "CA 2270722", "title": "A car", "ipc": ["H02J 7/35"]},
        format="patentscope",
    )
    read = canonical([bare, full] if turned else [full, bare])
    one = read["applications"].iloc[0]
    assert len(read["applications"]) == len(read["families"]) == 1
    assert (one["application_id"], one["title"], one["filing_year"]) == (
        "CA19992270722", "A car", 1999,
    )  # fmt: skip
    assert read["symbols"]["symbol"].tolist() == ["B60L 8/00", "H02J 7/35"]
