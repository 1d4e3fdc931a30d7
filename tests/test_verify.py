"""Whether an executed notebook may be shown."""

import pytest

from studylib.runs.verify import one_line, problem, settled

PLAIN = "<Figure at 0x7f0000000000>"


def executed(*outputs, count=1):
    cell = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": list(outputs), "source": "1"}
    text = {"cell_type": "markdown", "id": "t", "metadata": {"tags": []}, "source": "# t"}
    return {"cells": [text, {**cell, "execution_count": count}], "metadata": {}}


def shown(**data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


@pytest.mark.parametrize(
    ("notebook", "what"),
    [
        (executed(), None),
        (executed(count=None), "it was not run: the notebook stopped before it"),
        (executed({"output_type": "stream", "name": "stdout", "text": ["a"]}), None),
        (executed(shown(**{"text/plain": PLAIN, "text/html": "<b>"})), None),
        (executed(shown(**{"text/plain": PLAIN, "image/svg+xml": "<svg>"})), None),
        (executed(shown(**{"text/plain": "1"})), None),
        (
            executed(shown(**{"text/plain": PLAIN})),
            "an output shows an address in memory (at 0x7f0000000000), which no build repeats",
        ),
    ],
)
def test_every_code_cell_must_have_run_without_trace_of_the_machine(notebook, what):
    """A cell that did not run, or shows an address nothing richer stands before, is a fault."""
    failure = problem(notebook)
    assert (failure.what if failure else None) == what


def test_what_differs_by_chance_is_left_out():
    """Times, versions, paths, empty tags and unseen addresses go; ids, outputs and tags stay."""
    run = executed(shown(**{"text/plain": PLAIN, "text/html": "<b>"}), shown(**{"text/plain": "1"}))
    run["metadata"] = {"papermill": {"parameters": {"a": 1}, "duration": 3}}
    run["cells"][1]["metadata"] = {"execution": {"t": 1}, "papermill": {}, "tags": ["hide-input"]}
    source = {"metadata": {"title": "T", "language_info": {"version": "3"}, "papermill": {}}}
    told = settled(run, source)
    assert told["metadata"] == {
        "title": "T",
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "papermill": {"parameters": {"a": 1}},
    }
    assert told["cells"][0]["metadata"] == {}
    assert told["cells"][1]["metadata"] == {"tags": ["hide-input"]}
    assert [list(o["data"]) for o in told["cells"][1]["outputs"]] == [["text/html"], ["text/plain"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n  a\nb", "a."),
        ("\x1b[31ma\x1b[0m \x07", "a \\x07."),
        ("Stopped.", "Stopped."),
        ("", "no message."),
        ("x" * 400, "x" * 300 + "."),
    ],
)
def test_an_error_is_one_safe_line(text, line):
    """The first line with something on it; a terminal is told nothing else."""
    assert one_line(text) == line
