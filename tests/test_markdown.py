"""Markdown cut for translators: marks kept, texts whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.language import markdown

SOURCE = """## What do we see?

A paragraph that goes
on over two lines,
with `code` and a [link](a.md).

- one
- two, which
  goes on
  1. inner
- [ ] open

> quoted
> again

| a | b |
|---|---|
| c | 1 |

```python
x = 1

# no heading
```

$$
a = b
$$

$$ a = c $$
Last.@@
Broken line.

---
<br>
""".replace("@@", "  ")  # two blanks break a line


def test_each_piece_is_one_text():
    """Headings, paragraphs, items and table rows are texts; code, formulas and rules are not."""
    assert markdown.texts(SOURCE) == [
        "What do we see?",
        "A paragraph that goes on over two lines, with `code` and a [link](a.md).",
        "one",
        "two, which goes on",
        "inner",
        "open",
        "quoted",
        "again",
        "| a | b |",
        "| c | 1 |",
        "Last.  \nBroken line.",
    ]


def test_only_texts_change():
    """Marks, indents, code and blank lines stay where they are."""
    told = markdown.translated("# A\n\n- b\n  - c\n\n```\nd\n```\n1. e\n\n> f", str.upper)
    assert told == "# A\n\n- B\n  - C\n\n```\nd\n```\n1. E\n\n> F"
    assert markdown.translated("# a\nb\nc\n- d\ne", lambda text: f"<{text}>") == (
        "# <a>\n<b c>\n- <d e>"
    )


@pytest.mark.parametrize("source", ["", "\n", "```\nopen", "---", "| 1 | 2.5 |", "![](a.png)"])
def test_what_has_no_words_has_no_texts(source):
    """Numbers, rules, pictures and unclosed code are kept as they are."""
    assert markdown.texts(source) == []
    assert markdown.translated(source, str.upper) == source


LINES = st.lists(
    st.sampled_from(["# a", "b", "  c", "- d", "> e", "```", "$$", "", "| f |", "1) g"])
)


@given(LINES)
def test_translating_to_itself_changes_no_text(lines):
    """Cut and put together again, the texts are the same; a second time nothing changes at all."""
    source = "\n".join(lines)
    once = markdown.translated(source, str)
    assert markdown.texts(once) == markdown.texts(source)
    assert markdown.translated(once, str) == once
