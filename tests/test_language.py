"""Which language a reader gets."""

import pytest

from studylib import language
from studylib.language import _, reviewers

POT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
TEXTS = ("a family", "one", "two of {n}", "unsure")
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "one"
msgstr "un"

msgid "two of {n}"
msgstr "deux de {n}"

#, fuzzy
msgid "unsure"
msgstr "peut-être"

msgid "a family"
msgid_plural "families"
msgstr[0] "famille"
msgstr[1] "familles"

msgid "empty"
msgstr ""
"""


@pytest.fixture(autouse=True)
def _french(tmp_path, monkeypatch):
    """A tiny catalogue, and nothing remembered of the real one."""
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    monkeypatch.delenv(language.ENVIRONMENT, raising=False)
    for code in ("fr", "xx"):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "studylib.po").write_text(PO, encoding="utf-8")
    entries = "".join(f'\nmsgid "{text}"\nmsgstr ""\n' for text in TEXTS)
    (tmp_path / "studylib.pot").write_text(POT + entries, encoding="utf-8")
    remembered = (language.languages, language._catalogue, language._texts)
    for function in remembered:
        function.cache_clear()
    token = language._language.set(None)
    yield
    language._language.reset(token)
    for function in remembered:
        function.cache_clear()


def test_english_is_its_own_key():
    """Without a language, texts stand as they are in the source."""
    assert language.language() == language.in_use() == "en"
    assert _("one") == "one"
    assert _("two of {n}", n=3) == "two of 3"


def test_texts_are_translated():
    """A translated text takes its values by name."""
    assert language.set_language("fr") == "fr"
    assert _("one") == "un"
    assert _("two of {n}", n=3) == "deux de 3"


def test_what_is_not_translated_or_reviewed_stays_english():
    """No text, an empty one or a fuzzy one: the reader gets the source text."""
    with language.in_language("fr"):
        assert [_("unsure"), _("empty"), _("nobody knows")] == ["unsure", "empty", "nobody knows"]


def test_a_language_without_a_catalogue_is_english_and_says_so():
    """`in_use` is what the reader gets; `missing` lists every text."""
    with language.in_language("oc") as got:
        assert got == "en"
        assert _("one") == "one"
    assert language.missing("oc") == sorted(TEXTS)


def test_missing_lists_the_open_texts():
    """Fuzzy counts as missing; English lacks nothing."""
    assert language.missing("fr") == ["unsure"]
    assert language.missing("en") == []


def test_a_language_needs_formats_too():
    """A catalogue of a language whose number formats nobody chose is not offered."""
    assert language.languages() == ["en", "fr"]


def test_the_language_ends_with_its_block():
    """A block leaves the language as it was, also after an error."""
    with pytest.raises(ValueError, match="x"), language.in_language("fr"):
        raise ValueError("x")
    assert _("one") == "one"


def test_a_kernel_takes_the_language_of_its_page(monkeypatch):
    """A new process starts in the language of `STUDYLIB_LANGUAGE`."""
    monkeypatch.setenv(language.ENVIRONMENT, "fr")
    assert _("one") == "un"


@pytest.mark.parametrize(("n", "form"), [(0, "famille"), (1, "famille"), (2, "familles")])
def test_plurals_follow_the_language(n, form):
    """In French zero is singular; in English it is plural, also for a text without translation."""
    with language.in_language("fr"):
        assert language.plural_text("a family", "families", n) == form
        assert language.plural_text("a row", "rows", n) == ("a row" if n == 1 else "rows")


def test_marking_changes_nothing():
    """`mark` is for collecting only."""
    assert language.mark("one") == "one"


@pytest.mark.parametrize(
    ("told", "code", "says"),
    [
        ('fr = ""', "fr", "No native speaker has read the words of this page yet."),
        ("", "oc", "No native speaker has read the words of this page yet."),
        ('fr = "A. B., 2026-12-01"', "fr", "Read by a native speaker: A. B., 2026-12-01."),
        ("", "en", ""),
    ],
)
def test_a_page_says_whether_its_words_were_read(tmp_path, monkeypatch, told, code, says):
    """A translation nobody has read says so; the source language needs no reader."""
    (tmp_path / "reviewers.toml").write_text(told, encoding="utf-8")
    monkeypatch.setattr(reviewers, "LOCALE", tmp_path)
    assert reviewers.review(code) == says
