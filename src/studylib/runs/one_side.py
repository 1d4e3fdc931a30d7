"""
What notebooks say in a study of one territory, where their words speak of two sides of a border.

    text of a notebook --of_one_side--> what it says instead, or the text itself

Both are in English; the catalogues translate what is said instead like any other text.
"""

from studylib.language.words import mark

INSTEAD = {
    # 20_patents
    "Which key enabling technologies do the territories share?": mark(
        "Which key enabling technologies does the territory hold?"
    ),
    "Numbers are small. Many differences between territories that look large in a figure are "
    "within the error of counting.": mark(
        "Numbers are small. Many differences between technologies that look large in a figure are "
        "within the error of counting."
    ),
    # 40_diversification
    "Where is each side specialised, and what would the neighbour add?": mark(
        "Where is the territory specialised, and what lies near that?"
    ),
    "A territory rarely invents from nothing: it moves to what lies near what it can do already. "
    "So we ask where each side does more than elsewhere, what lies near that, and what a neighbour "
    "across the border would add. Where a table uses both published figures and the records of "
    "this study, its source names both.": mark(
        "A territory rarely invents from nothing: it moves to what lies near what it can do "
        "already. So we ask where it does more than elsewhere, and what lies near that. Where a "
        "table uses both published figures and the records of this study, its source names both."
    ),
    "A key enabling technology is meant to be at work in many fields. We look at which come "
    "together, and in which fields the same one is at work in more than one territory.": mark(
        "A key enabling technology is meant to be at work in many fields. We look at which come "
        "together, and in which fields each is at work."
    ),
    "What does the neighbour add?": mark("What would a neighbour add?"),
    "What the neighbour adds is a potential. Whether somebody would work together is asked "
    "elsewhere, and answered by people.": mark(
        "What lies near is a potential. Whether somebody takes it up is decided by people, and is "
        "in no patent."
    ),
    # 50_border_areas
    "How do other border areas work together?": mark("How do border areas work together?"),
    "Other regions lie at a border too. First, what is published of what they do together. Joint "
    "European projects are public, so how often two regions take part in the same one can be "
    "counted for all of them, and held against chance. The rest of the page sets totals and "
    "records beside each other.": mark(
        "Some regions lie at a border. First, what is published of what they do together. Joint "
        "European projects are public, so how often two regions take part in the same one can be "
        "counted for all of them, and held against chance. The rest of the page sets "
        "totals and records of the territory beside those of the border areas the study names."
    ),
    "Which projects join the territories?": mark("Which projects join the territory to others?"),
    "How many patents do the sides apply for?": mark(
        "How many patents does the territory apply for?"
    ),
    "Published totals of all applications, for the territories of the study and for the sides of "
    "each other border area.": mark(
        "Published totals of all applications, for the territory of the study and for the sides "
        "of each border area it names."
    ),
}
"""Text of a notebook -> what it says of one territory."""


def of_one_side(text: str) -> str:
    """What a text of a notebook says in a study of one territory."""
    return INSTEAD.get(text, text)
