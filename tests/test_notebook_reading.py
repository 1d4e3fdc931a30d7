"""Reading notebooks: fixed ids or a reason."""

import json

import pytest
from notebook_files import notebook

from studylib.errors import UsageError
from studylib.runs import notebooks


def stored(tmp_path, **changes):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({**notebook(("one", "1\n2"), ("two", "# a")), **changes}))
    return path


def test_sources_are_one_text(tmp_path):
    """Whether a file holds lines or a text, a source is a text; written, it is lines again."""
    read = notebooks.read(stored(tmp_path))
    assert [cell["source"] for cell in read["cells"]] == ["1\n2", "# a"]
    written = json.loads(notebooks.as_bytes(read))
    assert [cell["source"] for cell in written["cells"]] == [["1\n", "2"], ["# a"]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nbformat_minor": 4}, "is of nbformat 4.4, which has no fixed cell ids"),
        ({"nbformat": "four"}, "is not a notebook"),
        ({"cells": None}, "is not a notebook"),
        ({"cells": [{"id": "a", "source": ""}] * 2}, "Cell ids of .* repeat: 'a'"),
        ({"cells": [{"source": ""}] * 2}, "Cell ids of .* repeat: 'None'"),
    ],
)
def test_what_has_no_fixed_ids_is_refused(tmp_path, changes, words):
    """Ids made up at every load would make every build different."""
    with pytest.raises(UsageError, match=words):
        notebooks.read(stored(tmp_path, **changes))


def test_a_missing_or_broken_file_is_refused(tmp_path):
    """The message says what to do."""
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        notebooks.read(tmp_path / "gone.ipynb")
    (tmp_path / "b.ipynb").write_text("{")
    with pytest.raises(UsageError, match="is not a notebook; open and save it in JupyterLab"):
        notebooks.read(tmp_path / "b.ipynb")
