"""How offenders are quoted: safe to show, and told by what tells them apart."""

from pathlib import PurePosixPath

from studylib.errors import LONGEST_QUOTE, quoted


def test_of_a_long_text_the_start_is_shown_and_of_a_path_the_end():
    """Where a file lies is the same for all of them; its name is what it is."""
    text = "a/" * 60 + "claims.toml"
    assert quoted(text) == "'" + ("a/" * 60)[: LONGEST_QUOTE - 1] + "…'"
    shown = quoted(PurePosixPath(text))
    assert shown.startswith("'…")
    assert shown.endswith("/a/claims.toml'")
    assert len(shown) == LONGEST_QUOTE + 2


def test_control_characters_are_written_out():
    """Text of the data cannot move the cursor or start a line."""
    assert quoted("a\x1b[2J\nb") == "'a\\x1b[2J\\x0ab'"
