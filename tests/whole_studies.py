"""The smallest whole study: patents, a survey and a list of organisations, with any names in it."""

import csv
from pathlib import Path

from conftest import ROOT
from tiny_survey import toml

DEMO = ROOT / "data" / "raw" / "demo"
RULES = ROOT / "data" / "raw" / "rules"
SIDES = ("FR61", "ES21")
SECTORS = ("aeronautics", "automotive", "energy", "health")


def whole_study(
    folder: Path,
    sides: tuple[str, str],
    *,
    study_id: str = "whole",
    reference: str = "Both countries",
    area: str = "Another area",
    organisation: str = "Organisation {n}",
    theme: str = "A theme",
    sector: str | None = None,
    every: int = 5,
) -> Path:
    """
    The study file of two sides with these names, and beside it all it reads.

    One in `every` synthetic applications of the sides is there, twelve answers and eight
    organisations, whose names are made of their number `{n}`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _patents(folder / "patents", every)
    _answers(folder, sides)
    _list(folder / "list.csv", sides, organisation)
    _rules(folder, theme, sector)
    head = {"id": study_id, "title": "A study of two sides", "languages": ["en"]}
    head |= {"clusters": "list.csv", "themes": "themes.csv", "sectors": "sectors.csv"}
    lines = [f"{key} = {toml(value)}" for key, value in head.items()]
    lines += ["[period]", "first_year = 2000", "last_year = 2012"]
    for name, code in zip(sides, SIDES, strict=True):
        lines += ["[[territories]]", f"name = {toml(name)}", f'nuts = ["{code}"]']
    lines += ["[reference]", f"name = {toml(reference)}", 'countries = ["ES", "FR"]']
    lines += ["[[comparison]]", f"name = {toml(area)}", 'nuts = ["DE13", "FR42"]']
    lines += ["[[sources]]", 'path = "patents"', 'nuts_version = "2013"']
    lines += ["[survey]", 'path = "answers.csv"', 'codebook = "codebook.toml"']
    lines.append('confidentiality = "public"')
    path = folder / "study.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _patents(folder: Path, every: int) -> None:
    """Some applications of the synthetic records: of the sides, and fewer of elsewhere."""
    folder.mkdir(exist_ok=True)
    inventors = (DEMO / "regpat" / "DEMO_EPO_Inv_reg.txt").read_text("utf-8").splitlines()
    own = {line.split("|")[0] for line in inventors if line.split("|")[7].startswith(SIDES)}
    rest = {line.split("|")[0] for line in inventors[1:]} - own
    kept = {*sorted(own)[::every], *sorted(rest)[:: every * 12], "appln_id"}
    for path in sorted((DEMO / "regpat").iterdir()):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        if "REGIONS" not in path.name:
            lines = [line for line in lines if line.split("|")[0] in kept]
        (folder / path.name).write_text("".join(lines), "utf-8")


def _answers(folder: Path, sides: tuple[str, str]) -> None:
    """Six answers of each side, one domain each."""
    text = (DEMO / "survey" / "codebook.toml").read_text("utf-8")
    for old, new in zip(("Aquitaine", "Euskadi"), sides, strict=True):
        text = text.replace(f'"{old}"', toml(new))
    (folder / "codebook.toml").write_text(text, "utf-8")
    lines = (DEMO / "survey" / "answers.csv").read_text("utf-8").splitlines(keepends=True)
    own = lines[:1]
    for code in ('"AQ"', '"EU"'):
        own += [line for line in lines if code in line][:6]
    (folder / "answers.csv").write_text("".join(own), "utf-8")


def _list(path: Path, sides: tuple[str, str], organisation: str) -> None:
    """Four organisations of each side, one per sector."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "territory", "sectors", "source", "evidence"])
        for n in range(8):
            rows.writerow([organisation.format(n=n), sides[n % 2], SECTORS[n // 2], "seen", "seen"])


def _rules(folder: Path, theme: str, sector: str | None) -> None:
    """Themes of the sectors, one with a subject of its own; the sectors, one under another name."""
    with (folder / "themes.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["theme_id", "axis", "sector", "other_sector", "origin", "subject",
                       "reason", "source"])  # fmt: skip
        for name in SECTORS[:3]:
            rows.writerow([name, "same_sector", name, "", "published", "", "a reason", "a source"])
        rows.writerow(["both", "cross_sector", "energy", "health", "own", theme,
                       "a reason", "a source"])  # fmt: skip
    text = (RULES / "sectors.csv").read_text("utf-8")
    if sector:
        text = text.replace("\naeronautics,Aeronautics,", f'\naeronautics,"{sector}",')
    (folder / "sectors.csv").write_text(text, "utf-8")
