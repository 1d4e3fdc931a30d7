"""Which application a number means, where several exports know it."""

import pytest
from small_studies import raw

from studylib.build import tag
from studylib.prepare import canonical

FULL = raw(
    {"application_number": "CA 19992270722 A", "publication_number": "CA 2270722 A1"},
    format="espacenet",
)
BARE = raw({"publication_number": "CA 2270722"}, format="patentscope")
APPLIED = raw(
    {"application_number": "US 20080082420 A", "publication_number": "US 2009200416 A1"},
    format="lens",
)
PUBLISHED = raw({"publication_number": "US 20080082420"}, format="patentscope")


def found(asked, *raws):
    """The application a number means, as `tag --explain` looks for it."""
    known = canonical(list(raws))["applications"]["application_id"]
    return tag._found(asked, known, list(raws))


@pytest.mark.parametrize("raws", [(FULL, BARE), (BARE, FULL)])
def test_a_publication_two_exports_hold_is_of_one_application(raws):
    """The application of the tables, whichever export is asked first."""
    assert found("CA 2270722 A1", *raws) == (
        "CA19992270722", " ('CA 2270722 A1' is a publication of it)",
    )  # fmt: skip


def test_a_publication_that_reads_like_an_application_is_found_by_its_kind():
    """Without a kind the application is meant, and the other is named."""
    assert found("US 20080082420 A1", APPLIED, PUBLISHED)[0] == "US20080082420 (publication)"
    own, said = found("US20080082420", APPLIED, PUBLISHED)
    assert own == "US20080082420"
    assert "publication of 'US20080082420 (publication)', too" in said
