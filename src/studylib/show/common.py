"""What the pictures and tables of several pages share."""

import re

import pandas as pd

from studylib.dataset import Dataset
from studylib.language import in_use

PREFIX = re.compile(
    r"^(Source|Fuente|Iturria)\s*:\s*"
)  # the table and the figure say it themselves


def source(study: Dataset) -> str:
    """The source line of every figure: the titles of the study's inputs, each once."""
    captions = dict.fromkeys(study.table("sources")[f"caption_{in_use()}"])
    return "; ".join(PREFIX.sub("", caption) for caption in captions)


def by_area(study: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with areas named in the language of the page."""
    return frame.assign(area=[study.area_name(area) for area in frame["area"]])


def area_names(study: Dataset) -> list[str]:
    """The territories, then the reference, as named on the page: the order of their colours."""
    return [study.area_name(area) for area in study.areas]
