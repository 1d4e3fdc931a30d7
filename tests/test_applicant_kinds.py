"""What kind of applicant a name says it is."""

import pandas as pd
import pytest

from studylib.clean import applicant_kinds
from studylib.errors import DataError


def kind_of(name):
    """Kind and rule of one name as exported, missing as None."""
    frame = applicant_kinds.applicant_kind(pd.Series([name], dtype="str"))
    return tuple(None if pd.isna(v) else v for v in frame.iloc[0])


@pytest.mark.parametrize(
    ("name", "kind", "rule"),
    [
        ("UNIV EJEMPLO", "university", "university name: UNIV"),
        ("Universidad de Ejemplo", "university", "university word: UNIVERSI"),
        ("Ejemplo University Press Ltd", "university", "university word: UNIVERSI"),
        ("CENTRE NAT RECH SCIENT", "public research", "public body: CENTRE NAT RECH SCIENT"),
        ("CNRS [FR]", "public research", "public body: CNRS"),
        ("Fundación Tecnalia Research", "public research", "research organisation: TECNALIA"),
        (
            "Fundación para la Investigación del Ejemplo",
            "public research",
            "research foundation: FUNDACION PARA LA INVESTIG",
        ),
        ("Universal Ejemplo, S.L.", "company", "legal form: SL"),
        ("EJEMPLO IND", "company", "company word: IND"),
        ("Hospitales del Ejemplo", "other", "hospital: HOSPITAL"),
        ("Fundación Ejemplo", "other", "foundation: FUNDACION"),
        ("Pérez Gil, Ana", "person", "last, first"),
        (f"{'E' * 40}, {'A' * 38}", "person", "last, first"),
        (f"{'E' * 40}, {'A' * 39}", "other", "no rule fits"),  # too long for a person
        ("EJEMPLO, S.A.", "company", "legal form: SA"),
        ("MUESTRA STEVEN W", "person", "initial at the end"),
        ("EJEMPLO MIKEL", "person", "given name: MIKEL"),
        ("Mikel Ejemplo", "person", "given name: MIKEL"),
        ("MIKEL", "other", "no rule fits"),
        ("MIKEL DE LA UNO", "person", "given name: MIKEL"),
        ("MIKEL DE LA UNO DOS", "other", "no rule fits"),
        ("EJEMPLO", "other", "no rule fits"),
        ("例子大学", "other", "no rule fits"),
        (None, None, None),
    ],
)
def test_the_first_rule_that_fits_decides_and_is_named(name, kind, rule):
    """Every kind names the rule and the word that decided; without a rule it is "other"."""
    assert kind_of(name) == (kind, rule)


def test_a_word_is_a_whole_word():
    """CNRSX is not the CNRS."""
    assert kind_of("CNRSX") == ("other", "no rule fits")


def test_normal_names_may_be_given_with_their_legal_form():
    """Where names are cleaned already, the legal form stands beside them."""
    names = pd.Series(["EJEMPLO", "EJEMPLO", "EJEMPLO", None], index=[4, 3, 2, 1])
    forms = pd.Series(["SA", None, "SA", None], index=[4, 3, 2, 1])
    found = applicant_kinds.applicant_kind(names, forms)
    assert found["kind"].fillna("-").to_dict() == {4: "company", 3: "other", 2: "company", 1: "-"}


def test_an_applicant_who_is_an_inventor_is_a_person():
    """Only where no rule fits: a company named like its inventor keeps its legal form."""
    found = applicant_kinds.applicant_kind(
        pd.Series(["EJEMPLO UNO", "EJEMPLO DOS", "EJEMPLO UNO SA"]),
        inventors=pd.Series(["Ejemplo Uno", None]),
    )
    assert found.to_dict("records") == [
        {"kind": "person", "rule": "named as inventor too"},
        {"kind": "other", "rule": "no rule fits"},
        {"kind": "company", "rule": "legal form: SA"},
    ]


def test_own_rules_may_be_given():
    """The rules are data: another frame gives other answers."""
    rules = pd.DataFrame(
        {"rule": ["mine"], "kind": ["university"], "match": ["word"], "pattern": ["EJEMPLO"]}
    )
    found = applicant_kinds.applicant_kind(pd.Series(["Ejemplo SA"]), rules=rules)
    assert found.to_dict("records") == [{"kind": "university", "rule": "mine: EJEMPLO"}]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("r,club,word,X,s", "column `kind` holds 'club'; known: company, university"),
        ("r,person,sound,X,s", "column `match` holds 'sound'; known: word, start"),
        ("r,person,shape,(X,s", "pattern '\\(X' of rule 'r' is no regular expression"),
    ],
)
def test_a_rule_nobody_can_follow_is_refused(tmp_path, line, message):
    """An unknown kind, way to match or a broken pattern stops, with what is known."""
    path = tmp_path / "kinds.csv"
    path.write_text(f"rule,kind,match,pattern,source\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        applicant_kinds.read_kinds(path)


def test_every_rule_of_the_project_has_a_source_and_one_kind():
    """A rule of several rows has one kind and one way to match."""
    rules = applicant_kinds.read_kinds()
    assert (rules["source"] != "").all()
    assert not rules[["rule", "kind", "match"]].drop_duplicates()["rule"].duplicated().any()
