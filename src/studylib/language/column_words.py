"""
What columns are called: heads of spreadsheets, the codebook and the descriptions of files.

    share_0, rank_low, theme_id  --words_of-->  "Share, area 1", "Rank, lower end", "Theme, ..."

A column that stands for the first of two areas, an identifier, or a text in one language is named
by what stands before its ending.  What nobody has named is shown as it is written in the file.
"""

import re

from studylib.language.words import _, heading, language_name, mark

WORDS = {
    "Id": mark("Identifier"), "Label": mark("Label"), "Source": mark("From"), "Target": mark("To"),
    "Type": mark("Kind of link"), "Weight": mark("Weight"),
    "added": mark("Added by the other side"), "against": mark("p-value against the claim"),
    "agreement": mark("Agreement"), "applicant_kind": mark("Type of applicant"),
    "application_id": mark("Application, identifier"),
    "application_number": mark("Application number"), "applications": mark("Applications"),
    "around": mark("Outside the territories: where it lies"),
    "area": mark("Area"), "assignments": mark("Assignments"), "band": mark("Band"),
    "assignments_after": mark("Assignments, second period"),
    "assignments_before": mark("Assignments, first period"),
    "auc": mark("Right choices of two"),
    "auc_within": mark("Right choices of two in one area"),
    "axis": mark("Axis"), "base": mark("Base"),
    "base_outside": mark("Base outside the territories"), "baseline": mark("Baseline"),
    "basis": mark("What it rests on"), "beside": mark("Written beside"),
    "best": mark("First in so many weighings"),
    "by": mark("Group in the figure"), "by_construction": mark("By construction of the data"),
    "caption": mark("Caption"), "chance": mark("Given by chance"), "checksum": mark("Checksum"),
    "choice": mark("Choice"), "found_again": mark("Found again"), "province": mark("Province"),
    "seen": mark("In this study"), "state": mark("State"), "page": mark("Page"),
    "n_before": mark("Held before"), "n_after": mark("Held after"), "entered": mark("Taken up"),
    "exited": mark("Left"), "entry_rate": mark("Part taken up of what was not held"),
    "exit_rate": mark("Part left of what was held"),
    "entry_middle": mark("Part taken up, median of all areas"),
    "exit_middle": mark("Part left, median of all areas"),
    "citation": mark("Citation"), "claim": mark("Claim"), "class": mark("Class"),
    "cluster": mark("Group"), "cluster_id": mark("Cluster organisation, identifier"),
    "code": mark("Code"), "column": mark("Column"), "community": mark("Meta-cluster"),
    "correlation": mark("Same order of pairs"), "counted": mark("What was counted"),
    "counts": mark("What it counts"), "density": mark("Density"),
    "description": mark("Description"),
    "detectable": mark("Smallest difference found in 4 of 5 such studies"),
    "difference": mark("Difference"), "digits": mark("Decimals printed"),
    "direction": mark("Direction"), "distance": mark("Distance from Eurostat"),
    "domain": mark("Domain"), "drawn": mark("95% of draws"), "draws": mark("Draws"),
    "evidence": mark("Evidence"), "examples": mark("Examples"),
    "expected": mark("Expected by chance"), "explained": mark("Part explained by size and spread"),
    "family_id": mark("Family, identifier"), "field": mark("Technology field"),
    "fields": mark("Technology fields"), "file": mark("File"),
    "filing_year": mark("Year of filing"), "first": mark("First area"),
    "flips": mark("Part of the classes that another count would not hold"),
    "format": mark("Format"), "found_from": mark("Detectable from"), "front": mark("Level"),
    "grain": mark("What is counted in the step"), "group": mark("Group"),
    "has_patents": mark("Does the sector patent"), "held": mark("Classes held"),
    "high": mark("Upper end of the interval"), "high_exact": mark("Upper end, exact interval"),
    "high_finite": mark("Upper end, for all asked"), "href": mark("Address"),
    "id": mark("Identifier"), "idea": mark("Idea"),
    "in": mark("Rendering of the claim"), "in_country": mark("Against chance, countries kept"),
    "in_draws": mark("Part of draws over errors of the list"),
    "in_first": mark("Part in which it comes first"),
    "in_tie_orders": mark("Part of the orders of ties"), "interests": mark("Domains both want"),
    "interval_exact": mark("Exact interval"), "interval_finite": mark("Interval for all asked"),
    "interval_wilson": mark("Wilson interval"), "is_exact": mark("Was the search exact"),
    "is_held_back": mark("Is it held back"),
    "is_published": mark("Is the theme of the source page"),
    "is_synthetic": mark("Is it synthetic"), "item": mark("What the row is of"),
    "joint": mark("Filed or taken part in by both"), "joint_patents": mark("Joint patents"),
    "kept": mark("By chance, projects or patents of each kept"),
    "ket": mark("Key enabling technology"), "kets": mark("Key enabling technologies"),
    "kind": mark("Kind"), "known": mark("Known"), "label": mark("Label"),
    "language": mark("Language"), "lat": mark("Latitude"), "left": mark("Not explained"),
    "left_out": mark("Left out"), "level": mark("Level"), "licence": mark("Licence"),
    "located_by": mark("Located by"), "lon": mark("Longitude"),
    "low": mark("Lower end of the interval"), "low_exact": mark("Lower end, exact interval"),
    "low_finite": mark("Lower end, for all asked"),
    "made_up_columns": mark("Columns that hold made-up numbers"),
    "measure": mark("Way of counting nearness"), "measured": mark("What this study measures"),
    "metro": mark("Metropolitan area"), "middle": mark("Middle of the ranks"),
    "missing": mark("What is missing"), "model": mark("What the order rests on"),
    "multiple": mark("With several answers each"), "n": mark("Number"),
    "n_answered": mark("Answered"), "n_areas": mark("Territories"), "n_asked": mark("Asked"),
    "n_candidates": mark("Classes not yet held"), "n_classes": mark("Number of classes"),
    "n_entries": mark("Classes taken up"), "n_held": mark("Classes held"),
    "n_ket": mark("Families with the technology"), "n_missing": mark("Kinds of evidence missing"),
    "n_outside": mark("Number outside the territories"), "n_pairs": mark("Pairs of organisations"),
    "n_partial": mark("Not finished"), "n_received": mark("Submissions"),
    "n_regions": mark("Number of regions"), "n_seen": mark("Public pages seen"),
    "n_shared": mark("Things both state"), "n_silent": mark("Left blank"),
    "n_unknown": mark("Not known"), "n_with_ipc": mark("With an IPC symbol"),
    "n_without_patents": mark("In sectors without patents"), "name": mark("Name"),
    "named": mark("Named"), "needed": mark("Needed to stand out"),
    "node_id": mark("Node, identifier"), "noise": mark("Distance by chance alone"),
    "note": mark("Note"), "number": mark("Number"), "nuts_id": mark("NUTS code"),
    "odds": mark("Odds, first over second"), "office": mark("Office"),
    "on_all_sides": mark("On all sides"), "one": mark("One organisation or region"),
    "organisations": mark("Organisations"), "origin": mark("Origin"),
    "other": mark("The other one"),
    "other_nuts_id": mark("NUTS code, the other one"),
    "other_projects": mark("Projects of the other region"),
    "others": mark("Share elsewhere"), "overlap": mark("Part in the same fields"),
    "p": mark("p-value"), "p_above": mark("Chance of more than elsewhere"),
    "p_added": mark("p-value of what is added"), "p_boschloo": mark("p-value (Boschloo)"),
    "p_fisher": mark("p-value (Fisher)"), "p_greater": mark("Chance that the first is higher"),
    "p_holm": mark("p-value over all rows (Holm)"), "p_search": mark("p-value of the search"),
    "pair": mark("Pair"), "parent_id": mark("Parent, identifier"), "partner": mark("Partner"),
    "patents": mark("Patents"), "per_million": mark("Per million inhabitants"),
    "place": mark("Seat"), "position": mark("Place in the text"), "practice": mark("Practice"),
    "precision": mark("Average hit rate"), "prior": mark("Strength of the caution"),
    "priority_year": mark("Priority year"),
    "programme": mark("Programme"), "project": mark("Project"), "projects": mark("Projects"),
    "provinces": mark("Provinces that agree"), "proximity": mark("Proximity"),
    "publication_number": mark("Publication number"),
    "publication_year": mark("Year of publication"), "published": mark("Published total"),
    "q": mark("p-value over all rows (false discovery)"), "quotient": mark("Quotient"),
    "quotient_whole": mark("Quotient against the whole"), "rank": mark("Rank"),
    "rate": mark("Sampling rate"), "rate_elsewhere": mark("Sampling rate elsewhere"),
    "rate_territories": mark("Sampling rate in the territories"), "ratio": mark("Times as often"),
    "reading": mark("Reading of the rules"), "readings": mark("Other readings"),
    "of_readings": mark("Readings that know the technology"),
    "other_readings": mark("Other readings"), "reason": mark("Reason"), "region": mark("Region"),
    "related": mark("Variety inside sectors, in bits"), "relatedness": mark("Relatedness"),
    "residual": mark("Not explained"), "role": mark("Role"), "rounding": mark("Rounding"),
    "row": mark("Row of the file"), "rules": mark("Rules"),
    "same_nearest": mark("Same among the ten nearest"), "scheme": mark("Scheme"),
    "of_first": mark("First area: how many of those tested"),
    "of_second": mark("Second area: how many of those tested"),
    "second": mark("Second area"), "section": mark("Section of the IPC"), "sector": mark("Sector"),
    "sectors": mark("Sectors"), "seed": mark("Seed of the draws"),
    "sha256": mark("Checksum (SHA-256)"), "share": mark("Share"),
    "share_outside": mark("Share outside the territories"), "shown": mark("Is a difference shown"),
    "shows": mark("What this study shows of it"),
    "shrunken": mark("Cautious estimate"), "side": mark("Side"),
    "sides": mark("Sides"), "single": mark("With one answer each"),
    "single_smallest": mark("Smallest number, one answer each"),
    "sizes": mark("Numbers of records"), "smallest": mark("Smallest share"),
    "source": mark("Source"), "stability": mark("Stability"), "step": mark("Step"),
    "study": mark("As in this study"), "subject": mark("Subject"), "symbols": mark("Symbols"),
    "technologies": mark("Technologies both state"), "technology": mark("Technology"),
    "territory": mark("Territory"), "test": mark("Test"), "text": mark("Text"),
    "theme": mark("Theme"), "themes": mark("Themes"), "title": mark("Title"),
    "together": mark("Together"), "topic": mark("Topic"), "unclassified": mark("Unclassified"),
    "unit": mark("Unit"), "unrelated": mark("Variety between sectors, in bits"),
    "usable": mark("Can it be read"), "value": mark("Value"), "variant": mark("Variant"),
    "verdict": mark("Verdict"), "wanted": mark("Wanted by the side that wants it least"),
    "way": mark("Way of counting"), "weight": mark("Weight"),
    "weight<Organisations>": mark("Number of organisations"), "weights": mark("Counting"),
    "what": mark("What"), "who": mark("Who"), "why": mark("Why"),
    "wider": mark("With wider territories"), "wording": mark("Wording"), "x": mark("Place across"),
    "y": mark("Place upwards"), "year": mark("Year"), "years": mark("Years"),
    "z": mark("Beside chance, in standard deviations"),
}  # fmt: skip
ENDINGS = (
    (re.compile(r"(?P<stem>.+)_in_country"), mark("{what}, countries kept")),
    (re.compile(r"(?P<stem>.+)_kept"), mark("{what}, projects or patents of each kept")),
    (re.compile(r"(?P<stem>.+)_(?:names?|text)"), mark("{what}, in words")),
    (re.compile(r"(?P<stem>.+)_id"), mark("{what}, identifier")),
    (
        re.compile(r"(?P<stem>caption|in|title|name|reason|source)_(?P<code>[a-z]{2})"),
        mark("{what} ({language})"),
    ),
    (re.compile(r"(?P<stem>.+)_low"), mark("{what}, lower end")),
    (re.compile(r"(?P<stem>.+)_high"), mark("{what}, upper end")),
    (re.compile(r"area_(?P<place>[0-9]|a|b|first|second)"), mark("Area {n}")),
    (re.compile(r"(?P<stem>.+)_(?P<place>[0-9]|a|b|first|second)"), mark("{what}, area {n}")),
    (re.compile(r"other_(?P<stem>.+)"), mark("{what}, the other one")),
)
"""How a name ends -> what is said of what stands before."""
PLACE = {"a": 1, "first": 1, "b": 2, "second": 2}


def words_of(name: str) -> str:
    """
    What a column is called in the language in use.

    >>> words_of("share_0"), words_of("ket_name"), words_of("title_fr"), words_of("=x")
    ('Share, area 1', 'Key enabling technology, in words', 'Title (français)', '=x')
    """
    if name in WORDS:
        return _(WORDS[name])
    for ending, said in ENDINGS:
        if found := ending.fullmatch(name):
            return _(said, **_parts(found.groupdict()))
    if name.startswith("n_"):
        return words_of(name.removeprefix("n_"))
    return heading(name) if name.islower() and name.isidentifier() else name


def _parts(name: dict[str, str]) -> dict[str, object]:
    """What the parts of a name say: its stem, a language, the place of an area."""
    told: dict[str, object] = {}
    if "stem" in name:
        told["what"] = words_of(name["stem"])
    if "code" in name:
        told["language"] = language_name(name["code"])
    if "place" in name:
        told["n"] = PLACE.get(name["place"]) or int(name["place"]) + 1
    return told
