"""Party names in one spelling."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import names


def named(*raw, **options):
    """Per name: name, legal form and country, missing as None."""
    frame = names.normalise_names(pd.Series(list(raw), dtype="str"), **options)
    plain = frame.astype("object").where(frame.notna(), None)
    return list(zip(plain["name"], plain["legal_form"], plain["country"], strict=True))


@pytest.mark.parametrize(
    ("raw", "name", "form"),
    [
        ("Ejemplo Robótica, S. Coop.", "EJEMPLO ROBÓTICA", "S COOP"),
        ("EJEMPLO ROBOTICA S.COOP", "EJEMPLO ROBOTICA", "S COOP"),
        ("Ejemplo, S.A.", "EJEMPLO", "SA"),
        ("EJEMPLO S A", "EJEMPLO", "SA"),
        ("Ejemplo S.L.U.", "EJEMPLO", "SLU"),
        ("Exemple SARL", "EXEMPLE", "SARL"),
        ("Exemple Société Anonyme", "EXEMPLE", "SA"),
        ("Beispiel GmbH & Co. KG", "BEISPIEL", "GMBH & CO KG"),
        ("Beispiel AG", "BEISPIEL", "AG"),
        ("EXAMPLE CO., LTD.", "EXAMPLE", "LTD"),
        ("Example A/S", "EXAMPLE", "AS"),
        ("Example Kabushiki Kaisha", "EXAMPLE", "KK"),
        ("SA DE OBRAS", "SA DE OBRAS", None),
        ("SA", "SA", None),
        ("COSTA RICA", "COSTA RICA", None),
    ],
)
def test_a_legal_form_is_taken_off_the_end_only(raw, name, form):
    """A trailing legal form goes to its own column; inside a name, or alone, it stays."""
    assert named(raw) == [(name, form, None)]


@pytest.mark.parametrize("suffix", ["[ES]", " [ES]", "\u2002[ES]", "\u00a0(ES)"])
def test_the_country_suffix_is_split_off(suffix):
    """EPO exports write the country behind the name, after one of several blanks."""
    assert named("Ejemplo S.A." + suffix) == [("EJEMPLO", "SA", "ES")]


def test_last_comma_first_stays_for_persons():
    """The comma of a person's name stays; blanks and case are one."""
    assert named("  Pérez  Gil,\u2003Ana ") == [("PÉREZ GIL, ANA", None, None)]


def test_a_person_keeps_what_looks_like_a_legal_form():
    """LEE SE is a person where the row is an inventor and a company where it is not."""
    assert named("Lee Se", is_person=True) == [("LEE SE", None, None)]
    assert named("Lee Se") == [("LEE", "SE", None)]
    assert named("Lee Se", "Lee Se", is_person=pd.Series([True, False])) == [
        ("LEE SE", None, None), ("LEE", "SE", None),
    ]  # fmt: skip


@pytest.mark.parametrize("raw", ["深圳市例子科技有限公司", "ガーデン株式会社", "Пример", "예시"])
def test_other_scripts_keep_every_character(raw):
    """Names not in Latin letters are not rewritten (capitals apart)."""
    assert named(raw) == [(raw.upper(), None, None)]


@pytest.mark.parametrize("raw", [None, "", "...", " - "])
def test_nothing_readable_is_no_name(raw):
    """Where no letter or figure stands the name is missing."""
    assert named(raw) == [(None, None, None)]


def test_a_name_of_brackets_stays_itself():
    """A name without letters that is more than noise is compared as it stands."""
    assert named("(&)") == [("(&)", None, None)]


def test_spellings_with_one_key_show_the_commonest_one():
    """Accents, punctuation and legal form do not tell names apart; rows decide what is shown."""
    common = [("FUNDACION EJEMPLO", None, None)] * 3
    assert named("Fundación Ejemplo", "FUNDACION EJEMPLO", "Fundacion-Ejemplo") != common
    assert named("Fundación Ejemplo", "FUNDACION EJEMPLO", "Fundacion Ejemplo") == common


def test_equally_common_spellings_show_the_one_with_accents():
    """Accents are lost more often than invented; Ñ compares as N and is shown."""
    assert [name for name, *_ in named("Nino", "NIÑO")] == ["NIÑO", "NIÑO"]
    assert [name for name, *_ in named("Strasse", "Straße")] == ["STRAẞE", "STRAẞE"]
    assert [name for name, *_ in named("Ørsted", "ORSTED")] == ["ØRSTED", "ØRSTED"]


def test_one_spelling_can_be_made_again_after_joining():
    """Names cleaned apart are made one by the same rule."""
    apart = pd.Series(["FUNDACIÓN", "FUNDACION", "FUNDACION", None])
    assert names.one_spelling(apart).fillna("-").tolist() == ["FUNDACION"] * 3 + ["-"]


def test_a_reviewed_name_is_used_for_every_spelling_of_its_key():
    """The mapping is applied after cleaning, so one entry covers case and accents."""
    mapping = pd.DataFrame({"spelling": ["Ejemplo Robotica SA"], "name": ["Ejemplo"]})
    assert [n for n, *_ in named("EJEMPLO ROBÓTICA, S.A.", "OTRO", mapping=mapping)] == [
        "EJEMPLO", "OTRO",
    ]  # fmt: skip


def test_own_legal_forms_may_be_given():
    """The rule file can be replaced by a frame."""
    forms = pd.DataFrame({"spelling": ["XYZ"], "legal_form": ["X"]})
    assert named("Ejemplo XYZ", "Ejemplo SA", legal_forms=forms) == [
        ("EJEMPLO", "X", None), ("EJEMPLO SA", None, None),
    ]  # fmt: skip


def test_index_and_columns_are_those_promised():
    """Categories in, same index out; the key stands beside the name."""
    frame = names.normalise_names(pd.Series(["Pérez", None], index=[5, 4], dtype="category"))
    assert frame.columns.tolist() == ["name", "key", "legal_form", "country"]
    assert frame.index.tolist() == [5, 4]
    assert frame["key"].fillna("-").tolist() == ["PEREZ", "-"]


WORDS = st.lists(st.sampled_from(["EJEMPLO", "Robótica", "S.A.", "LTD", ",", "日本"]), max_size=5)


@given(st.lists(WORDS.map(" ".join), max_size=5))
def test_cleaning_twice_changes_nothing_more(raw):
    """A person's name in normal form is its own normal form."""
    once = names.normalise_names(pd.Series(raw, dtype="str"), is_person=True)
    twice = names.normalise_names(once["name"], is_person=True)
    assert twice["key"].fillna("-").tolist() == once["key"].fillna("-").tolist()


@given(st.permutations(["Niño", "NINO", "Nino SA", "x", "NIÑO"]))
def test_the_order_of_rows_is_irrelevant(raw):
    """Which spelling is shown does not depend on where it stands."""
    assert set(named(*raw)) == {("NIÑO", None, None), ("NIÑO", "SA", None), ("X", None, None)}
