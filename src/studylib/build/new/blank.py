"""The study file a new study begins with, and its id."""

import re
import unicodedata

LONGEST_ID = 61  # characters, as in `study.parts.Slug`

TEMPLATE = """\
# A study of two territories. Every key is explained in the README, section "A study is one file".
# Paths are relative to this file. When it is edited: studylib check study.toml
id = "{id}"
title = "Cooperation between territory A and territory B"
languages = ["en", "fr"] # {languages}
seed = 1

[period]
first_year = 2000
last_year = 2012
date = "filing" # filing, priority or publication; choose one your export knows

[counting]
unit = "family" # family or application
located_by = "inventor" # inventor, applicant, priority or office
weights = "whole" # whole or fractional
kinds = ["patent"] # also "utility model", "design", "translation" (of a European patent), "other"

[ket]
match = "both" # exact, prefix, or both with the second as sensitivity

# A territory has NUTS codes where the export knows regions (REGPAT, PATSTAT), else a country.
[[territories]]
name = "Alsace"
country = "FR"
nuts = ["FR42"]
nuts_version = "2013"

[[territories]]
name = "Freiburg"
country = "DE"
nuts = ["DE13"]
nuts_version = "2013"

# The larger economy that shares are compared with.
[reference]
name = "France and Germany"
countries = ["DE", "FR"]

# One block per export, or per folder of exports. Put your files into the folder `data`.
[[sources]]
path = "data"
"""


def id_for(name: str) -> str:
    """
    The id of a study in a folder of this name: small letters, digits and hyphens.

    >>> id_for("Étude Alsace_2020"), id_for("研究")
    ('etude-alsace-2020', 'my-study')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].rstrip("-") or "my-study"
