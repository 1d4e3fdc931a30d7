"""
What a file of a study is: made up, real, published by others, computed from that, or a rule.

    an entry of the register, its file  --kind_of-->  "published"  --label(KIND, ...)-->  words
"""

from studylib.language.words import mark
from studylib.study.register import Entry

KIND = {
    "made_up": mark("made up"),
    "real": mark("real"),
    "published": mark("real, published"),
    "compiled": mark("real, compiled by this project"),
    "computed": mark("real, computed by this project"),
    "own_rule": mark("rule of this project"),
    "recalled_rule": mark("published rule, recalled"),
    "published_rule": mark("published rule"),
    "of_study": mark("brought by this study"),
}
"""What stands in the table of files under "Real or made up"."""
OURS = "this project"


def kind_of(entry: Entry, file: str) -> str:
    """
    Whether a file of the project's register holds figures or a rule, and whose: a key of `KIND`.

    Figures lie in `published/` as others print them and in `reference/` as computed from data too
    large to ship; all else is a rule, of its producer or (also what picks from their figures) ours.
    """
    folder = file.split("/", maxsplit=1)[0]
    if folder == "published":
        return "compiled" if entry.producer.startswith(OURS) else "published"
    if folder == "reference" or f"{OURS}, computed" in entry.producer:
        return "computed"
    if f"recalled by {OURS}" in entry.producer:
        return "recalled_rule"
    picks = any(not name.startswith("rules/") for name in entry.sha256)
    return "own_rule" if picks or OURS in entry.producer else "published_rule"
