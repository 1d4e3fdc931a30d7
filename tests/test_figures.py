"""Figures: drawings in the page, same bytes, colours that can be told apart."""

import base64
import io
import re
from itertools import combinations

import numpy as np
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure

from studylib import figures
from studylib.errors import DataError, UsageError
from studylib.figures import axes, inline, saved, theme, typefaces
from studylib.figures.picture import compact, notebook_style
from studylib.figures.theme import Look, drawing, luminance, roles
from studylib.figures.tree_layout import Words
from studylib.files.attached import FILES
from studylib.report.clean import fragment
from studylib.report.page import TEMPLATE

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]
LONG = "Identification of good practice in the neighbouring territories of the Euroregion"
WORDS = {"title": "A finding", "alt": "What is seen"}


def shares_table(n_items=3, territories=("Aquitaine", "Euskadi")):
    """Shares of the same size for every item and territory."""
    return pd.DataFrame(
        [(f"{i} {LONG}", name, 0.6, 0.23, 0.88, 5) for i in range(n_items) for name in territories],
        columns=["item", "territory", "share", "low", "high", "n"],
    )


YEARS = pd.DataFrame(
    {
        "year": [2000, 2001, 2003, 2000],
        "territory": ["A", "A", "A", "B"],
        "n_families": [3, 4, 6, 0],
    }
)
PAIRS = pd.DataFrame(
    {
        "ket": ["photonics", "photonics", "nanotechnology"],
        "other_ket": ["photonics", "nanotechnology", "nanotechnology"],
        "n_together": [9, 2, 7],
    }
)
CELLS = pd.DataFrame({"field": ["x", "x", "y"], "area": ["A", "B", "A"], "rta": [0.5, 2.0, np.nan]})
FUNNEL = pd.DataFrame({"step": ["received", LONG], "n": [1530, 431], "note": ["", "left out"]})
PICTURES = {
    "shares": lambda: figures.shares(shares_table(), **WORDS),
    "timeline": lambda: figures.timeline(YEARS, incomplete_from=2003, **WORDS),
    "heat": lambda: figures.heat(CELLS, rows="field", columns="area", value="rta", **WORDS),
    "centred": lambda: figures.heat(
        CELLS, rows="field", columns="area", value="rta", centre=1, **WORDS
    ),
    "overlap": lambda: figures.overlap(PAIRS, **WORDS),
    "bars": lambda: figures.bars(
        FUNNEL.assign(low=[1400, 400], high=[1600, 500]),
        item="step",
        low="low",
        high="high",
        **WORDS,
    ),
}


def drawn(picture, look):
    """The matplotlib figure of a picture, laid out."""
    with drawing(look):
        figure = Figure(figsize=(look.width, 3), layout="constrained")
        picture.draw(figure, look)
        figure.draw_without_rendering()
    return figure


def texts(figure):
    """All texts of a figure that say something."""
    ax = figure.axes[0]
    labels = list(ax.texts)
    for axis in (ax.xaxis, ax.yaxis):
        first, last = sorted(axis.get_view_interval())
        inside = [tick for tick in axis.get_major_ticks() if first <= tick.get_loc() <= last]
        labels += [label for tick in inside for label in (tick.label1, tick.label2)]
    labels += [text for legend in figure.legends for text in legend.get_texts()]
    return [text for text in labels if text.get_text().strip() and text.get_visible()]


def assert_clear(figure):
    """No text overlaps another or leaves the figure by more than a point."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    whole = figure.bbox
    for text, box in boxes:
        assert box.x0 > whole.x0 - 2, text
        assert box.x1 < whole.x1 + 2, text
        assert box.y0 > whole.y0 - 2, text
        assert box.y1 < whole.y1 + 2, text
    for (one, a), (other, b) in combinations(boxes, 2):
        width = min(a.x1, b.x1) - max(a.x0, b.x0)
        height = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(width, height) < 2, (one, other)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", PICTURES)
def test_labels_are_clear(kind, look):
    """No label overlaps another or is cut, on a page or a phone."""
    assert_clear(drawn(PICTURES[kind](), look))


@pytest.mark.parametrize("look", LOOKS[:2])
@pytest.mark.parametrize(("n_items", "n_territories"), [(1, 1), (2, 6), (40, 2)])
def test_many_rows_and_territories_are_clear(n_items, n_territories, look):
    """One to forty rows, one to six territories, with long names."""
    names = [f"{letter} {LONG}"[: 12 * (i + 1)] for i, letter in enumerate("ABCDEF")]
    table = shares_table(n_items, names[:n_territories])
    assert_clear(drawn(figures.shares(table, **WORDS), look))


@pytest.mark.parametrize("look", LOOKS[:2])
def test_a_wide_matrix_is_clear(look):
    """Six columns with long names stand upright where they do not fit level."""
    table = pd.DataFrame(
        [(f"{i} {LONG}", f"{j} {LONG}", i + j) for i in range(8) for j in range(6)],
        columns=["a", "b", "v"],
    )
    assert_clear(drawn(figures.heat(table, rows="a", columns="b", value="v", **WORDS), look))


@pytest.mark.parametrize("kind", PICTURES)
def test_the_same_bytes_every_time(kind):
    """A drawing has no date, no random id and no trace of the machine."""
    first, second = PICTURES[kind](), PICTURES[kind]()
    for look in LOOKS:
        assert first.svg(look) == second.svg(look)
    assert first.svg(alone=True) == second.svg(alone=True)
    assert first.png() == second.png()
    assert first._repr_html_() == second._repr_html_()
    assert not re.search(
        r"<(image|script|metadata)|date|Matplotlib|https?://(?!www\.w3)", first.svg()
    )


def test_settings_of_the_user_change_nothing():
    """A matplotlibrc or a seaborn theme set before leaves the drawing as it is."""
    from matplotlib import rc_context

    plain = PICTURES["timeline"]().svg()
    with rc_context({"font.size": 30, "axes.grid": True, "lines.linewidth": 9}):
        figures.set_theme()
        assert PICTURES["timeline"]().svg() == plain


def test_set_theme_gives_researchers_our_colours():
    """A drawing of one's own has our font and the colours of our roles."""
    from matplotlib import rc_context, rcParams

    with rc_context():
        assert figures.set_theme()[:2] == ["#0173B2", "#D55E00"]
        assert rcParams["font.sans-serif"] == ["DejaVu Sans"]
        assert rcParams["axes.prop_cycle"].by_key()["color"][:2] == [
            to_rgb("#0173B2"), to_rgb("#D55E00"),
        ]  # fmt: skip


def test_a_picture_has_two_drawings_and_an_alternative():
    """Page and phone; words for those who do not see it; where it comes from; files to take."""
    picture = figures.shares(
        shares_table(), **WORDS, measure="Share", note="n small", source="Survey", name="kets"
    )
    html = picture._repr_html_()
    drawn = BeautifulSoup(html, "html.parser").find_all("svg")
    assert [svg["class"] for svg in drawn] == [["wide"], ["narrow"]]
    item = f"{LONG}: Aquitaine 60% (23–88%), Euskadi 60% (23–88%)."
    assert {svg["aria-label"] for svg in drawn} == {
        f"What is seen 0 {item} 1 {item} 2 {item} Source: Survey"
    }
    assert "Source: Survey" in html
    assert "n small" in html
    assert 'href="figures/kets.csv"' in html
    assert 'href="figures/kets.svg"' in html
    assert 'href="figures/kets.png"' in html
    assert 'href="figures/kets.xlsx"' in html
    carried = picture._repr_mimebundle_()[FILES]
    assert carried["figures/kets.csv"].startswith("item,territory,share,low,high,n\n")
    assert carried["figures/kets.svg"] == picture.svg(alone=True)
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(carried["figures/kets.xlsx"])))
    assert [cell.value for cell in book["Data"][2]] == [
        f"0 {LONG}", "Aquitaine", 0.6, 0.23, 0.88, 5,
    ]  # fmt: skip
    assert [row[0].value for row in book["Notes"]] == [
        "A finding", "Share", "n small", "Source: Survey",
    ]  # fmt: skip


def test_words_of_a_drawing_are_text_in_the_colour_of_the_reader():
    """Words can be found and copied; every colour is a variable, or a mixture of two."""
    for make in PICTURES.values():
        html = make()._repr_html_()
        drawn = BeautifulSoup(html, "html.parser").select("svg *")
        assert any(e.name == "text" and e.get_text().strip() for e in drawn)
        painted = {e[a] for e in drawn for a in ("fill", "stroke") if e.has_attr(a)}
        assert all(re.match(r"none$|var\(--st-|color-mix\(", value) for value in painted)
        assert html.count(" id=") == html.count("url(") == html.count("<use") == 0


def test_the_cleaner_of_pages_takes_nothing_from_a_drawing():
    """What a figure draws passes the allow-list whole; the colours of notebooks do not."""
    for make in PICTURES.values():
        html = make()._repr_html_()
        before = BeautifulSoup(html, "html.parser").select("svg, svg *")
        after = BeautifulSoup(fragment(html), "html.parser").select("svg, svg *")
        assert [(e.name, e.attrs) for e in before] == [(e.name, e.attrs) for e in after]
        assert "<style" not in fragment(html)


def test_lines_that_end_together_are_anchored_at_their_end():
    """A reader's font is narrower than ours: labels beside an axis stay at it."""
    drawn = BeautifulSoup(PICTURES["bars"]()._repr_html_(), "html.parser").select("svg.wide text")
    lines = [
        e for e in drawn if e.get_text() in {"Identification of good practice in", "Euroregion"}
    ]
    assert [e["text-anchor"] for e in lines] == ["end", "end"]
    assert len({e["x"] for e in lines}) == 1


def test_a_colour_between_two_roles_is_their_mixture():
    """On dark paper a cell lies as far between its two ends as on light paper."""
    assert inline.variable("#0173b2") == "var(--st-role-1)"
    half = "#" + "".join(f"{round((a + b) / 2):02x}" for a, b in zip(
        bytes.fromhex("EEF2F5"), bytes.fromhex("D55E00"), strict=True))  # fmt: skip
    assert inline.variable(half) == "color-mix(in srgb, var(--st-role-2) 50%, var(--st-pale))"
    with pytest.raises(ValueError, match="#00ff00"):
        inline.variable("#00ff00")


def test_page_and_notebook_have_the_colours_of_the_figures():
    """The style sheet names every variable, for light, dark and paper; a notebook both themes."""
    css = (TEMPLATE / "page.css").read_text(encoding="utf-8")
    style = notebook_style()
    for look, n in ((Look(), 2), (Look(dark=True), 1)):
        for name, value in look.colours().items():
            assert css.count(f"--st-{name}: {value};") >= n
            assert f"--st-{name}:{value};" in style


def test_a_picture_without_name_carries_no_files():
    """No name, no files, no links."""
    bundle = PICTURES["bars"]()._repr_mimebundle_()
    assert FILES not in bundle
    assert "href" not in bundle["text/html"]
    with pytest.raises(UsageError, match="no name to save it under"):
        PICTURES["bars"]().save(".")


def test_saved_drawings_say_what_they_are(tmp_path):
    """A drawing that leaves its page takes its title and source along."""
    picture = figures.shares(shares_table(), **WORDS, source="Survey", name="kets")
    text = picture.save(tmp_path).read_text(encoding="utf-8")
    assert text == picture.svg(alone=True)
    assert "A finding" in text
    assert "Source: Survey" in text
    assert '<rect width="100%" height="100%" fill="#FFFFFF"/>' in text


def test_a_drawing_alone_is_the_drawing_of_the_page_with_words_around_it():
    """One layout for both: no mark of the page is missing or stands elsewhere in the file."""
    picture = figures.shares(shares_table(), title="A <b> & finding", alt="a", source="S", name="k")
    alone = BeautifulSoup(picture.svg(alone=True), "html.parser")
    page = BeautifulSoup(picture._repr_html_(), "html.parser").find("svg", class_="wide")
    assert [p["d"] for p in alone.g.find_all("path")] == [p["d"] for p in page.find_all("path")]
    words = [text.get_text() for text in alone.svg.find_all("text", recursive=False)]
    assert words == ["A <b> & finding", "Source: S"]
    width, height = (float(alone.svg["viewbox"].split()[place]) for place in (2, 3))
    for text in alone.svg.find_all("text", recursive=False):
        assert 0 < float(text["x"]) < width
        assert 0 < float(text["y"]) < height


def test_pixels_show_a_box_for_a_letter_nobody_ships():
    """Other letters of the same line stay what they are."""
    assert typefaces.boxed("<text>界 Pau</text>") == "<text>□ Pau</text>"
    alone = PICTURES["bars"]().svg(alone=True)
    drawn_as = {letter: saved.png(alone.replace("received", f"{letter} Pau")) for letter in "界□R"}
    assert drawn_as["界"] == drawn_as["□"]
    assert drawn_as["界"] != drawn_as["R"]


@pytest.mark.parametrize("kind", ["shares", "timeline", "heat", "overlap", "bars"])
def test_no_data_is_a_sentence(kind):
    """An empty table gives words, not empty axes."""
    table = {"shares": shares_table(), "timeline": YEARS, "heat": CELLS, "overlap": PAIRS}
    names = {"rows": "field", "columns": "area", "value": "rta"} if kind == "heat" else {}
    names |= {"item": "step"} if kind == "bars" else {}
    empty = table.get(kind, FUNNEL)[:0]
    picture = getattr(figures, kind)(empty, **names, **WORDS, name="x")
    assert "There is no data to show here." in picture._repr_html_()
    assert list(picture._repr_mimebundle_()[FILES]) == ["figures/x.csv", "figures/x.xlsx"]
    assert "figures/x.svg" not in picture._repr_html_()


@pytest.mark.parametrize("words", [{"title": "T", "alt": " "}, {"title": "", "alt": "A"}])
def test_a_figure_needs_a_finding_and_an_alternative(words):
    """No picture without words."""
    with pytest.raises(UsageError, match="needs a title and an alt text"):
        figures.shares(shares_table(), **words)


def test_names_are_escaped():
    """Markup in titles is text."""
    picture = figures.bars(
        FUNNEL, item="step", title="<script>", alt='"><script>', measure="<b>", source="<i>"
    )
    assert "<script" not in picture._repr_html_()


def test_a_dollar_sign_is_a_dollar_sign():
    """Names are not formulas; letters that the font lacks are no error."""
    table = FUNNEL.assign(step=["$x_1$", "10 $ 华为"])
    assert figures.bars(table, item="step", **WORDS).svg()


def test_a_year_without_a_row_is_a_gap():
    """Nothing is not zero: the line is interrupted in 2002."""
    line = drawn(PICTURES["timeline"](), Look()).axes[0].lines[0]
    assert np.isnan(line.get_ydata()).tolist() == [False, False, True, False]


def test_incomplete_years_are_said():
    """From the first incomplete year on the background is shaded and says so."""
    for first, says in [(2003, True), (2004, False), (None, False)]:
        figure = drawn(figures.timeline(YEARS, incomplete_from=first, **WORDS), Look())
        assert ("not complete yet" in [t.get_text() for t in figure.axes[0].texts]) is says


def test_the_timeline_draws_its_interval():
    """Where the table has an interval, a band stands around the line."""
    table = YEARS.assign(low=[1, 2, 3, 0], high=[5, 6, 9, 3])
    ax = drawn(figures.timeline(table, low="low", high="high", **WORDS), Look()).axes[0]
    assert len(ax.patches) == 2
    assert ax.get_ylim()[1] > 9


def test_a_missing_share_has_no_mark():
    """A share that is not known is not drawn at zero."""
    table = shares_table(2, ["A"])
    table.loc[0, ["share", "low", "high"]] = np.nan
    ax = drawn(figures.shares(table, **WORDS), Look()).axes[0]
    dots = [c.get_offsets() for c in ax.collections if isinstance(c, PathCollection)]
    assert [len(places) for places in dots] == [1]


@pytest.mark.parametrize("high", [0.1, 0.3, 0.5, 0.7, 1.0])
def test_ticks_of_shares_are_labelled_with_their_value(high):
    """A tick at 2.5 % is not called 3 %: what a tick says is where it stands."""
    table = shares_table(1, ["A"]).assign(share=0.0, low=0.0, high=high)
    axis = drawn(figures.shares(table, **WORDS), Look()).axes[0].xaxis
    for place, text in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True):
        assert float(text.get_text().rstrip("%")) == pytest.approx(100 * place)


@pytest.mark.parametrize(
    ("high", "end"), [(0.1, 0.1), (0.101, 0.2), (0.88, 0.9), (1.0, 1.0), (0, 0.1)]
)
def test_the_axis_of_shares_ends_at_a_tenth(high, end):
    """The axis starts at zero and ends at the tenth above all that is drawn."""
    table = shares_table(1, ["A"]).assign(share=0.0, low=0.0, high=high)
    assert drawn(figures.shares(table, **WORDS), Look()).axes[0].get_xlim() == (0, end)


def test_n_stands_beside_the_territory():
    """One base as one number, different bases as a range."""
    table = shares_table(2)
    table.loc[3, "n"] = 13
    legend = drawn(figures.shares(table, **WORDS), Look()).legends[0]
    assert [text.get_text().replace("\xa0", " ") for text in legend.get_texts()] == [
        "Aquitaine (n = 5)", "Euskadi (n = 5–13)",
    ]  # fmt: skip


def test_marks_bear_their_names_on_every_screen_of_a_phone():
    """Of 15 rows the first, eighth and fifteenth; short figures and pages have their legend."""

    def named(n_rows, look):
        """How often the name of a territory stands in the drawing."""
        table = shares_table(n_rows).assign(high=0.7)
        found = drawn(figures.shares(table, **WORDS), look).axes[0].texts
        return [text.get_text() for text in found].count("Aquitaine")

    narrow, wide = Look(narrow=True), Look()
    assert [named(15, narrow), named(7, narrow), named(15, wide)] == [3, 0, 0]


def test_a_name_stands_where_there_is_room_beside_its_mark():
    """Right of the interval, left of one that reaches the right edge, and nowhere beside both."""
    ends = [(0.1, 0.3), (0.6, 1.0), (0.0, 1.0)]
    rows = [(f"{i}", name, low, low, high, 5) for i in range(15) for name in ("Aq", "Eus")
            for low, high in [ends[i // 7]]]  # fmt: skip
    table = pd.DataFrame(rows, columns=["item", "territory", "share", "low", "high", "n"])
    found = drawn(figures.shares(table, **WORDS), Look(narrow=True)).axes[0].texts
    assert [text.get_ha() for text in found if text.get_text() == "Aq"] == ["left", "right"]


def test_ratios_of_a_wide_scale_do_not_stand_over_each_other_on_a_phone():
    """Sixteen times in each direction: nine ratios on a page, every other one on a phone."""
    table = pd.DataFrame(
        [("x", "A", 16.0, 8.0, 16.0, True), ("x", "B", 0.07, 0.06, 0.1, True)],
        columns=["item", "territory", "ratio", "low", "high", "shown"],
    )
    ticks = {}
    for look in (Look(), Look(narrow=True)):
        axis = drawn(figures.ratios(table, **WORDS), look).axes[0]
        ticks[look.narrow] = [label.get_text() for label in axis.get_xticklabels()]
    assert ticks[False] == ["0.0625", "0.125", "0.25", "0.5", "1", "2", "4", "8", "16"]
    assert ticks[True] == ["0.0625", "0.25", "1", "4", "16"]


def test_the_scale_of_ratios_is_as_wide_as_what_is_drawn():
    """
    From a sixteenth to 2 where nothing is more than 1.6: no half of the page is empty.

    Broken once: the scale ran to 16 because the smallest ratio lay at a sixteenth.
    """
    table = pd.DataFrame(
        [("x", "A", 0.0, 0.0, 0.3, True), ("y", "A", 1.1, 0.8, 1.6, False)],
        columns=["item", "territory", "ratio", "low", "high", "shown"],
    )
    axis = drawn(figures.ratios(table, **WORDS), Look()).axes[0]
    told = [label.get_text() for label in axis.get_xticklabels()]
    assert told == ["0.0625", "0.125", "0.25", "0.5", "1", "2"]


def test_what_is_no_side_has_none_of_the_colours_of_the_sides():
    """Two towns of one side are drawn in the third and fourth colour."""
    table = pd.DataFrame(
        [("x", "Bilbao", 2.0, 1.5, 3.0, True), ("x", "Donostia", 1.0, 0.8, 1.6, True)],
        columns=["item", "territory", "ratio", "low", "high", "shown"],
    )
    picture = figures.ratios(table, territories=theme.of_no_side(["Bilbao", "Donostia"]), **WORDS)
    seen = {
        to_hex(ink)
        for shape in drawn(picture, Look()).axes[0].collections
        for ink in [*shape.get_facecolor(), *shape.get_edgecolor()]
    }
    sides, others = ({each.lower() for each in theme.ROLES_LIGHT[a:b]} for a, b in ((0, 2), (2, 4)))
    assert others <= seen
    assert not sides & seen


def test_a_territory_without_base_stands_alone():
    """Where no base is known, only the name stands."""
    assert axes.with_n("Euskadi", [None, float("nan")]) == "Euskadi"


def test_territories_are_named_beside_each_other():
    """On a page short names share a line, on a phone each has its own if they do not fit."""
    table = shares_table(1, ["Aquitaine", "Euskadi", "France et Espagne"])
    rows = []
    for look in LOOKS[:2]:
        legend = drawn(figures.shares(table, **WORDS), look).legends[0]
        rows.append(len({round(t.get_window_extent().y0) for t in legend.get_texts()}))
    assert rows == [1, 3]


def test_overlap_shows_each_pair_once():
    """Each pair once, below the diagonal; what the table lacks is left blank."""
    ax = drawn(PICTURES["overlap"](), Look()).axes[0]
    assert [text.get_text() for text in ax.texts] == ["9", "2", "7"]
    mirrored = PAIRS.rename(columns={"ket": "other_ket", "other_ket": "ket"})
    assert figures.overlap(mirrored, **WORDS).svg() == PICTURES["overlap"]().svg()


def test_a_cell_without_a_value_shows_a_dash():
    """Nothing is not zero."""
    ax = drawn(PICTURES["heat"](), Look()).axes[0]
    assert [text.get_text() for text in ax.texts] == ["0.50", "2.00", "–", "–"]


def test_two_values_for_a_cell_are_refused():
    """A matrix cannot choose."""
    with pytest.raises(DataError, match="1 cell of the matrix has two values, as 'x' with 'A'"):
        figures.heat(
            pd.concat([CELLS, CELLS[:1]]), rows="field", columns="area", value="rta", **WORDS
        )


def test_cells_a_title_speaks_of_have_a_frame_and_a_diagonal_no_colour():
    """Frames where asked for; all that carry a KET are no pair, so only pairs are coloured."""
    told = {"rows": "field", "columns": "area", "value": "rta"}
    cell = tuple(CELLS.iloc[0][["field", "area"]])
    framed = drawn(figures.heat(CELLS, **told, framed={cell, ("?", "?")}, **WORDS), Look())
    assert len(framed.axes[0].patches) == 1
    rows = [("a", "a", 67), ("b", "b", 19), ("a", "b", 7)]
    table = pd.DataFrame(rows, columns=["ket", "other_ket", "n_together"])
    ax = drawn(figures.overlap(table, **WORDS), Look()).axes[0]
    assert sorted(text.get_text() for text in ax.texts) == ["19", "67", "7"]
    assert ax.collections[0].get_array().compressed().tolist() == [7.0]


@pytest.mark.parametrize("look", LOOKS[::2])
def test_numbers_in_cells_can_be_read(look):
    """On every cell, of light paper and of dark, words have a contrast of at least 4.5."""
    table = pd.DataFrame([(i, "A", i) for i in range(30)], columns=["a", "b", "v"])
    ax = drawn(
        figures.heat(table, rows="a", columns="b", value="v", centre=15, **WORDS), look
    ).axes[0]
    mesh = ax.collections[0]
    for text, value in zip(ax.texts, range(30), strict=True):
        assert contrast(text.get_color(), mesh.cmap(mesh.norm(value))[:3]) > 4.5


def contrast(one, other):
    """Contrast of two colours (WCAG 2.2)."""
    a, b = sorted((luminance(to_rgb(one)), luminance(to_rgb(other))))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("look", LOOKS[::2])
def test_colours_stand_out_from_the_page(look):
    """Marks have a contrast of at least 3 with the paper, words of at least 4.5."""
    marks = [look.role(i) for i in range(7)] + [look.bar]
    assert min(contrast(mark, look.paper) for mark in marks) >= 3
    assert min(contrast(word, look.paper) for word in (look.text, look.muted)) >= 4.5


MARKED = pd.DataFrame(
    {
        "item": ["Optics", "Bread"], "by": ["North", "rest"], "ratio": [2.0, 0.5],
        "low": [1.5, 0.3], "high": [2.5, 1.25], "shown": [True, False],
        "x": [0.2, 0.4], "x_low": [0.1, 0.3], "x_high": [0.3, 0.5],
        "y": [0.2, 0.4], "y_low": [0.1, 0.3], "y_high": [0.3, 0.5],
        "wobble": [0.1, 0.1], "is_named": [True, False],
        "band_low": [0.8, 0.8], "band_high": [1.2, 1.2],
    }
)  # fmt: skip
MARKS = {
    "ratios": lambda: figures.ratios(MARKED, by="by", outside=["rest"], **WORDS),
    "cloud": lambda: figures.cloud(MARKED, **WORDS),
}


@pytest.mark.parametrize("look", LOOKS[::2])
@pytest.mark.parametrize("kind", MARKS)
def test_what_is_not_told_is_seen_as_well(kind, look):
    """Marks and intervals have a contrast of 3 with the page, told from chance or not."""
    quiet = {look.paper.lower(), look.rule.lower()}  # the ground, and lines between rows
    [*panels] = drawn(MARKS[kind](), look).axes
    inks = set()
    for ax in panels:
        for shape in ax.collections:
            inks |= {tuple(ink) for ink in [*shape.get_facecolor(), *shape.get_edgecolor()]}
        inks |= {to_rgba(line.get_color(), line.get_alpha()) for line in ax.lines}
    strong = {ink for ink in inks if to_hex(ink[:3]) not in quiet or ink[3] < 1}
    assert strong
    paper = np.array(to_rgb(look.paper))
    for *colour, alpha in strong:
        seen = alpha * np.array(colour) + (1 - alpha) * paper
        assert contrast(seen, look.paper) >= 3, to_hex(seen)


# Machado, Oliveira, Fernandes (2009), doi:10.1109/TVCG.2009.113: full deuteranopia, protanopia.
SIGHT = {
    "full": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}


def lab(colour, sight):
    """CIE L*a*b* (D65) of a colour as a kind of sight sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SIGHT[sight] @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    t = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("look", LOOKS[::2])
def test_territories_are_told_apart(look, sight):
    """The first two colours differ strongly for all sights, all six visibly; markers differ too."""
    seen = [lab(look.role(i), sight) for i in range(6)]
    assert np.linalg.norm(seen[0] - seen[1]) > 50
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 10
    assert len({theme.marker(i) for i in range(6)} | {theme.marker(-1)}) == 7


def test_a_territory_keeps_its_colour():
    """Where the first territory is missing, the second keeps the second colour."""
    assert roles(["B", "X", "B"], ["A", "B"], ["X"]) == {"B": 1, "X": -1}
    assert roles(["B", "A"]) == {"B": 0, "A": 1}
    assert Look().role(-1) == Look().role(6) == "#949494"


def test_short_words_are_not_broken():
    """A word is broken only if it is half as long again as the line."""
    assert axes.wrapped("nanoelectronics", 14) == "nanoelectronics"
    assert axes.wrapped("x" * 30, 14) == "x" * 21 + "\n" + "x" * 9
    assert axes.wrapped("", 14) == " "


def test_compact_keeps_the_scale_of_letters():
    """Places are cut to a hundredth of a point, factors below one are kept."""
    svg = '<?xml?>\n<svg>\n  <!-- c -->\n<metadata>\n x</metadata><g a="10.123456 0.015625"/></svg>'
    assert compact(svg) == '<svg>\n<g a="10.12 0.015625"/></svg>'


def test_compact_keeps_the_words():
    """A number with its thousands set apart by a point is no place in the drawing."""
    svg = '<svg><text x="10.123456">n = 3.907</text></svg>'
    assert compact(svg) == '<svg><text x="10.12">n = 3.907</text></svg>'


NAMES = ["a", "A" * 60, "Ab c" * 15, "A" * 300, "长" * 60, "word " * 60, "ქართული" * 8]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name[:4]}-{len(name)}")
def test_any_name_is_drawn(name):
    """One letter or 300, without blanks, in any script: no axes collapse, no warning is left."""
    other = name[:-1] + "z"
    years = pd.DataFrame({"year": [2000, 2001] * 2, "territory": [name] * 2 + [other] * 2})
    shares = shares_table(2, [name, other]).assign(item=[name, "x" + name] * 2)
    keys = [("r" + name, c + name) for c in "cde"]
    cells = pd.DataFrame(keys, columns=["field", "area"]).assign(rta=[0.5, 1.0, 2.0])
    made = [
        figures.timeline(years.assign(n_families=3.0), **WORDS),
        figures.shares(shares, **WORDS),
        figures.heat(cells, rows="field", columns="area", value="rta", **WORDS),
        figures.bars(FUNNEL.assign(step=[name, other]), item="step", **WORDS),
    ]
    for picture in made:
        for look in LOOKS:
            assert picture.svg(look).startswith("<svg")
        assert picture.svg(alone=True).startswith("<svg")


def test_a_mark_stands_on_its_interval():
    """The share is read first: its mark lies over the line, which ends where the interval does."""
    collections = drawn(figures.shares(shares_table(), **WORDS), Look()).axes[0].collections
    marks = [c for c in collections if isinstance(c, PathCollection)]
    lines = [c for c in collections if isinstance(c, LineCollection)]
    assert marks
    assert lines
    assert min(c.get_zorder() for c in marks) > max(c.get_zorder() for c in lines)
    assert {str(c.get_capstyle()) for c in lines} == {"butt"}


def test_ratios_stand_on_doublings_and_are_told_in_words():
    """A ratio of 2 lies one doubling right of 1; one that is not told from 1 is open."""
    frame = pd.DataFrame(
        {
            "item": ["Optics", "Bread"], "territory": ["North", "North"], "ratio": [2.0, 0.5],
            "low": [1.5, 0.0], "high": [2.5, 1.25], "shown": [True, False],
        }
    )  # fmt: skip
    picture = figures.ratios(frame, title="Ratios", alt="Two rows.")
    figure = Figure()
    picture.draw(figure, Look())
    [ax] = figure.axes
    dots = [c for c in ax.collections if isinstance(c, PathCollection)]
    places = {round(float(c.get_offsets()[0][0]), 6): to_hex(c.get_facecolor()[0]) for c in dots}
    assert places == {1.0: "#0173b2", -1.0: "#ffffff"}
    assert ax.get_xlim() == (-4, 2)  # an interval from 0 ends at the edge; nothing lies beyond 4
    html = picture._repr_html_()
    assert "North 2.00 (1.50–2.50)" in html
    assert "North 0.50 (0.00–1.25)" in html


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name[:4]}-{len(name)}")
def test_any_name_is_drawn_across_the_border(name):
    """Tree, meta-clusters and matrix with names of any length: no axes collapse."""
    sides = [name, name[:-1] + "z"]
    nodes = [
        ("r", None, 0, name, None), ("a", "r", 1, name, None), ("t", "a", 2, name, None),
        ("o", "t", 3, name, sides[0]), ("t2", "a", 2, "x" + name, None),
        ("o2", "t2", 3, name, sides[1]),
    ]  # fmt: skip
    frame = pd.DataFrame(nodes, columns=["node_id", "parent_id", "level", "label", "territory"])
    members = pd.DataFrame(
        [(name, "o", name, sides[0]), (name, "p", name, sides[1])],
        columns=["community", "cluster_id", "label", "territory"],
    )
    links = pd.DataFrame(
        [("o", "p", "same_sector", 0.5)], columns=["cluster_id", "other_id", "kind", "proximity"]
    )
    cells = pd.DataFrame(
        [(name, "x" + name, 3, "shared sector"), ("y" + name, name, 1, "published theme")],
        columns=["sector", "other_sector", "n_pairs", "basis"],
    )
    words = Words(published="Published", further="Further", nobody="nobody")
    made = [
        figures.tree(frame.assign(is_published=True), words=words, territories=sides, **WORDS),
        figures.meta_clusters(
            members,
            links,
            territories=sides,
            grounds={"same_sector": "a ground"},
            more="{n}",
            **WORDS,
        ),
        figures.border(cells, grounds=dict.fromkeys(cells["basis"], "a ground"), **WORDS),
    ]
    for picture in made:
        for look in LOOKS[:2]:
            assert picture.svg(look).startswith("<svg")
