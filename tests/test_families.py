"""Families: one invention, counted once."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_studies import raw

from studylib.errors import DataError
from studylib.prepare import canonical, families

ES = ("P200001234", "ES", "2000-05-01")
FR = ("FR0001234", "FR", "2000-06-01")


def application(number, *, family=None, priorities=()):
    return {
        "application_number": number, "filing_date": "2001-03-01", "family_id": family,
        "priorities": list(priorities),
    }  # fmt: skip


def found(*given, **changes):
    """family_id and where it is from, by application."""
    table = canonical([raw(*given, **changes)])["applications"].set_index("application_id")
    return {a: (r.family_id, r.family_from) for a, r in table.iterrows()}


def groups(*given, **changes):
    """Which applications are together, as sets."""
    sets = {}
    for own, (family, _) in found(*given, **changes).items():
        sets.setdefault(family, set()).add(own)
    return sorted(map(sorted, sets.values()))


def test_the_same_priorities_are_one_family():
    """Exactly the same set, whatever the order or spelling; a part of it is another family."""
    assert groups(
        application("EP01100001", priorities=[ES, FR]),
        application("EP01100002", priorities=[FR, ES]),
        application("EP01100003", priorities=[ES]),
        application("EP01100004"),
    ) == [["EP01100001", "EP01100002"], ["EP01100003"], ["EP01100004"]]


def test_an_application_that_others_claim_is_in_their_family():
    """The first filing claims nothing and is claimed: one invention."""
    claim = ("EP01100001", "EP", "2001-03-01")
    both = groups(application("EP01100001"), application("EP02100002", priorities=[claim]))
    assert both == [["EP01100001", "EP02100002"]]


def test_where_a_family_comes_from_is_said():
    """Exported, told by the same priorities, or alone."""
    assert found(
        application("EP01100001", family="77"),
        application("EP01100002", priorities=[ES]),
        application("EP01100003", priorities=[ES]),
        application("EP01100004"),
        family_is="DOCDB simple",
    ) == {
        "EP01100001": ("docdb:77", "exported"),
        "EP01100002": ("priority:ES20000001234", "same priorities"),
        "EP01100003": ("priority:ES20000001234", "same priorities"),
        "EP01100004": ("EP01100004", "alone"),
    }


def test_the_exported_family_wins():
    """Two families of the export stay two, also if they claim the same."""
    assert groups(
        application("EP01100001", family="1", priorities=[ES]),
        application("EP01100002", family="2", priorities=[ES]),
        application("EP01100003", priorities=[ES]),
    ) == [["EP01100001"], ["EP01100002"], ["EP01100003"]]


def test_who_claims_what_an_exported_family_claims_belongs_to_it():
    """An application of an export without families meets that of an export with them."""
    assert found(
        application("EP01100001", family="1", priorities=[ES]),
        application("EP01100002", priorities=[ES]),
        family_is="INPADOC",
    ) == {
        "EP01100001": ("inpadoc:1", "exported"),
        "EP01100002": ("inpadoc:1", "same priorities"),
    }


def test_different_kinds_of_family_are_refused():
    """DOCDB simple and INPADOC families cannot be counted together."""
    one = raw(application("EP01100001", family="1"), family_is="INPADOC")
    other = raw(application("EP01100002", family="1"), family_is="DOCDB simple")
    with pytest.raises(DataError, match=r"DOCDB simple, INPADOC\. Families of different kinds"):
        canonical([one, other])


def test_a_long_list_of_priorities_has_a_short_name():
    """First priority, how many more, and a digest of all: other lists have other names."""
    many = [(f"P20000{n:05d}", "ES", None) for n in range(9)]
    names = {
        family
        for family, _ in found(
            application("EP01100001", priorities=many),
            application("EP01100002", priorities=many),
            application("EP01100003", priorities=[*many[:8], FR]),
            application("EP01100004", priorities=[*many[:8], FR]),
        ).values()
    }
    assert len(names) == 2
    assert all(len(name) < 90 and "+8#" in name for name in names)


def test_claims_of_all_records_of_an_application_count():
    """A1 names one priority, B1 the other: the application claims both; countries likewise."""
    exported = raw(
        application("EP01100001", priorities=[ES]),
        application("EP01100001", priorities=[FR, ("---", "DE", None)]),
    )
    read = canonical([exported])
    assert read.priority_countries.to_dict() == {"EP01100001": "DE ES FR"}
    assert read["families"]["n_applications"].tolist() == [1]


def test_a_family_is_one_row_with_its_earliest_years():
    """Earliest year of each kind; classified if one of its applications is."""
    first = {**application("EP01100001", priorities=[ES]), "ipc": ["A21D 10/00"]}
    later = {**application("EP01100002", priorities=[ES]), "filing_date": "2003-01-01"}
    table = canonical([raw(later, first)])["families"].fillna({"publication_year": 0})
    assert table.to_dict("records") == [
        {"family_id": "priority:ES20000001234", "n_applications": 2, "filing_year": 2001,
         "priority_year": 2000, "publication_year": 0, "has_ipc": True}
    ]  # fmt: skip


APPLICATIONS = st.lists(
    st.builds(
        application,
        st.sampled_from([f"EP0110000{n}" for n in range(6)]),
        family=st.sampled_from([None, None, "1", "2"]),
        priorities=st.lists(st.sampled_from([ES, FR]), max_size=2),
    ),
    max_size=6,
)


@settings(max_examples=15)
@given(APPLICATIONS, st.randoms())
def test_the_order_of_records_and_exports_does_not_matter(given_, chance):
    """Any order, in one export or in two: the same families."""
    shuffled = chance.sample(given_, len(given_))
    cut = chance.randint(0, len(given_))
    one = canonical([raw(*given_)])
    two = canonical([raw(*shuffled[cut:]), raw(*shuffled[:cut])])
    key = ["application_id", "family_id", "family_from"]
    pd.testing.assert_frame_equal(one["applications"][key], two["applications"][key])
    assert one.priority_countries.to_dict() == two.priority_countries.to_dict()


@settings(max_examples=15)
@given(APPLICATIONS)
def test_every_application_is_in_one_family(given_):
    """Families are a partition: their sizes add up to the number of applications."""
    read = canonical([raw(*given_)])
    assert read["families"]["n_applications"].sum() == len(read["applications"])
    assert len(families.table(read["applications"], pd.Series(dtype="str"))) == len(
        read["families"]
    )
