"""Makers of tiny studies: a study file, raw exports of a few records, a prepared dataset."""

from pathlib import Path

import pandas as pd

from studylib import ket, prepare, tables
from studylib.patents.dataset import Dataset, open_study, scheme_path
from studylib.readers.raw import PARTIES, PRIORITIES, RECORDS, REJECTS, SYMBOLS, RawPatents, empty
from studylib.study.inputs import table_of
from studylib.study.model import Study, load

SPAIN = '[[territories]]\nname = { en = "Spain", fr = "Espagne" }\ncountry = "ES"\n'
FRANCE = '[[territories]]\nname = { en = "France", fr = "France" }\ncountry = "FR"\n'
PERIOD = "[period]\nfirst_year = 2000\nlast_year = 2004\n"
COUNTING = '[counting]\nlocated_by = "priority"\n'
REFERENCE = '[reference]\nname = { en = "Both", fr = "Les deux" }\ncountries = ["ES", "FR"]\n'
SOURCES = '[[sources]]\npath = "data"\n'
HEAD = 'id = "tiny"\ntitle = "A tiny study"\n'
BLOCKS = (PERIOD, COUNTING, SPAIN, FRANCE, SOURCES)


def study_file(folder: Path, *blocks: str, head: str = HEAD, name: str = "study.toml") -> Path:
    """A study file of these blocks (those of Spain and France by default), and its data folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(head + "".join(blocks or BLOCKS), encoding="utf-8")
    return path


def study(folder: Path, *blocks: str, head: str = HEAD) -> Study:
    """The study of such a file."""
    return load(study_file(folder, *blocks, head=head))


def rows(columns: tuple[str, ...], *given: dict) -> pd.DataFrame:
    """A raw table of these rows; what is not given is missing."""
    frame = empty(columns)
    if not given:
        return frame
    said = pd.DataFrame(list(given)).reindex(columns=list(columns))
    return said.astype(frame.dtypes.to_dict())


def raw(*records: dict, **changes: object) -> RawPatents:
    """
    A raw export of records by hand: the keys of `RECORDS`, and lists of what belongs to them.

    ipc, cpc: symbols; applicants, inventors: names or (name, country) or (name, country, nuts,
    weight); priorities: numbers or (number, country, date).
    """
    own, symbols, parties, claims = [], [], [], []
    for i, given in enumerate(records):
        said = dict(given)
        for scheme in ("ipc", "cpc"):
            symbols += [
                {"record": i, "scheme": scheme, "raw": text, "position": n}
                for n, text in enumerate(said.pop(scheme, ()), 1)
            ]
        for role in ("applicant", "inventor"):
            for n, party in enumerate(said.pop(role + "s", ()), 1):
                name, country, nuts, weight, *_ = (
                    (party, None, None, None) if isinstance(party, str) else (*party, None, None)
                )
                parties.append(
                    {"record": i, "role": role, "raw_name": name, "country": country,
                     "nuts_id": nuts, "weight": weight, "position": n}
                )  # fmt: skip
        for n, claim in enumerate(said.pop("priorities", ()), 1):
            number, country, date = (claim, None, None) if isinstance(claim, str) else claim
            claims.append(
                {"record": i, "number": number, "country": country, "date": date, "position": n}
            )
        own.append({"file": "export.csv", "row": i + 2, **said})
    told = {
        "format": "lens",
        "records": rows(RECORDS, *own),
        "symbols": rows(SYMBOLS, *symbols),
        "parties": rows(PARTIES, *parties),
        "priorities": rows(PRIORITIES, *claims),
        "rejects": empty(REJECTS),
        "n_received": len(records),
    }
    return RawPatents(**{**told, **changes})


def prepared(folder: Path, a_study: Study, *raws: RawPatents) -> prepare.Canonical:
    """The canonical tables of a study from raw exports, written where `open_study` looks."""
    scheme = ket.load_scheme(scheme_path(a_study))
    read = prepare.for_study(prepare.canonical(list(raws)), a_study, scheme)
    target = prepare.folder_of(a_study)
    read.write(target)
    export = folder / "data" / "export.csv"
    if not export.exists():
        export.write_text("x", encoding="utf-8")
    files = table_of(a_study, {Path("data"): "lens"}).assign(role="patents")
    tables.write(files, "sources", target)
    return read


def dataset(folder: Path, *raws: RawPatents, blocks: tuple[str, ...] = (), **choices) -> Dataset:
    """A prepared study of raw exports, opened (the environment names where it is prepared)."""
    path = study_file(folder, *blocks)
    prepared(folder, load(path), *(raws or (raw(),)))
    return open_study(str(path), **choices)


__all__ = ["dataset", "prepared", "raw", "rows", "study", "study_file"]
