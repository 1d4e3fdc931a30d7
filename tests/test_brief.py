"""The front page of a study: what was found, whom to call, what could not be shown."""

import io
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from nbformat import v4
from pypdf import PdfReader

from studylib.build.steps import in_order
from studylib.language import in_language
from studylib.report import brief, index
from studylib.report.brief import Decision, Said
from studylib.report.prose import BRIEF, prose

CALL = {
    "organisation": "Aerospace Valley", "partner": "HEGAN", "why": "shared sector: Aeronautics",
    "against": "", "first_step": "Ask which of its members look for partners.",
}  # fmt: skip
EVIL = '#eval("1") $x$ *b* <script>alert(1)</script> @ref \\ "'


def notebook():
    """An executed notebook with a headline, numbers, calls and limits."""
    said = prose("22 of 26 have one.", "More.", kind="headline", numbers=[("22 of 26", "have")])
    outputs = [
        v4.new_output("display_data", data=said._repr_mimebundle_()),
        v4.new_output("display_data", data={BRIEF: {"calls": [CALL]}, "text/plain": "x"}),
    ]
    limits = v4.new_markdown_cell("## Limits\n\n- Patents are *not* innovation.\n- Two.")
    limits["id"] = "limits"
    return v4.new_notebook(cells=[v4.new_code_cell(outputs=outputs), limits])


def test_a_notebook_says_in_short_what_it_found():
    """Headline, numbers and calls from outputs, limits from the list of that cell."""
    said = brief.gathered(notebook())
    assert said == Said(
        "22 of 26 have one.", (("22 of 26", "have"),), (CALL,),
        ("Patents are not innovation.", "Two."),
    )  # fmt: skip


def test_what_was_said_is_kept_until_the_page_is_made_again(tmp_path):
    """Written and read back; a page never made says nothing."""
    said = brief.gathered(notebook())
    (tmp_path / "a.json").write_text(said.text(), encoding="utf-8")
    assert brief.read(tmp_path / "a.json") == said
    assert brief.read(tmp_path / "none.json") == Said()


def test_a_finding_on_made_up_records_says_so_wherever_it_is_repeated(tmp_path):
    """The mark of a headline goes with it to the front page and the list of pages, once."""
    told = prose("A is. B is.", "More.", kind="headline", made_up="made-up data")
    output = v4.new_output("display_data", told._repr_mimebundle_())
    said = brief.gathered(v4.new_notebook(cells=[v4.new_code_cell(outputs=[output])]))
    (tmp_path / "a.json").write_text(said.text(), encoding="utf-8")
    said = brief.read(tmp_path / "a.json")
    assert said.in_short() == "A is. B is (made-up data)."
    assert brief.decision("Who?", [said], {}).findings == ("A is. B is (made-up data).",)
    assert Said("", made_up="made-up data").in_short() == ""


def test_the_front_page_takes_from_every_page():
    """Three findings, the first number of each page before a second, limits of each in turn."""
    pages = [
        Said("A is. B is.", (("1", "a"), ("2", "b")), ({"organisation": "x"},) * 9, ("p", "q")),
        Said("", (("3", "c"),), (), ("r",)),
        *(Said(f"Finding {i}.", (), (), ("p",)) for i in range(4)),
    ]
    shown = brief.decision("Who?", pages, {"Contact": "", "Publisher": "Us"})
    assert shown.findings == ("A is. B is.", "Finding 0.", "Finding 1.")
    assert shown.numbers == (("1", "a"), ("3", "c"), ("2", "b"))
    assert len(shown.calls) == 5
    assert shown.limits == ("p", "r", "q")
    assert shown.facts == {"Publisher": "Us"}


def test_a_front_page_without_findings_says_why():
    """What the first page says in place of a finding; a page that says nothing is passed over."""
    pages = [Said(), Said("No reference. More.", is_finding=False), Said("B.", is_finding=False)]
    assert brief.decision("Who?", pages, {}).findings == ("No reference. More.",)
    found = [*pages, Said("Two of six.")]
    assert brief.decision("Who?", found, {}).findings == ("Two of six.",)


def test_answers_come_first_and_what_they_rest_on_last():
    """By their place on the front page; a notebook that names none comes after those."""
    named = {"00": {"is_answer": False}, "20": {"front": 3}, "30": {"front": 1}, "45": {}}
    pages = [SimpleNamespace(name=name, about=about) for name, about in named.items()]
    assert [page.name for page in in_order(pages)] == ["30", "20", "45", "00"]


def test_the_front_page_leads_to_evidence_and_files():
    """Question, findings, numbers, calls, limits, facts in this order, then the list of pages."""
    shown = Decision("Who?", ("F.",), (("1", "a"),), (CALL,), ("L.",), {"Publisher": "Us"})
    entries = [index.Entry("Page", "a.html", "F.")]
    files = [("brief.pdf", "This page as PDF")]
    page = BeautifulSoup(
        index.pages(entries, title="T", decision=shown, downloads=files), "html.parser"
    )
    text = page.main.get_text(" ", strip=True)
    wanted = ["Who?", "What we found", "In numbers", "First calls", "Aerospace Valley → HEGAN",
              "What could not be shown", "Publisher", "page by page", "Page"]  # fmt: skip
    assert [text.index(words) for words in wanted] == sorted(text.index(words) for words in wanted)
    assert "What speaks against it" not in text  # nothing we know does
    assert page.find("a", href="brief.pdf")


@pytest.mark.parametrize("language", ["en", "fr", "es", "eu"])
def test_the_brief_is_one_tagged_sheet(language):
    """One page, tagged, in its language, with a title; the same bytes each time."""
    shown = Decision(
        "Who? " * 20, ("Finding. " * 25,) * 3, (("1", "a" * 40),) * 3,
        ({**CALL, "against": "Two organisations taken at random share as much. " * 2},) * 5,
        ("What is not shown. " * 8,) * 4, {"Publisher": "Us", "How to cite": "Us. " * 20},
    )  # fmt: skip
    with in_language(language):
        made = [
            brief.pdf(shown, title="Étude", language=language, banner="Synthetic.\nMore.")
            for _ in range(2)
        ]
    assert made[0] == made[1]
    reader = PdfReader(io.BytesIO(made[0]))
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Étude"
    assert "Synthetic. More." in " ".join(reader.pages[0].extract_text().split())


def test_the_brief_sets_its_colons_in_its_language_and_ends_its_sentences():
    """French has a narrow blank before a colon; what is said of a call ends with one full stop."""
    call = {**CALL, "why": "secteur", "against": "Peu de données.", "first_step": "Appeler"}
    shown = Decision("Qui ?", (), (), (call,), (), {"Contact": "nous"})
    with in_language("fr"):
        made = brief.pdf(shown, title="T", language="fr", banner="")
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    words = " ".join(text.replace("\u202f", " ").split())
    assert "Pourquoi : secteur. Ce qui plaide contre : Peu de données." in words
    assert "Premier pas : Appeler." in words
    assert "Contact : nous" in words


@pytest.mark.parametrize("times", [2, 3])
def test_long_words_take_smaller_letters_and_no_second_sheet(times):
    """What would not fit is set smaller: a language with longer words has one sheet, too."""
    shown = Decision(
        "Who?", ("Finding. " * 60,) * 3, (("1", "a" * 40),) * 3,
        ({**CALL, "against": "Two organisations share as much. " * 8 * times},) * 5,
        ("What is not shown. " * 12,) * 4, {"Publisher": "Us", "How to cite": "Us. " * 20},
    )  # fmt: skip
    made = brief.pdf(shown, title="T", language="eu", banner="Synthetic.")
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_names_are_no_instructions_to_the_typesetter():
    """What looks like a command, a formula or a tag is printed as it is."""
    shown = Decision(
        EVIL, (EVIL,), ((EVIL, EVIL),), (dict.fromkeys(CALL, EVIL),), (EVIL,), {EVIL: EVIL}
    )
    made = brief.pdf(shown, title=EVIL, language="en", banner=EVIL)
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert '#eval("1") $x$ *b* <script>' in " ".join(text.split())
    page = index.pages([], title=EVIL, decision=shown)
    assert page.count("<script>") == 1


SCRIPTS = "Ελλάδα Україна საქართველო القاهرة 日本語 한국어 ไทย हिन्दी ירושלים 𐤀𒀀 😀 a\u0301 \ufffe"


def test_names_in_any_script_are_printed():
    """A letter no font here has is a box, never another letter, and a sentence says so."""
    shown = Decision(SCRIPTS, (SCRIPTS,), ((SCRIPTS, SCRIPTS),), facts={"Publisher": SCRIPTS})
    made = brief.pdf(shown, title=SCRIPTS, language="en", banner="")
    reader = PdfReader(io.BytesIO(made))
    text = reader.pages[0].extract_text()
    assert all(word in text for word in ("Ελλάδα", "Україна", "საქართველო", "القاهرة", "□□□"))
    assert "Letters this sheet has no typeface for stand as □; the page shows them." in text
    assert "日" not in text
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    shown = Decision("Ελλάδα და القاهرة")
    made = brief.pdf(shown, title="Україна", language="en", banner="")
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Ελλάδα" in text
    assert "□" not in text
