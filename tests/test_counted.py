"""A number and its noun agree in every language, wherever a page counts."""

import re

import pytest

from studylib.language import LOCALE, counted, endings, in_language
from studylib.language.words import ngettext
from studylib.report import catalogues

NOUNS = {
    "en": "answers applications claims clusters combinations families groups links organisations "
    "pairs partners patents points records respondents rows submissions themes units values ways",
    "fr": "affirmations brevets clusters combinaisons demandes domaines envois façons familles "
    "groupes liens lignes enregistrements paires partenaires points répondants réponses thèmes "
    "unités valeurs",
    "es": "afirmaciones ámbitos clústeres combinaciones encuestados envíos familias filas formas "
    "grupos organizaciones pares patentes puntos registros respuestas socios solicitudes temas "
    "unidades valores vínculos",
}
# In Basque a noun stays as it is beside a number ("3 familia"), and follows a single one
# ("familia 1"); what agrees is the verb.
ZERO_IS_ONE = {"fr"}  # languages that count nothing in the singular
# The number is never one: a threshold, the length of a table that is cut, the end of a range.
ALWAYS_MANY = (
    "Fewer than {n} answers", "Fewer than {n} classified patents", "First {shown} of {all} rows",
    "Show all {n} rows", "{n} of {all} rows",
    "The largest difference is in {domain}.", "The list holds more than {most} organisations",
    "Drawn are the {n} fields", "{n} regions by how alike they file",
    "The study’s own corpus is too small", "A difference is shown in {n} of {combinations}",
)  # fmt: skip


def texts_of(code):
    """Every text of the project with its translation."""
    return catalogues.read(LOCALE / code / "LC_MESSAGES" / "studylib.po", code)


@pytest.mark.parametrize(
    ("code", "noun", "expected"),
    [
        ("en", counted.families, ["0 families", "1 family", "2 families"]),
        ("fr", counted.families, ["0 famille", "1 famille", "2 familles"]),
        ("en", counted.applications, ["0 applications", "1 application", "2 applications"]),
        ("es", counted.families, ["0 familias", "1 familia", "2 familias"]),
        ("es", counted.organisations, ["0 clústeres", "1 clúster", "2 clústeres"]),
        ("fr", counted.applications, ["0 demande", "1 demande", "2 demandes"]),
        ("fr", counted.classified_applications,
         ["0 demande classée", "1 demande classée", "2 demandes classées"]),
        ("fr", counted.organisations, ["0 cluster", "1 cluster", "2 clusters"]),
        ("fr", counted.respondents, ["0 répondant", "1 répondant", "2 répondants"]),
        ("fr", counted.combinations, ["0 combinaison", "1 combinaison", "2 combinaisons"]),
        ("fr", counted.links, ["0 lien", "1 lien", "2 liens"]),
        ("eu", counted.families, ["0 familia", "familia 1", "2 familia"]),
        ("eu", counted.organisations, ["0 kluster", "kluster 1", "2 kluster"]),
        ("eu", counted.classified_applications,
         ["sailkatutako 0 eskaera", "sailkatutako eskaera 1", "sailkatutako 2 eskaera"]),
    ],
)  # fmt: skip
def test_a_noun_agrees_with_its_number(code, noun, expected):
    """English and Spanish have one singular, 1; French has two, 0 and 1."""
    with in_language(code):
        assert [noun(n) for n in (0, 1, 2)] == expected


def test_a_study_counts_what_it_counts():
    """Families or applications, as the study says."""
    with in_language("en"):
        said = [counted.units(unit, 1) for unit in ("family", "application")]
    assert said == ["1 family", "1 application"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", ["0 cluster organisations answered: x.", "1 cluster organisation answered: x.",
                "2 cluster organisations answered: x."]),
        ("fr", ["0 cluster a répondu\u202f: x.", "1 cluster a répondu\u202f: x.",
                "2 clusters ont répondu\u202f: x."]),
        ("eu", ["0 klusterrek erantzun zuten: x.", "Kluster 1ek erantzun zuen: x.",
                "2 klusterrek erantzun zuten: x."]),
    ],
)  # fmt: skip
def test_the_verb_agrees_too(code, expected):
    """A whole sentence in its forms."""
    forms = ("{n} cluster organisation answered: {sides}.",
             "{n} cluster organisations answered: {sides}.")  # fmt: skip
    with in_language(code):
        assert [ngettext(*forms, n, sides="x") for n in (0, 1, 2)] == expected


@pytest.mark.parametrize("code", ["fr", "es", "eu"])
def test_every_counted_sentence_has_its_forms(code):
    """Of 0, 1 and 2, only French puts two in the singular, in every text."""
    plural = [message for message in texts_of(code) if isinstance(message.id, tuple)]
    assert len(plural) > 30
    for message in plural:
        (one, many), (single, several) = message.id, message.string
        nothing = single if code in ZERO_IS_ONE else several
        names = dict.fromkeys(set(re.findall(r"\{(\w+)\}", one + many)) - {"n"}, "x")
        for spoken, forms in (("en", [many, one, many]), (code, [nothing, single, several])):
            with in_language(spoken):
                said = [ngettext(one, many, n, **names) for n in (0, 1, 2)]
            filled = [endings.filled(f, {"n": n, **names}, spoken) for n, f in enumerate(forms)]
            assert said == filled, one


@pytest.mark.parametrize("code", NOUNS)
def test_no_number_stands_before_a_plural_that_cannot_change(code):
    """A text with a number and a counted noun has plural forms, in every language."""
    nouns = NOUNS[code].replace(" ", "|")
    before = re.compile(rf"\{{(?!share|first|others)\w+\}} (?:\w+ )?(?:{nouns})\b")
    texts = [
        (message.id, message.id if code == "en" else message.string)
        for message in texts_of("fr" if code == "en" else code)
        if isinstance(message.id, str)
    ]
    rigid = [
        said for text, said in texts if before.search(said) and not text.startswith(ALWAYS_MANY)
    ]
    assert rigid == []


TOTALS = ("all", "base")
"""What a number is a part of, where a text names it."""


@pytest.mark.parametrize("code", NOUNS)
def test_no_noun_in_the_plural_stands_behind_a_total(code):
    """1 of 1 pairs, 2 de 1 fila: the total brings its noun, and the number of the part the verb."""
    nouns = NOUNS[code].replace(" ", "|")
    total, noun = "|".join(TOTALS), rf"(?:{nouns}|\w+ings|comparisons)\b"
    behind = re.compile(rf"\{{(?:{total})\}} (?!the )(?:\w+ )?{noun}")
    texts = texts_of("fr" if code == "en" else code)
    forms = [
        (str(message.id), form)
        for message in texts
        for said in [message.id if code == "en" else message.string]
        for form in ([said] if isinstance(said, str) else said)
        if message.id
    ]
    assert [f for text, f in forms if behind.search(f) and not text.startswith(ALWAYS_MANY)] == []


def test_french_is_set_as_french():
    """A narrow no-break space before ; : ! ? and inside « »; none before a comma or a full stop."""
    wrong = []
    for message in texts_of("fr"):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else ():
            # `code`, links and formulas are set as they are; "16:30" and "http:" are no sentences.
            text = re.sub(r"`[^`]*`|\]\([^)]*\)|\$[^$]*\$", "", form)
            if re.search(r"[^\u202f\w][;:!?»](?=\s|$)|[\w}][;!?»:](?=\s|$)|«(?!\u202f)", text):
                wrong.append(form)
            if re.search(r"\s[,.](?=\s|$)|  |[^\u00a0]%", text.strip()) or "'" in text:
                wrong.append(form)
    assert wrong == []


def test_spanish_is_set_as_spanish():
    """No blank before ; : ! ? and inside « »; questions open; a no-break space before %."""
    wrong = []
    for message in texts_of("es"):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else ():
            text = re.sub(r"`[^`]*`|\]\([^)]*\)|\$[^$]*\$", "", form)
            if re.search(r"\s[;:!?.,](?=\s|$)|«\s|\s»|  |[^\u00a0]%|[“”\"]", text.strip()):
                wrong.append(form)
            if text.count("¿") != text.count("?"):
                wrong.append(form)
    assert wrong == []


def test_basque_is_set_as_basque():
    """No blank before ; : ! ? and inside « »; the percent sign first, with a no-break space."""
    wrong = []
    for message in texts_of("eu"):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else ():
            text = re.sub(r"`[^`]*`|\]\([^)]*\)|\$[^$]*\$", "", form)
            if re.search(r"\s[;:!?.,](?=\s|$)|«\s|\s»|  |[“”\"'¿]", text.strip()):
                wrong.append(form)
            if re.search(r"%(?!\u00a0[\d{])|\d\s?%", text):
                wrong.append(form)
    assert wrong == []


def test_a_basque_ending_says_what_it_follows():
    """Behind the name of a value stands an ending that follows its last sound, or none."""
    ending = re.compile(r"\{\w+\}(?=[a-z])|\w\([era]\)")
    forms = [
        form
        for message in texts_of("eu")
        for form in ([message.string] if isinstance(message.string, str) else message.string)
        if message.id
    ]
    assert [form for form in forms if ending.search(form)] == []
