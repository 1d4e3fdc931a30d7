"""
What columns of the contracts mean that are published under the name of their table.

`tables/contracts` says it in English and is read by nobody else; here the same words are marked
for the catalogues, and a test holds the two equal.
"""

from studylib.language.words import mark

MEANINGS = (
    mark(
        "office and number of the application, or of the publication where the export has no "
        "application number"
    ),
    mark("applications for one invention share it"),
    mark("office of filing, two letters"),
    mark("as exported"),
    mark("first publication, as exported"),
    mark("year of filing"),
    mark("year of the earliest priority, or of filing when none is claimed"),
    mark("year of the first publication"),
    mark("short name of the claim"),
    mark("place in the text, from 1"),
    mark("what is claimed"),
    mark("part of the study"),
    mark("territory of the study; missing where the claim is on all"),
    mark("domain of interest of a share of the survey"),
    mark("as printed, shares in 0..1"),
    mark("decimals printed, of a percentage for shares"),
    mark("what a count counts, as far as its text says, as key=value separated by ;"),
    mark("how a statement is tested; see studylib.survey.verdicts"),
    mark("of the wording, two letters"),
    mark("quoted"),
    mark("where it stands"),
    mark("WIPO technology field 1..35"),
    mark("what is counted"),
    mark("how many"),
    mark("how many of the step before are not in this one, so that n + left_out is the n before"),
    mark("what happened to them"),
    mark("file of the export; missing where several of one export were read together"),
    mark("what was done to read it, or what it lacks"),
    mark("how many values or rows"),
    mark("entry of sources.toml, or format and name of the export"),
    mark("name of the file"),
    mark("how it was read"),
    mark("of its producer"),
    mark("made up to try the method"),
    mark("checksum of the file; of a survey that is not public, that it is withheld"),
    mark("of all records in the territories, the part it holds"),
    mark("of all other records, the part it holds"),
    mark("what the study takes from it"),
)
