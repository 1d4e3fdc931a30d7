"""Tiny surveys for tests: who answered what, written as an export, prepared and opened."""

import json
from pathlib import Path

import pandas as pd

from studylib import open_study, prepare, project, tables
from studylib.study import inputs
from studylib.study.model import load
from studylib.survey import codebook
from studylib.survey import prepare as survey_prepare
from studylib.survey import read as survey_read

DOMAINS = ("innovation", "good_practice", "internationalisation", "training", "other")
TWO = ("Aquitaine", "Euskadi")
COUNTRIES = ("FR", "ES", "PT", "DE", "IT")
CLAIM = {
    "kind": "share",
    "topic": "survey",
    "territory": "Aquitaine",
    "domain": "innovation",
    "wording": "Innovation (60%)",
    "in_en": "60% want innovation.",
    "citation": "the page",
}


def toml(value: object) -> str:
    """A value as TOML writes it; JSON does for text, numbers and lists of text."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(own)}" for key, own in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def book(territories=TWO, choice="multiple", extra="") -> str:
    """A codebook with a column per domain, named like the domain."""
    lines = ['respondent = "id"', 'territory = "side"', f"choice = {toml(choice)}", extra]
    lines += ["[territories]", *(f"{toml(name)} = {toml(name)}" for name in territories)]
    for domain in DOMAINS:
        lines += ["[[option]]", f"column = {toml(domain)}", f"domain = {toml(domain)}",
                  f"label = {toml(domain)}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def export(people) -> str:
    """A CSV of (territory, chosen domains); None: the question was left blank."""
    lines = [";".join(["id", "side", *DOMAINS])]
    for n, (side, chosen) in enumerate(people, start=1):
        cells = ["" if chosen is None else "Y" if d in chosen else "N" for d in DOMAINS]
        lines.append(";".join([f"R{n}", side, *cells]))
    return "\n".join(lines) + "\n\n"


def opened(
    folder: Path,
    monkeypatch,
    people,
    *,
    territories=TWO,
    claims=(),
    extra="",
    asked=None,
    language="en",
    patents=(),
    confidentiality="public",
    choice="multiple",
):
    """A study on these answers, prepared and opened; `patents`: territory of each application."""
    (folder / "answers.csv").write_text(export(people), "utf-8")
    text = book(territories, choice, extra)
    if asked:
        text += "[asked]\n" + "".join(f"{toml(k)} = {v}\n" for k, v in asked.items())
    (folder / "codebook.toml").write_text(text, "utf-8")
    (folder / "patents.csv").write_text("nothing\n", "utf-8")
    lines = ['id = "tiny"', 'title = "Tiny"']
    if claims:
        blocks = [{"id": f"claim_{i}", **CLAIM, **claim} for i, claim in enumerate(claims, start=1)]
        written = [
            "".join(f"{k} = {toml(v)}\n" for k, v in block.items() if v is not None)
            for block in blocks
        ]
        (folder / "claims.toml").write_text("[[claim]]\n" + "[[claim]]\n".join(written), "utf-8")
        lines.append('claims = "claims.toml"')
    lines += ["[period]", "first_year = 2000", "last_year = 2012"]
    lines += ["[survey]", 'path = "answers.csv"', 'codebook = "codebook.toml"']
    lines += [f'confidentiality = "{confidentiality}"'] if confidentiality else []
    for name, country in zip(territories, COUNTRIES, strict=False):
        lines += ["[[territories]]", f"name = {toml(name)}", f"country = {toml(country)}"]
    lines += ["[[sources]]", 'path = "patents.csv"']
    (folder / "study.toml").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.setenv(project.PROCESSED, str(folder / "processed"))
    study = load(folder / "study.toml")
    out = prepare.folder_of(study)
    out.mkdir(parents=True)
    files = inputs.table_of(study, {Path("patents.csv"): "lens"}).assign(role="patents")
    tables.write(survey_prepare.with_sources(files, study), "sources", out)
    survey_prepare.write(study, out)
    _patents(patents, out)
    return open_study(str(folder / "study.toml"), language=language)


def _patents(areas, out: Path) -> None:
    """Applications of 2005, one per territory named."""
    ids = [f"EP{n}" for n in range(len(areas))]
    own = pd.DataFrame({"application_id": ids, "family_id": ids, "filing_year": 2005})
    own = own.assign(id_from="application", source_id="x", family_from="alone", office="EP")
    own = own.reindex(columns=tables.CONTRACTS["applications"].names)
    tables.write(own, "applications", out)
    places = pd.DataFrame({"application_id": ids, "area": list(areas)})
    places = places.assign(basis="inventor", kind="territory", weight=1.0)
    tables.write(places, "locations", out)


def read(folder: Path, data: str | bytes, codes: str) -> survey_read.Survey:
    """An export as its codebook reads it."""
    raw = data.encode() if isinstance(data, str) else data
    (folder / "export.csv").write_bytes(raw)
    (folder / "codes.toml").write_text(codes, "utf-8")
    return survey_read.read(folder / "export.csv", codebook.load(folder / "codes.toml"))


def chosen(survey: survey_read.Survey) -> dict[str, list[str]]:
    """Respondent -> domains chosen, in canonical order; those who left the question blank miss."""
    answers = survey.answers.dropna()
    order = {domain: i for i, domain in enumerate(DOMAINS)}
    named = {who: [] for who in answers["respondent_id"]}
    for who, domain in answers[answers["is_chosen"].astype(bool)][
        ["respondent_id", "domain"]
    ].to_numpy():
        named[who].append(domain)
    return {who: sorted(domains, key=order.get) for who, domains in named.items()}


def notes(survey: survey_read.Survey) -> set[tuple[str, str, int, str]]:
    """The notes as (kind, value, n, what)."""
    return set(survey.notes[["kind", "value", "n", "what"]].itertuples(index=False, name=None))
