"""Tables that sort, search and filter: whole without a script, safe with it."""

import pandas as pd
import pytest
from conftest import needs_chromium
from nbformat import v4

from studylib.report.page import render
from studylib.report.table import Pick, table

pytestmark = [pytest.mark.browser, needs_chromium]

NAMES = ["Éole", "abc", "Zeta", "Ätna", "Oak", "Elm", "Fir", "Yew", "Ash", "Box", "Fig", "Gum"]
FRAME = pd.DataFrame(
    {
        "name": NAMES,
        "n": [10, 9, None, 200, 1, 2, 3, 4, 5, 6, 7, 8],
        "side": ["North", "South"] * 6,
        "kind": ["sector", "theme", "field"] * 4,
        "sector": [f"S{i % 9}" for i in range(11)] + ["S1; S2"],
    }
)
PICKS = [Pick("Side", "side", first=True), Pick("Joined by", "kind"), Pick("Sector", "sector")]


def page(most=3, picks=PICKS, **words):
    """A page with the table, in English unless told."""
    shown = table(
        FRAME, title="T", columns={"name": "Name", "n": "Number"}, most=most, picks=picks,
        csv_name="trees",
    )  # fmt: skip
    output = v4.new_output("display_data", data=shown._repr_mimebundle_())
    return render(v4.new_notebook(cells=[v4.new_code_cell(outputs=[output])]), title="T", **words)


def seen(opened):
    """Names of the rows a reader sees, in order."""
    rows = opened.locator("tbody tr:visible th")
    return rows.all_inner_texts()


def without_script(html):
    """The page for a reader whose browser runs no script."""
    return html.replace("<script>", "<template>").replace("</script>", "</template>")


def test_without_a_script_all_rows_can_be_seen(open_page):
    """No dead control is shown; a box to tick shows every row, a button those of one kind."""
    opened = open_page(without_script(page(picks=PICKS[1:])))
    assert opened.locator("thead button, input[type=search], select").count() == 0
    assert seen(opened) == NAMES[:3]
    opened.get_by_label("Show all 12 rows").check()
    assert seen(opened) == NAMES
    opened.get_by_label("Show all 12 rows").uncheck()
    opened.get_by_label("theme").check()
    assert seen(opened) == ["abc", "Oak", "Yew", "Fig"]
    opened.get_by_label("all", exact=True).check()
    assert seen(opened) == NAMES[:3]


def test_the_first_side_is_chosen_at_the_start(open_page):
    """A table that holds each pair from both ends shows it from one, and the first rows of it."""
    opened = open_page(without_script(page()))
    assert seen(opened) == ["Éole", "Zeta", "Oak"]
    opened.get_by_label("South").check()
    assert seen(opened) == ["abc", "Ätna", "Elm"]


def test_a_list_to_choose_from_does_not_show_all_rows(open_page):
    """Its first entry is chosen from the start, and is no choice of the reader's."""
    opened = open_page(page(picks=PICKS[2:]))
    assert opened.locator("select").count() == 1
    assert seen(opened) == NAMES[:3]
    opened.locator("select").select_option("S4")
    assert seen(opened) == ["Oak"]


def test_paper_has_every_row(open_page):
    """What a button hides on the screen is printed, a pair that is told from both ends once."""
    opened = open_page(page(picks=PICKS[1:]))
    opened.emulate_media(media="print")
    assert seen(opened) == NAMES
    opened = open_page(page())
    opened.emulate_media(media="print")
    assert seen(opened) == NAMES[::2]
    assert opened.locator(".pick, .tools, .all").locator("visible=true").count() == 0


def test_a_column_sorts_by_its_numbers_or_words(open_page):
    """9 comes before 10, Ätna between abc and Ash; what is not known stays last both ways."""
    opened = open_page(page(most=12, picks=()))
    head = opened.get_by_role("button", name="Number")
    head.click()
    assert seen(opened)[:2] + seen(opened)[-3:] == ["Oak", "Elm", "Éole", "Ätna", "Zeta"]
    assert opened.locator("th[aria-sort]").evaluate_all("a => a.map(e => e.ariaSort)") == [
        "ascending"
    ]
    head.press("Enter")
    assert seen(opened)[:2] + seen(opened)[-2:] == ["Ätna", "Éole", "Oak", "Zeta"]
    opened.get_by_role("button", name="Name").click()
    assert seen(opened)[:5] == ["abc", "Ash", "Ätna", "Box", "Elm"]
    assert opened.locator("th[aria-sort]").inner_text().startswith("Name")


def test_a_listener_hears_what_a_column_is_and_that_it_sorts(open_page):
    """The name of a column and what a press does; no arrow is read out before or after it."""
    opened = open_page(page(most=12, picks=()))
    heard = "Accessibility.getFullAXTree"

    def told(role):
        nodes = opened.context.new_cdp_session(opened).send(heard)["nodes"]
        return [
            (node["name"]["value"], (node.get("description") or {}).get("value", ""))
            for node in nodes
            if node["role"]["value"] == role and not node.get("ignored")
        ]

    assert [name for name, _more in told("columnheader")][:2] == ["Name", "Number"]
    assert ("Number", "Sort by this column") in told("button")
    opened.get_by_role("button", name="Number").click()
    assert [name for name, _more in told("columnheader")][:2] == ["Name", "Number"]


def test_a_search_finds_words_without_their_accents(open_page):
    """Every row that holds the words is shown, those not yet shown too, and counted aloud."""
    opened = open_page(page(picks=()))
    opened.get_by_label("Search in this table").fill("eo")
    assert seen(opened) == ["Éole"]
    assert opened.get_by_role("status").inner_text() == "1 of 12 rows"
    opened.get_by_label("Search in this table").fill("")
    assert seen(opened) == NAMES[:3]


def test_choices_hold_together(open_page):
    """Side, kind, sector and words at once; a row of several sectors is found under each."""
    opened = open_page(page())
    opened.get_by_label("South").check()
    opened.get_by_label("Sector", exact=True).select_option("S1")
    assert seen(opened) == ["abc", "Gum"]
    opened.get_by_label("field").check()
    assert seen(opened) == ["Gum"]
    assert opened.get_by_role("status").inner_text() == "1 of 12 rows"
    opened.get_by_label("Search in this table").fill("z")
    assert seen(opened) == []


def test_the_tools_fit_a_phone_and_ask_for_nothing(open_page):
    """At 320 px sorting, search and choices are there and nothing is wider than the screen."""
    opened = open_page(page(), width=320)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    opened.get_by_role("button", name="Name").click()
    assert seen(opened)[0] == "Ash" or seen(opened)[0] == "Éole"
    assert opened.asked == []
    assert opened.said == []


def test_a_short_table_has_no_tools(open_page):
    """Four rows are read at a glance."""
    short = table(FRAME[:4], title="T")
    output = v4.new_output("display_data", data=short._repr_mimebundle_())
    opened = open_page(
        render(v4.new_notebook(cells=[v4.new_code_cell(outputs=[output])]), title="T")
    )
    assert opened.locator("thead button, input").count() == 0


def test_the_language_switch_keeps_the_place(open_page):
    """Who reads a figure and changes the language stands before the same figure."""
    opened = open_page(page(languages=[("Français", "../fr/x.html", False)]))
    opened.evaluate("location.hash = 'table-trees'")
    opened.evaluate("document.addEventListener('click', e => e.preventDefault())")
    opened.locator(".languages a").click()
    assert opened.locator(".languages a").evaluate("e => e.hash") == "#table-trees"


def test_another_script_does_not_run(open_page):
    """The policy knows one script by its checksum; a changed one does nothing."""
    changed = page().replace('"use strict";', '"use strict"; window.ran = 1;')
    opened = open_page(changed)
    assert opened.evaluate("window.ran") is None
    assert opened.locator("thead button").count() == 0
    assert any("Content Security Policy" in text for text in opened.said)


def test_no_text_becomes_html(open_page):
    """Trusted Types are required and no policy may make any: a string never becomes elements."""
    opened = open_page(page())
    with pytest.raises(Exception, match="TrustedHTML"):
        opened.evaluate("document.body.innerHTML = '<b>x</b>'")
