"""
The contract of each canonical table: what one row is, its columns, its key, in which order.

`CONTRACTS` is the codebook: readers of a CSV find the same words beside the table.  This is a
list to be read; what is done with it is in `tables`.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "label", "integer", "number", "date", "flag"]
DTYPES: dict[str, str] = {
    "text": "str",
    "label": "category",  # few distinct values
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind, its meaning, whether it may be missing, which values are allowed."""

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """One table: its grain in words, its key (also its order), its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the order they are written."""
        return [column.name for column in self.columns]


def _column(spec: str) -> Column:
    """`name? : kind : meaning : a|b`: the question mark says the value may be missing."""
    name, kind, meaning, *allowed = (part.strip() for part in spec.split(":"))
    values = tuple(allowed[0].split("|")) if allowed else ()
    if kind not in DTYPES:
        raise ValueError(spec)
    return Column(name.rstrip("?"), kind, meaning, not name.endswith("?"), values)  # type: ignore[arg-type]


def _contract(name: str, grain: str, key: str, *columns: str) -> Contract:
    """A contract from its words; the names of the key are separated by blanks."""
    return Contract(name, grain, tuple(key.split()), tuple(_column(c) for c in columns))


CONTRACTS: dict[str, Contract] = {
    contract.name: contract
    for contract in (
        _contract(
            "applications",
            "one row per application",
            "application_id",
            "application_id : text : office and number of the application, or of the publication where the export has no application number",
            "id_from : label : which number the id is made of : application|publication",
            "source_id : label : block of sources.toml or format and name of the export",
            "family_id : text : applications for one invention share it",
            "family_from : label : where the family comes from : exported|same priorities|alone",
            "document? : label : what it is; missing where nothing says : patent|utility model|design|translation|other",
            "office? : label : office of filing, two letters",
            "application_number? : text : as exported",
            "publication_number? : text : first publication, as exported",
            "filing_date? : date : day of filing",
            "filing_year? : integer : year of filing",
            "priority_year? : integer : year of the earliest priority, or of filing when none is claimed",
            "publication_year? : integer : year of the first publication",
            "title? : text : as exported",
        ),
        _contract(
            "symbols",
            "one row per application, scheme and symbol",
            "application_id scheme symbol",
            "application_id : text : see applications",
            "scheme : label : never mixed : ipc|cpc",
            "symbol : label : normal form, H01L 31/042, H01L 31 or H01L",
            "level : label : how deep the symbol goes : subgroup|main group|subclass|class",
            "position? : integer : first place in the export's list, from 1",
            "is_inventive? : flag : inventive (I) or additional (N) information",
            "version? : label : edition stated in the export",
            "raw : label : first spelling met",
        ),
        _contract(
            "parties",
            "one row per application, role, name and address",
            "application_id role name country nuts_id",
            "application_id : text : see applications",
            "role : label : who owns or who invented : applicant|inventor",
            "name : text : normal form",
            "raw_name : text : first spelling met",
            "country? : label : of the address, two letters",
            "nuts_id? : label : region of the address, in the study's NUTS version",
            "nuts_version? : label : NUTS version of nuts_id",
            "territory? : label : territory or comparison area of the study",
            "kind? : label : type of applicant from the name : company|university|public research|person|other",
            "weight : number : share of the application within the role; sums to 1",
        ),
        _contract(
            "families",
            "one row per family",
            "family_id",
            "family_id : text : see applications",
            "n_applications : integer : applications of the family in the data",
            "filing_year? : integer : earliest year of filing",
            "priority_year? : integer : earliest priority year",
            "publication_year? : integer : earliest year of publication",
            "has_ipc : flag : at least one readable IPC symbol on one of its applications",
        ),
        _contract(
            "locations",
            "one row per application, basis and area it lies in; outside all areas: no row",
            "application_id basis area",
            "application_id : text : see applications",
            "basis : label : what puts it there : inventor|applicant|priority|office",
            "area : label : territory, reference or comparison area of the study",
            "kind : label : what the area is in the study : territory|reference|comparison",
            "weight : number : share of the application in the area on this basis, 0..1",
        ),
        _contract(
            "tags",
            "one row per application and key enabling technology (KET)",
            "application_id ket",
            "application_id : text : see applications",
            "ket : label : key enabling technology",
            "n_symbols : integer : distinct symbols of the application that carry the tag",
        ),
        _contract(
            "fields",
            "one row per application and WIPO technology field",
            "application_id field_id",
            "application_id : text : see applications",
            "field_id : integer : WIPO technology field 1..35",
            "n_symbols : integer : distinct symbols of the application in the field",
            "weight : number : share of the application's fielded symbols; sums to 1",
        ),
        _contract(
            "respondents",
            "one row per respondent of the survey that is used",
            "respondent_id",
            "respondent_id : text : a running number, by no name of the export",
            "territory : label : territory of the study",
            "is_complete : flag : the submission was finished",
            "is_answered : flag : the question was answered; false is item non-response",
            "n_chosen : integer : domains the respondent chose",
        ),
        _contract(
            "answers",
            "one row per respondent and domain of interest",
            "respondent_id domain",
            "respondent_id : text : see respondents",
            "domain : label : domain of interest : innovation|good_practice|internationalisation|training|other",
            "is_chosen? : flag : chosen or not; missing where the answer is not known",
        ),
        _contract(
            "survey_texts",
            "one row per text a respondent wrote; carried along, never interpreted",
            "respondent_id column text",
            "respondent_id : text : see respondents",
            "column : label : of the export",
            "text : text : as written, e-mail addresses hidden",
        ),
        _contract(
            "survey_notes",
            "one row per column, label, territory, row or sheet of the survey that was not used",
            "kind value what",
            "kind : label : what it is : column|label|territory|row|sheet",
            "value : text : as it stands in the export or the codebook",
            "n : integer : how often it stands there",
            "what : label : what became of it",
        ),
        _contract(
            "claims",
            "one row per claim of a public text",
            "claim_id",
            "claim_id : text : short name of the claim",
            "position : integer : place in the text, from 1",
            "kind : label : what is claimed : share|count|statement",
            "topic : label : part of the study : survey|patents|collaboration|cooperation",
            "territory? : label : territory of the study; missing where the claim is on all",
            "domain? : label : domain of interest of a share of the survey",
            "value? : number : as printed, shares in 0..1",
            "digits : integer : decimals printed, of a percentage for shares",
            "counted? : text : what a count counts, as far as its text says, as key=value separated by ;",
            "test? : label : how a statement is tested; see studylib.survey.verdicts",
            "language : label : of the wording, two letters",
            "wording : text : quoted",
            "citation : text : where it stands",
        ),
        _contract(
            "sources",
            "one row per input file",
            "source_id file",
            "source_id : text : entry of sources.toml, or format and name of the export",
            "file : text : name of the file",
            "format : label : how it was read",
            "licence : text : of its producer",
            "is_synthetic : flag : made up to try the method",
            "sha256 : text : checksum of the file",
            "rate_territories? : number : of all records in the territories, the part it holds",
            "rate_elsewhere? : number : of all other records, the part it holds",
            "role : label : what the study takes from it : patents|survey|claims|clusters",
        ),
        _contract(
            "years",
            "one row per kind of date and year that stands in the exports, in the period or not",
            "date year",
            "date : label : which date : filing|priority|publication|edition",
            "year : integer : year",
            "n : integer : applications with this year",
        ),
        _contract(
            "rejects",
            "one row per value, row or file that was not used",
            "file row column value reason",
            "file? : label : file of the export",
            "row? : integer : row in that file, from 1",
            "column? : label : role of the column",
            "value? : text : what stood there; missing where rows are counted and not listed",
            "reason : label : why it was not used",
            "n : integer : how many rows or records it stands for; more than 1 where they are counted and not listed",
        ),
        _contract(
            "origins",
            "one row per application and place of the exports where it stands",
            "application_id file row",
            "application_id : text : see applications",
            "file : label : file of the export",
            "row? : integer : row in that file, from 1; missing in bulk editions, whose rows have no order",
        ),
        _contract(
            "repairs",
            "one row per file and kind of repair, or promise of a file that it does not keep",
            "file what",
            "file? : text : file of the export; missing where several of one export were read together",
            "what : label : what was done to read it, or what it lacks",
            "n : integer : how many values or rows",
        ),
        _contract(
            "documents",
            "one row per kind of document that the exports hold, of any year and place",
            "document",
            "document? : label : what the applications are; missing where nothing says : patent|utility model|design|translation|other",
            "n : integer : how many applications",
            "is_counted : flag : whether the study counts them",
        ),
        _contract(
            "funnel",
            "one row per step from what was received to what is counted, in order",
            "step",
            "step : text : what is counted",
            "n : integer : how many",
            "grain : label : what is counted : record|application|family",
            "left_out : integer : how many of the step before are not in this one, so that n + left_out is the n before",
            "note? : text : what happened to them",
        ),
        _contract(
            "clusters",
            "one row per cluster organisation of the study's list",
            "cluster_id",
            "cluster_id : text : short name, the same in every table",
            "name : text : of the organisation, as it writes it",
            "territory : label : territory of the study",
            "place? : text : seat, as listed",
            "nuts? : text : NUTS 3 region of the seat in any version, as listed",
            "sectors : text : separated by ;",
            "kets? : text : key enabling technologies the list states, separated by ;",
            "interests? : text : interest domains the list itself states, separated by ;; never survey answers",
            "website? : text : as listed",
            "members? : integer : number of members, as listed",
            "source? : text : what the row rests on",
            "evidence? : text : whether a public page was seen or the row is recalled",
        ),
        _contract(
            "cluster_attributes",
            "one row per cluster organisation, kind and attribute",
            "cluster_id kind item",
            "cluster_id : text : see clusters",
            "kind : label : what the attribute is : sector|ket|interest|technology",
            "item : text : sector, KET, interest domain, IPC symbol, or the KET that a sector is",
            "via : text : stated in the list, or the sectors the technology follows from",
        ),
        _contract(
            "themes",
            "one row per theme of collaboration",
            "theme_id",
            "theme_id : text : short name",
            "axis : label : within a sector or across two : same_sector|cross_sector",
            "sector : label : first sector",
            "other_sector? : label : second sector of a theme across sectors",
            "origin : label : who names it, that is the study's source page, this project, the list (both sides, or an organisation of both sectors), the patents : published|own|list|patents",
            "subject? : text : what it is about, where the sectors do not say it",
            "reason : text : why it is a theme",
            "source : text : where that stands",
        ),
        _contract(
            "edges",
            "one row per pair of organisations of two territories that something speaks for",
            "cluster_id other_id",
            "cluster_id : text : organisation of the territory that comes first in the study",
            "other_id : text : organisation of the other territory",
            "kind : label : share a sector, or not : same_sector|cross_sector",
            "basis : label : the strongest reason : shared sector|published theme|theme of this study|shared technology",
            "proximity : number : 0..1, see network.proximity",
            "n_shared : integer : sectors, KETs and interests both state",
            "sectors? : text : shared sectors",
            "themes? : text : themes across sectors that join them",
            "kets? : text : KETs both state",
            "technologies? : text : IPC symbols the rules give to sectors of both",
            "interests? : text : interest domains both state",
            "p? : number : chance of sharing so many by degree alone, exact",
        ),
    )
}
