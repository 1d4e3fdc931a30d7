"""
The words of the pages, explained for those who read no code; ids are the same in every language.

    TERMS  --terms-->  the page of search and glossary     --forms-->  `report/explained.py`

A term brings the forms it has in a sentence, those of its language, parted by `|`; `famili*` stands
for every ending, as Basque needs.

GLOSSARY.md says the same for those who use the library, with the names of tables and columns.
"""

import unicodedata

from studylib.language.words import _, mark

TERMS = {
    "cluster": (
        mark("Cluster organisation"),
        mark("The body that speaks for the firms of a sector and was put on the list. It is not the firms themselves."),
        mark("cluster organisations | cluster organisation"),
    ),
    "partner": (
        mark("Possible partner"),
        mark("An organisation on another side of the border with which the list states something in common. Nobody has been asked to take part."),
        mark("possible partners | possible partner"),
    ),
    "proximity": (
        mark("Proximity"),
        mark("How much two organisations have in common in what the list states, from 0 to 1. It orders reasons to talk; it is no probability."),
        mark("proximity"),
    ),
    "theme": (
        mark("Theme"),
        mark("A subject on which organisations of different sides could meet: a sector they share, or two sectors together."),
        mark("themes | theme"),
    ),
    "metacluster": (
        mark("Meta-cluster"),
        mark("As used here: a group of organisations of different sides that have more in common with one another than with the rest of the list. Projects of border areas that call themselves so may mean something else."),
        mark("meta-clusters | meta-cluster"),
    ),
    "application": (
        mark("Patent application"),
        mark("One filing at one office. It need not have been granted."),
        mark("patent applications | patent application | applications | application"),
    ),
    "family": (
        mark("Patent family"),
        mark("All applications for one invention; counted once."),
        mark("patent families | patent family | families | family"),
    ),
    "territory": (
        mark("Territory"),
        mark("An area the study looks at, as the study names it; often one side of a border."),
        mark("territories | territory"),
    ),
    "reference": (
        mark("Reference"),
        mark("The larger economy with which a share is compared, such as the two countries; the territories themselves are left out of it."),
        mark("reference"),
    ),
    "whole": (
        mark("Whole and fractional counting"),
        mark("Whole: a family of two territories counts in both. Fractional: it is divided between them."),
        mark("whole counting | fractional counting"),
    ),
    "ket": (
        mark("Key enabling technology (KET)"),
        mark("One of the technologies the European Union supports because many industries rest on them. Rules over patent symbols say which families belong to one."),
        mark("key enabling technologies | key enabling technology | KETs | KET"),
    ),
    "ipc": (
        mark("IPC symbol"),
        mark("The class of the International Patent Classification that an examiner gave an application."),
        mark("IPC symbols | IPC symbol | IPC"),
    ),
    "field": (
        mark("Sector and field of technology"),
        mark("The World Intellectual Property Organization sorts IPC symbols into 35 fields, and these into five sectors. The sectors of organisations are others: those in which an organisation says it works."),
        mark("sectors of technology | sector of technology | fields of technology | field of technology"),
    ),
    "epo": (
        mark("European Patent Office (EPO)"),
        mark("The office where one application asks for a patent in many countries of Europe. Whoever files at a national office alone is not counted there."),
        mark("European Patent Office | EPO"),
    ),
    "nuts": (
        mark("NUTS"),
        mark("The regions of the European Union’s statistics, by code: FRI1 is Aquitaine. Codes change from one version to the next."),
        mark("NUTS"),
    ),
    "fp": (
        mark("Seventh Framework Programme (FP7)"),
        mark("The programme by which the European Union paid for research from 2007 to 2013. CORDIS is its public list of projects."),
        mark("Seventh Framework Programme | FP7"),
    ),
    "share": (
        mark("Share and base"),
        mark("A part of a whole, always with the number it is a part of: 34 of 279 is a share of 12%."),
        mark("shares | share of | share in"),
    ),
    "interval": (
        mark("95% interval"),
        mark("The values that agree with what was counted. With few cases it is wide, and two shares whose difference lies within chance are not told apart."),
        mark("95% interval | intervals | interval"),
    ),
    "shown": (
        mark("Difference shown"),
        mark("Chance alone would make a difference as large in fewer than 5 of 100 cases, after all comparisons of the table are taken into account."),
        mark("difference is shown | difference between the territories is shown | difference between the sides is shown"),
    ),
    "not_shown": (
        mark("Not shown, could not have been shown"),
        mark("Not shown: chance alone could give what is seen. Could not have been shown: with so few cases even a large difference would be found in fewer than four of five such studies (between two shares: all of it on one side; of a ratio: twice as often as elsewhere)."),
        mark("could not have been shown | could have been shown"),
    ),
    "pvalue": (
        mark("p-value"),
        mark("How often chance alone would give what is seen, or more. It does not say how likely a finding is to be true."),
        mark("p-values | p-value"),
    ),
    "complexity": (
        mark("Complexity"),
        mark("How demanding a technology is taken to be: few regions hold it, and those hold much else. The index (ECI) and fitness are two ways to reckon it."),
        mark("complexity"),
    ),
    "synthetic": (
        mark("Synthetic data"),
        mark("Made up to try out the method. They say nothing about a real territory, firm or person."),
        mark("synthetic data | synthetic records | synthetic"),
    ),
    "null": (
        mark("Networks made by chance"),
        mark("Networks in which each organisation has as many entries as on the list, drawn at random. What they show as well is no finding."),
        mark("networks made by chance | made by chance"),
    ),
    "specialised": (
        mark("Specialised"),
        mark("A technology has a larger share here than in the rest of the reference, and the difference is shown. The quotient says how many times larger."),
        mark("specialised | specialisations | specialisation"),
    ),
    "near": (
        mark("Near in technology"),
        mark("Two technologies that many of the same regions hold, counted in many regions; the page says how."),
        mark("near in technology | lie near | lies near | nearness"),
    ),
    "density": (
        mark("Density"),
        mark("How much of what lies near a technology a region already holds, from nothing (0%) to all (100%)."),
        mark("density"),
    ),
    "chance": (
        mark("What chance gives"),
        mark("The mean of many draws in which the same numbers are dealt out at random; 95 of 100 draws lie between the two numbers beside it."),
        mark("chance gives | than by chance | draws"),
    ),
    "idea": (
        mark("Idea"),
        mark("A theme that organisations of different sides could take up, with what speaks for it. One idea beats another that has no more of any kind of evidence and less of some."),
        mark("ideas | idea"),
    ),
}  # fmt: skip


def terms() -> list[tuple[str, str, str]]:
    """Id, term and explanation in the language in use, in the order of its words."""
    told = [
        (f"term-{key}", _begun(_(term)), _(words)) for key, (term, words, _forms) in TERMS.items()
    ]
    return sorted(told, key=lambda entry: _letters(entry[1]))


def forms() -> dict[str, str]:
    """What stands for a term in sentences of the language in use: form in small letters -> key."""
    return {
        " ".join(form.split()).casefold(): key
        for key, (_term, _words, said) in TERMS.items()
        for form in _(said).split("|")
    }


def _begun(term: str) -> str:
    """A term as it begins a line: a heading of a table may be written small."""
    return term[:1].upper() + term[1:]


def _letters(term: str) -> str:
    """A term as it stands in the alphabet: É with E."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
