"""
What the ids in the tables are called on a page: steps of the funnel, bases, columns.

Only ids the code itself knows stand here; technologies, fields and sectors are named by data.
"""

from studylib.language.words import _, mark

APPLICANT_KIND = {
    "company": mark("Companies"),
    "university": mark("Universities"),
    "public research": mark("Public research"),
    "person": mark("Persons"),
    "other": mark("Other or not told apart"),
}
STEP = {
    "received": mark("Records in the exports"),
    "read": mark("Records read, within the study"),
    "identified": mark("Records with a number"),
    "applications": mark("Different applications"),
    "of_kinds": mark("Applications of the kinds counted"),
    "in_period": mark("Applications in the period"),
    "in_areas": mark("Applications in an area of the study"),
    "in_territories": mark("Applications in the territories"),
    "families": mark("Families in the territories"),
    "classified": mark("Families with an IPC symbol"),
}
BASIS = {
    "inventor": mark("inventor's address"),
    "applicant": mark("applicant's address"),
    "priority": mark("country of the priority claim"),
    "office": mark("office of filing"),
}
UNIT = {"family": mark("families"), "application": mark("applications")}
WEIGHTS = {"whole": mark("whole"), "fractional": mark("fractional")}
DATE = {
    "filing": mark("year of filing"),
    "priority": mark("priority year"),
    "publication": mark("year of publication"),
}
LICENCE = {  # licences that are no proper names
    text: text
    for text in (
        mark("short quotations with citation"), mark("as the producer states"),
        mark("facts; text CC BY 4.0"), mark("facts, with citation"), mark("data CC0"),
        mark("facts with citation; text CC BY 4.0"),
        mark("facts; text of this project CC BY 4.0"),
        mark("reuse with acknowledgement (c) European Union"),
    )
}  # fmt: skip
VARIANT = {
    "scheme_exact": mark("Rules, subgroups exactly"),
    "scheme_prefix": mark("Rules, subgroups by prefix"),
    "scheme_hierarchy": mark("Rules, subgroups with all below them"),
    "wipo_proxy": mark("WIPO fields as a proxy"),
}
GRAIN = {
    "record": mark("records"),
    "application": mark("applications"),
    "family": mark("families"),
}
LEVEL = {
    "subgroup": mark("Subgroup"),
    "main group": mark("Main group"),
    "subclass": mark("Subclass"),
    "class": mark("Class"),
}
DOMAIN = {
    "innovation": mark("Innovation"),
    "good_practice": mark("Good practice of neighbours"),
    "internationalisation": mark("Going abroad together"),
    "training": mark("Training"),
    "other": mark("Other"),
}
VERDICT = {
    "reproduced": mark("reproduced"),
    "consistent": mark("consistent"),
    "not testable": mark("not testable"),
    "not checked": mark("not checked"),
    "contradicted": mark("contradicted"),
}
SHOWN = {
    "shown": mark("shown"),
    "not shown": mark("not shown"),
    "could not have been shown": mark("could not have been shown"),
}
STABILITY = {
    "stable": mark("stable"),
    "not stable": mark("not stable"),
    "dissolved": mark("dissolved"),
}
SECTION = {
    "A": mark("A: Human necessities"),
    "B": mark("B: Performing operations and transporting"),
    "C": mark("C: Chemistry and metallurgy"),
    "D": mark("D: Textiles and paper"),
    "E": mark("E: Fixed constructions"),
    "F": mark("F: Mechanical engineering with heating and weapons"),
    "G": mark("G: Physics"),
    "H": mark("H: Electricity"),
}
CHOICE = {
    "study": mark("As in this study"),
    "unit": mark("Other unit"),
    "weights": mark("Other weights"),
    "located_by": mark("By the other party"),
    "scheme": mark("Other KET scheme"),
    "wider": mark("Wider territories"),
    "province": mark("Largest province of each side alone"),
}
CHOICE_OF_ONE = CHOICE | {
    "wider": mark("Wider territory"),
    "province": mark("Largest province alone"),
}
"""The same of a study of one territory."""
HEADLINE = {
    "sections": mark("All applications: sections filed more often than in the rest"),
    "specialisations": mark("Records: sectors, fields and KETs filed more or less often"),
    "added": mark("Fields to which the neighbour adds more than to others"),
    "kets_together": mark("KETs that come together more often than by chance"),
    "projects": mark("Joint European projects, by either kind of chance"),
    "co_invention": mark("Joint patents, by either kind of chance"),
    "alike": mark("Two sides file in other fields"),
    "ket_profile": mark("The most frequent KET of each side"),
    "ideas": mark("Ideas that no other beats"),
    "first_idea": mark("The idea that comes first most often"),
}
HEADLINE_OF_ONE = HEADLINE | {"ket_profile": mark("The most frequent KET")}
"""The same of a study of one territory."""
SURVIVAL = {
    "holds": mark("holds"),
    "fails": mark("does not hold"),
    "apart": mark("does not rest on it"),
    "unknown": mark("cannot be computed"),
}
PAIR_KIND = {
    "border": mark("Across a border"),
    "country": mark("Neighbours inside one country"),
    "apart": mark("Without a common border"),
}
AGAINST_CHANCE = {
    "more": mark("more than chance"),
    "not shown": mark("within chance"),
    "fewer": mark("fewer than chance"),
}
NEARNESS = {
    "conditional": mark("of the regions that hold the commoner one, many hold both"),
    "association": mark("regions hold both more often than by chance"),
    "probability": mark("regions hold both more often than by chance, drawn without return"),
    "cosine": mark("both stand together, over the size of each (cosine)"),
    "jaccard": mark("of all that goes with either, much goes with both (Jaccard)"),
}
ENTRY_MODEL = {
    "density": mark("Relatedness alone (density)"),
    "ubiquity": mark("How common the class is elsewhere"),
    "size": mark("How many classes the area holds"),
    "ubiquity_times_size": mark("How common × how many"),
    "without_density": mark("Both and the patents so far, weighted"),
    "with_density": mark("The same, with relatedness"),
}
ROUNDING = {
    "half_up": mark("halves up (0.5 becomes 1)"),
    "half_even": mark("halves to the even number"),
    "half_down": mark("halves down (0.5 becomes 0)"),
    "floor": mark("always down"),
    "ceil": mark("always up"),
}
READING = {
    "multiple": mark("Several answers each"),
    "single": mark("One answer each"),
    "single_smallest": mark("If each gave one answer and one option was left out"),
}
SURVEY_NOTE = {
    "column": mark("Column"),
    "label": mark("Label"),
    "territory": mark("Territory"),
    "row": mark("Submission"),
}
COLUMN = {
    "priority": mark("priority claim"),
    "priorities": mark("priority claim"),
    "publication_date": mark("day of publication"),
    "application_number": mark("application number"),
    "publication_number": mark("publication number"),
    "cpc": mark("CPC symbol"),
    "appln_id": mark("application"),
    "document": mark("record"),
    "file": mark("file"),
    "filing_date": mark("day of filing"),
    "filing_year": mark("year of filing"),
    "priority_year": mark("priority year"),
    "publication_year": mark("year of publication"),
    "title": mark("title"),
    "ipc": mark("IPC symbol"),
    "applicant": mark("applicant"),
    "inventor": mark("inventor"),
    "applicant_country": mark("country of an applicant"),
    "inventor_country": mark("country of an inventor"),
    "region": mark("region (NUTS) of a party"),
    "exported_family": mark("family as exported"),
    "symbol": mark("classification symbol"),
    "country": mark("country"),
    "no-of-documents": mark("number of documents announced"),
}


def label(names: dict[str, str], key: object) -> str:
    """The label of an id in the language of the page; the id itself where it has none."""
    text = names.get(str(key))
    return _(text) if text else str(key)


def section_name(section: str) -> str:
    """The name of a section of the IPC as it stands in a sentence, without its letter."""
    return label(SECTION, section).partition(":")[2].strip().lower()
