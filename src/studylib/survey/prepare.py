"""Survey and published claims of a study as canonical tables; a study may have neither."""

from pathlib import Path
from typing import Any

import pandas as pd

from studylib import survey, tables
from studylib.errors import DataError, some
from studylib.files.folder import as_shown
from studylib.language import _, given, in_language, languages, mark
from studylib.patents.dataset import Dataset
from studylib.patents.window import choices
from studylib.study import inputs
from studylib.study.model import Study
from studylib.survey import codebook, disclosure, published_claims
from studylib.survey import read as survey_read
from studylib.survey.notes import SEVERAL
from studylib.survey.verdicts import check_tests

OWN = 0o600  # read and written by whoever built the study
OWN_FOLDER = 0o700
"""Of everything built of a survey: executed pages, and what a failed one showed, lie in it too."""
OF_RESPONDENTS = ("respondents", "answers", "survey_texts", "survey_notes")
"""Tables that hold what single respondents said."""
CODEBOOK = mark("What the columns of the answers mean")
CLAIMS = tables.CONTRACTS["claims"].names


def write(study: Study, folder: Path) -> None:
    """Write the tables of the survey, if the study has one, and its claims, be there any or not."""
    if study.survey:
        folder.chmod(OWN_FOLDER)
        for name, frame in read(study).tables().items():
            # What single respondents said is for nobody else on this machine.
            (folder / f"{name}.parquet").touch()
            (folder / f"{name}.parquet").chmod(OWN)
            tables.write(frame, name, folder)
    tables.write(claims(study), "claims", folder)


def read(study: Study) -> survey_read.Survey:
    """
    The survey of a study, in the territories of the study.

    Raises
    ------
    DataError
        The codebook names a territory the study does not have.
    """
    assert study.survey is not None
    book = codebook.load(study.path(study.survey.codebook))
    if strange := sorted(set(book.territories.values()) - set(study.territory_ids)):
        raise DataError(
            f"{study.survey.codebook.name} names territories the study does not have: "
            f"{some(strange)}. The study has {some(study.territory_ids)}."
        )
    return numbered(survey_read.read(study.path(study.survey.path), book))


def numbered(survey: survey_read.Survey) -> survey_read.Survey:
    """The same answers with running numbers in place of what the export calls its respondents."""
    said = survey.respondents["respondent_id"]
    width = len(str(max(len(said), 1)))
    numbers = {who: f"R-{n:0{width}}" for n, who in enumerate(sorted(said), start=1)}
    notes = survey.notes
    named = notes["what"] == SEVERAL
    return survey_read.Survey(
        survey.respondents.assign(respondent_id=said.map(numbers)),
        survey.answers.assign(respondent_id=survey.answers["respondent_id"].map(numbers)),
        survey.texts.assign(respondent_id=survey.texts["respondent_id"].map(numbers)),
        notes.assign(value=notes["value"].mask(named, notes["value"].map(numbers))),
    )


def claims(study: Study) -> pd.DataFrame:
    """
    One row per published claim of the study (contract `claims`); none where it names none.

    What a claim says in other languages stands in further columns: in_en, in_fr ...
    """
    if study.claims is None:
        return pd.DataFrame(columns=CLAIMS)
    listed = published_claims.claims(study.path(study.claims))
    everywhere = listed["territory"] == "both"
    if strange := sorted(set(listed.loc[~everywhere, "territory"]) - set(study.territory_ids)):
        raise DataError(
            f"{study.claims.name} names territories the study does not have: {some(strange)}. "
            f"The study has {some(study.territory_ids)}."
        )
    check_tests(listed)
    spoken = list(given.columns(listed, "in").values())
    return listed.rename(columns={"id": "claim_id"}).assign(
        position=range(1, len(listed) + 1), territory=listed["territory"].mask(everywhere)
    )[[*CLAIMS, *spoken]]


def is_public(study: Study) -> bool:
    """Whether there is no survey, or its respondents agreed to be quoted."""
    return study.survey is None or study.survey.confidentiality == "public"


def opened(study: Study, folder: Path) -> Dataset:
    """The tables of a study, which must be there, as a page opens them."""
    first, last, rule = choices(study)
    return Dataset(study, folder, "en", first, last, rule)


def hide_checksum(study: Study, folder: Path) -> None:
    """
    Withhold the checksum of a survey file, unless it is public (see `disclosure.checksum_of`).

    The tables of the study must be there; only `sources` is written again.
    """
    if is_public(study):
        return
    assert study.survey is not None
    told = disclosure.checksum_of(survey.interests(opened(study, folder)))
    files = tables.read("sources", folder)
    own = (files["role"] == "survey") & (files["file"] == as_shown(study.survey.path.name))
    tables.write(files.assign(sha256=files["sha256"].mask(own, told)), "sources", folder)


def _in(language: str, text: str) -> str:
    """A text in a language."""
    with in_language(language):
        return _(text)


def with_sources(files: pd.DataFrame, study: Study) -> pd.DataFrame:
    """
    The table `sources` with the files of the survey and of the claims.

    A codebook says what columns mean and nothing of a respondent: whether answers were made up,
    and what stands under a figure of them, is the word of the export alone.
    """
    parts = [files]
    if study.survey:
        export = inputs.table_of(study, {study.survey.path: "survey"})
        book = inputs.table_of(study, {study.survey.codebook: "codebook"})
        own = as_shown(study.survey.codebook.name)
        book = book[book["file"] == own]  # its register may name more
        names = map(str, export.columns)
        said = [name for name in names if name.startswith("caption_") or name == "is_synthetic"]
        told: dict[str, Any] = {name: export[name].iloc[0] for name in said}
        told |= {f"title_{code}": _in(code, CODEBOOK) for code in languages()}
        book = book.assign(**told)
        parts.append(pd.concat([export, book], ignore_index=True).assign(role="survey"))
    if study.claims:
        parts.append(inputs.table_of(study, {study.claims: "claims"}).assign(role="claims"))
    return pd.concat(parts, ignore_index=True).drop_duplicates(["source_id", "file"])
