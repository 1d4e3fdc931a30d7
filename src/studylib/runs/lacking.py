"""
What notebooks say of a study that lacks something their words speak of.

    "reference", "comparison" <--`study/lacking.py`-- the study
    text of a notebook, what is lacking --as_said--> what it says instead, or the text itself

What no study file can tell, as whether published figures have every territory, is left to the
figures themselves: a section over nothing is left out of the page (`report/sections.py`).
"""

from collections.abc import Collection

from studylib.language.words import mark
from studylib.runs.one_side import of_one_side

ADDRESS = (
    "An address says where an inventor lives or an applicant has its seat, not where the work was "
    "done."
)
INSTEAD = {
    "reference": {
        "Where is each side specialised, and what would the neighbour add?": mark(
            "Where do the sides differ in technology, and what lies near?"
        ),
        "A territory rarely invents from nothing: it moves to what lies near what it can do "
        "already. So we ask where each side does more than elsewhere, what lies near that, and "
        "what a neighbour across the border would add. Where a table uses both published figures "
        "and the records of this study, its source names both.": mark(
            "A territory rarely invents from nothing: it moves to what lies near what it can do "
            "already. So we ask where the sides differ, and what lies near what their "
            "metropolitan areas hold. Where a table uses both published figures and the records "
            "of this study, its source names both."
        ),
        "The same question for the sectors and fields of the records read here. With few records "
        "most fields could not show anything but a large difference, and the table says "
        "which.": mark(
            "Without a reference the sides can only be held against each other, sector by sector."
        ),
        "What the neighbour adds is a potential. Whether somebody would work together is asked "
        "elsewhere, and answered by people.": mark(
            "What lies near is a potential. Whether somebody takes it up is decided by people, and "
            "is in no patent."
        ),
    },
    "comparison": {
        "Published totals of all applications, for the territories of the study and for the sides "
        "of each other border area.": mark(
            "Published totals of all applications, for the territories of the study."
        ),
        "Published totals of all applications, for the territory of the study and for the sides "
        "of each border area it names.": mark(
            "Published totals of all applications, for the territory of the study."
        ),
        "Some regions lie at a border. First, what is published of what they do together. Joint "
        "European projects are public, so how often two regions take part in the same one can be "
        "counted for all of them, and held against chance. The rest of the page sets totals and "
        "records of the territory beside those of the border areas the study names.": mark(
            "Some regions lie at a border. First, what is published of what they do together. "
            "Joint European projects are public, so how often two regions take part in the same "
            "one can be counted for all of them, and held against chance. The rest of the page "
            "tells totals and records of the territory."
        ),
    },
    "clusters": {
        "The headline findings of this page, of the one on border areas and of the one on project "
        "ideas are asked for again under other choices: of how to count, by which rules and for "
        "which regions. The columns say which.": mark(
            "The headline findings of this page and of the one on border areas are asked for again "
            "under other choices: of how to count, by which rules and for which regions. The "
            "columns say which."
        ),
    },
    "address: priority": {
        ADDRESS: mark(
            "The country of the priority claim says where protection was first asked for, not "
            "where the work was done."
        ),
    },
    "address: office": {
        ADDRESS: mark(
            "The office of filing says where protection is asked for, not where the work was done."
        ),
    },
}
"""What a study lacks -> text of a notebook -> what it says instead."""


def as_said(text: str, *, is_alone: bool = False, lacking: Collection[str] = ()) -> str:
    """What a text of a notebook says of a study: of one territory, and without what it lacks."""
    said = of_one_side(text) if is_alone else text
    for key in lacking:
        said = INSTEAD[key].get(said, said)
    return said
