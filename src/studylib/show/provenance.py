"""
What a table or figure was made of: its inputs and rules as a line, and what of it was made up.

    source(study, "patents", "ket")  -->  "Synthetic records ... · KET scheme after ..."
    marked(study, "Patents", "patents")  -->  "Patents (made up)", if their register says so

Whoever shows something names the roles of the inputs its columns come from, and the rules that
made them; captions, and whether an input was made up, are the register's word.
"""

import re
from functools import cache
from pathlib import Path

import pandas as pd

from studylib.files.checksum import checksum
from studylib.files.folder import as_shown
from studylib.ket import DEFAULT_SCHEME
from studylib.language import given, in_language, in_use, languages
from studylib.language.given import translated
from studylib.language.words import _, mark
from studylib.network import sector_rules, theme_rules
from studylib.patents.dataset import Dataset, scheme_path
from studylib.project import PROJECT
from studylib.report import front_words
from studylib.show.source_kinds import kind_of
from studylib.study.register import Entry, Register, load_register
from studylib.study.sources import REGISTER
from studylib.survey import disclosure

RAW = PROJECT / "data" / "raw"
RULES = {
    "fields": "wipo35_2019",
    "proxy": "ket_wipo_proxy",
    "names": "name_rules",
    "places": "place_rules",
    "centres": "nuts_centres",
    "projects": "cordis_fp7",
    "eurostat": "eurostat_pat_ep_rtot",
}
"""Rules and reference figures every study has -> their id in the project's register."""
OF_THE_DEFAULT_STUDY = ("clusters", "claims")
"""Entries of the project's register that are inputs, of a study that names them."""
OWN_RULES = ("ket", "sectors", "themes")
"""Rules a study may name a file of its own for."""
SOURCE = mark("Source: {source}")
"""As the table and the figure begin their line: a caption need not say it again."""


def source(study: Dataset, *roles: str) -> str:
    """
    The source line of a figure: captions of the inputs and rules it was made of, each once.

    `roles` are inputs (patents, clusters, survey, claims; patents where none is named) and rules
    (ket, sectors, themes, and those of `RULES`).  An input the study does not have is left out.
    """
    files = study.table("sources")
    parts = []
    for role in roles or ("patents",):
        if role in RULES:
            parts.append(of_register(RULES[role]))
        elif role in OWN_RULES:
            parts.append(_rule(study, role))
        else:
            parts.append(captions(files[files["role"] == role], in_use()))
    return sources_line(*dict.fromkeys(parts))


def captions(sources: pd.DataFrame, language: str) -> str:
    """The captions of inputs in a language, each once, without the word "Source"."""
    with in_language(language):
        said = dict.fromkeys(sources[given.column(sources, "caption")])
        words = {text.partition(":")[0].strip() for text in (SOURCE, _(SOURCE))}
    prefix = re.compile(rf"^({'|'.join(map(re.escape, sorted(words)))})\s*:\s*")
    return sources_line(*(prefix.sub("", caption) for caption in said))


def of_register(name: str) -> str:
    """The caption of a reference data set of the project, as the study's own inputs have one."""
    said = translated(_register().entry(name).caption, in_use())
    return captions(pd.DataFrame({f"caption_{in_use()}": [said]}), in_use())


def reference_entries() -> list[Entry]:
    """Rules and reference figures of the project, as its register tells of them."""
    register = _register().source
    return [e for e in register if not e.synthetic and e.id not in OF_THE_DEFAULT_STUDY]


def sources_line(*texts: str) -> str:
    """Several sources in one line, those that are empty left out."""
    return " · ".join(text for text in texts if text)


@cache
def _register() -> Register:
    """The project's own register."""
    return load_register(RAW / REGISTER)


def _file_of(study: Dataset, rule: str) -> Path:
    """The file a study takes a rule from."""
    said = study.definition
    if rule == "ket":
        return scheme_path(said)
    if rule == "themes":
        return theme_rules.path_of(said)
    return said.path(said.sectors) if said.sectors else sector_rules.SECTORS


def _rule(study: Dataset, rule: str) -> str:
    """The caption of a rule file: as registered, or its name where it is the study's own."""
    path = _file_of(study, rule)
    if rule == "themes" and not theme_rules.are_theirs(study.definition):
        return _("themes of this project")
    if entry := _register().find(path, RAW):
        return of_register(entry.id)
    return _("rules of this study ({file})", file=as_shown(path.name))


def is_made_up(study: Dataset, *roles: str) -> bool:
    """Whether an input of these roles was made up, in part at least."""
    files = study.table("sources")
    own = files["role"].astype("str").isin(roles or ("patents",))
    return bool(files.loc[own, "is_synthetic"].astype(bool).any())


def marked(study: Dataset, text: str, *roles: str) -> str:
    """A heading or a line with a mark, where the numbers below it were made up."""
    return _("{text} (made up)", text=text) if is_made_up(study, *roles) else text


def in_part(study: Dataset) -> str:
    """The mark of what rests on patents beside other inputs, where the patents were made up."""
    return front_words.made_up_in_part() if is_made_up(study, "patents") else ""


def wholly(study: Dataset, *roles: str) -> str:
    """The mark of what rests on inputs of these roles alone, where one of them was made up."""
    return front_words.made_up() if is_made_up(study, *roles) else ""


def with_mark(study: Dataset, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A frame for a CSV that says which of its columns come from made-up records, if any do."""
    if not is_made_up(study, "patents"):
        return frame
    return frame.assign(made_up_columns=" ".join(columns))


def rule_files(study: Dataset) -> pd.DataFrame:
    """
    Rules and reference figures pages are made of, beside the inputs: columns of table `sources`,
    and `kind` (a key of `source_kinds.KIND`).

    One row per file, in the order of the project's register; what a study replaced by a file of
    its own is that file.
    """
    inputs = set(study.table("sources")["sha256"])
    rows = []
    own = {rule: _file_of(study, rule) for rule in OWN_RULES}
    shipped = {"ket": DEFAULT_SCHEME, "sectors": sector_rules.SECTORS, "themes": theme_rules.RULES}
    replaced = {shipped[rule].name for rule, path in own.items() if path != shipped[rule]}
    for entry in _register().source:
        if entry.synthetic or entry.id in OF_THE_DEFAULT_STUDY:
            continue
        for file, sha256 in sorted(entry.sha256.items()):
            if sha256 not in inputs and Path(file).name not in replaced:
                rows.append(_row(entry, file, sha256))
    for rule, path in own.items():
        if path != shipped[rule]:
            told = dict.fromkeys((f"title_{code}" for code in languages()), _rule(study, rule))
            sha256 = checksum(path)
            rows.append(_own_row(path.name, sha256, told))
    outlines, notice = study.definition.boundaries, study.definition.boundaries_notice
    if outlines and notice:
        told = {f"title_{code}": translated(notice, code) for code in languages()}
        sha256 = checksum(study.definition.path(outlines))
        rows.append(_own_row(outlines.name, sha256, told))
    return pd.DataFrame(rows).assign(is_synthetic=False, role="rules")


def _own_row(name: str, sha256: str, told: dict[str, str]) -> dict[str, object]:
    """A file a study brings itself as a row of the table of inputs."""
    row = {"file": as_shown(name), "licence": "–", "sha256": sha256, "kind": "of_study"}
    return {**row, **told}


def _row(entry: Entry, file: str, sha256: str) -> dict[str, object]:
    """A registered file as a row of the table of inputs."""
    titles = {f"title_{code}": translated(entry.title, code) for code in languages()}
    kind, names = kind_of(entry, file), [Path(own).name for own in entry.sha256]
    if names.count(Path(file).name) == 1:
        file = Path(file).name
    return {"file": file, "licence": entry.licence, "sha256": sha256, "kind": kind, **titles}


def shown_checksum(checksum: str, length: int | None = None) -> str:
    """A checksum as a page shows it, or its first characters; or that it is withheld."""
    return _(disclosure.WITHHELD) if checksum.startswith(disclosure.WITHHELD) else checksum[:length]
