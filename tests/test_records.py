"""Records become applications: one identity, earliest dates, nothing chosen in silence."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from small_studies import raw

from studylib.prepare import of_one_kind, record_dates, records

A1 = {
    "application_number": "EP 98115245.3", "publication_number": "EP0987654 A1",
    "filing_date": "1998-08-13", "publication_date": "2000-02-16", "title": "Lamp",
    "priorities": [("ES9701234", "ES", "1997-08-13")],
}  # fmt: skip
B1 = {
    "application_number": "EP19980115245", "publication_number": "EP0987654 B1",
    "filing_date": "1998-08-13", "publication_date": "2003-04-02", "title": "A lamp",
}  # fmt: skip


def identified(*given, **changes):
    return records.identify(raw(*given, **changes), "lens")


def merged(*given):
    return records.merge(identified(*given)[0])


def test_exports_of_one_kind_are_joined_to_one():
    """Their records count on, and what belongs to a record goes with it."""
    one, two = raw(A1, B1, date_order="dmy"), raw(B1, A1, date_order="dmy")
    (both,) = of_one_kind.together([one, two])
    assert both.records["title"].tolist() == ["Lamp", "A lamp", "A lamp", "Lamp"]
    assert both.priorities[["record", "number"]].to_numpy().tolist() == [
        [0, "ES9701234"],
        [3, "ES9701234"],
    ]


def test_exports_that_may_differ_in_what_they_mean_stay_apart():
    """Another format, vintage or order of the date; an order still to be found is its own."""
    stated = {"date_order": "dmy"}
    given_ = [
        raw(A1, **stated), raw(A1, **stated, format="patentscope"),
        raw(A1, **stated, nuts_version="2010"), raw(A1, date_order="mdy"),
        raw(A1, date_order="auto"), raw(A1, date_order="auto"),
    ]  # fmt: skip
    assert [len(part.records) for part in of_one_kind.together(given_)] == [1] * 6


def test_exports_without_rows_are_joined_too():
    """Nothing and nothing is nothing, with the columns of the tables."""
    (both,) = of_one_kind.together([raw(date_order="dmy"), raw(date_order="dmy")])
    assert len(both.records) == len(both.symbols) == 0
    assert "record" in both.symbols


def test_a1_and_b1_of_one_application_are_one():
    """Earliest dates and the text of the first publication."""
    one = merged(B1, A1)
    assert len(one) == 1
    row = one.iloc[0]
    assert row["application_id"] == "EP98115245"
    assert (row["title"], row["publication_number"]) == ("Lamp", "EP0987654 A1")
    assert (row["filing_year"], row["priority_year"], row["publication_year"]) == (
        1998,
        1997,
        2000,
    )


def test_a_text_that_the_first_lacks_comes_from_the_next():
    """The first known text: a record without a title does not hide the title of the next."""
    assert merged({**A1, "title": None}, B1)["title"].tolist() == ["A lamp"]


def test_a_record_without_application_number_is_known_by_its_publication():
    """And says so; the office is that of the number."""
    known, rejects = identified({"publication_number": "ES2123456 A1", "filing_year": "2001"})
    assert known[["application_id", "id_from", "office"]].to_numpy().tolist() == [
        ["ES2123456", "publication", "ES"]
    ]
    assert len(rejects) == 0


def test_a_record_without_any_number_is_rejected():
    """It could not be told from others: file, row, column, value and reason are kept."""
    known, rejects = identified({"title": "x"}, {"application_number": "---"}, A1)
    assert len(known) == 1
    assert rejects[["file", "row", "column", "value", "reason"]].fillna("").to_numpy().tolist() == [
        ["export.csv", 2, "application_number", "", records.NO_NUMBER],
        ["export.csv", 3, "application_number", "---", records.NO_NUMBER],
    ]


def test_a_number_that_cannot_be_read_is_rejected_beside_one_that_can():
    """The record stays, known by its other number; the value is in the rejects."""
    known, rejects = identified({**A1, "application_number": "---"})
    assert known["id_from"].tolist() == ["publication"]
    assert rejects[["column", "value"]].to_numpy().tolist() == [["application_number", "---"]]


def test_what_is_no_date_is_rejected_and_missing():
    """A date that cannot be read is never guessed."""
    known, rejects = identified({**A1, "filing_date": "31.02.2004", "publication_date": "soon"})
    assert known["filing_date"].isna().all()
    assert rejects[["row", "column", "value"]].to_numpy().tolist() == [
        [2, "filing_date", "31.02.2004"],
        [2, "publication_date", "soon"],
    ]


def test_a_stated_year_stands_in_for_a_date_and_never_against_it():
    """Exports that know years only (REGPAT) are dated by them; what is no year is rejected."""
    known, rejects = identified(
        {"application_number": "EP98115245", "filing_year": "1998", "priority_year": "1997"},
        {"application_number": "EP98115246", "filing_year": "1990", "filing_date": "1998-01-02"},
        {"application_number": "EP98115247", "filing_year": "98", "priority_year": "1998.5"},
    )
    assert known["filing_year"].tolist() == [1998, 1998, pd.NA]
    assert known["priority_year"].tolist() == [1997, 1998, pd.NA]
    assert rejects[["row", "column", "value", "reason"]].to_numpy().tolist() == [
        [4, "filing_year", "98", record_dates.NO_YEAR],
        [4, "priority_year", "1998.5", record_dates.NO_YEAR],
    ]


def test_the_priority_year_is_the_earliest_claim_else_the_year_of_filing():
    """Of several claims the earliest counts; claims without a readable date leave it unknown."""
    two = [("ES9701234", "ES", "1997-08-13"), ("FR9601234", "FR", "1996-01-01")]
    known, rejects = identified(
        {**A1, "priorities": two},
        {**B1, "priorities": [("X1", "ES", "no such day"), ("X2", "ES", None)]},
        {**B1, "priorities": []},
    )
    assert known["priority_year"].fillna(0).tolist() == [1996, 0, 1998]
    assert rejects[["row", "column", "value"]].to_numpy().tolist() == [
        [3, "priority", "no such day"]
    ]


def test_filing_years_that_differ_are_reported():
    """The earliest is used, and every other stands in the rejects with its place."""
    known, _ = identified(A1, {**B1, "filing_date": "1999-01-05"})
    assert records.merge(known)["filing_year"].tolist() == [1998]
    assert records.disagreements(known).to_numpy().tolist() == [
        ["export.csv", 3, "filing_year", "1999", records.EARLIER, 1]
    ]
    assert records.disagreements(identified(A1, B1)[0]).empty


def test_no_record_is_no_application():
    """An export that holds a header only has no application, and no error."""
    assert list(merged().columns) == list(merged(A1).columns)
    assert len(merged()) == 0


FIELDS = {
    "application_number": st.sampled_from(["EP98115245", "EP 98115245.3", "EP98115246", None]),
    "publication_number": st.sampled_from(["EP0987654 A1", "EP0987654 B1", None]),
    "filing_date": st.sampled_from(["1998-08-13", "1999-01-01", "x", None]),
    "publication_date": st.sampled_from(["2000-02-16", "2003-04-02", None]),
    "family_id": st.sampled_from(["1", "2", None]),
    "title": st.sampled_from(["Lamp", "A lamp", None]),
}


@settings(max_examples=25)
@given(st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=6), st.randoms())
def test_the_order_of_rows_does_not_matter(rows, chance):
    """Any order of the records gives the same applications."""
    shuffled = chance.sample(rows, len(rows))
    pd.testing.assert_frame_equal(merged(*rows), merged(*shuffled))


@settings(max_examples=25)
@given(st.lists(st.fixed_dictionaries(FIELDS), min_size=1, max_size=6))
def test_every_application_is_one_row_with_its_earliest_year(rows):
    """The fast path is what the rule says in words, application by application."""
    known = identified(*rows)[0]
    for row in records.merge(known).itertuples():
        own = known[known["application_id"] == row.application_id]
        years = own["filing_year"].dropna().tolist()
        assert years == [] or row.filing_year == min(years)
        assert pd.isna(row.title) or row.title in own["title"].tolist()
        assert own["title"].isna().all() == pd.isna(row.title)
