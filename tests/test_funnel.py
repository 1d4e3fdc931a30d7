"""The funnel: every step says how many remain and how many it left out, and it adds up."""

from studylib.prepare.funnel import NOTES, Funnel


def test_each_step_and_what_it_left_out_are_the_step_before():
    """The first step leaves out nothing: nothing came before it."""
    funnel = Funnel()
    for step, n in (("received", 5), ("read", 4), ("identified", 4), ("applications", 2)):
        funnel.add(step, "record", n)
    table = funnel.table()
    assert table["left_out"].tolist() == [0, 1, 0, 2]
    assert (table["n"] + table["left_out"]).tolist()[1:] == table["n"].tolist()[:-1]


def test_a_funnel_can_be_continued():
    """A study goes on where its exports ended."""
    start = Funnel()
    start.add("received", "record", 5)
    further = Funnel.of(start.table())
    further.add("in_period", "application", 3)
    assert further.table()[["step", "n", "left_out"]].to_numpy().tolist() == [
        ["received", 5, 0],
        ["in_period", 3, 2],
    ]
    assert len(start.table()) == 1


def test_every_step_says_what_it_leaves_out():
    """A note is a sentence about the rest."""
    assert all(note.strip() for note in NOTES.values())
