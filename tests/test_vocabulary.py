"""
One vocabulary per language: a thing has one name on every page.

What a reader at mother-tongue level struck out is listed with what stands for it, so that it does
not come back; catalogues and the words that data give are held to it.
"""

import re
import tomllib

import pandas as pd
import pytest
from conftest import ROOT

from studylib import language
from studylib.report import catalogues

RAW = ROOT / "data" / "raw"
STRUCK_OUT = {  # a regular expression -> what is said instead
    "en": {
        r"\blive on both sides": "based on both sides",
        r"95% (of draws )?\{\w*interval": "95%: {interval}",
        r"\bco-?patents?\b": "joint patents",
        r"\bconfidence interval": "interval",
        r"\bstakeholders?\b(?! co-operation)": "organisations",
    },
    "es": {
        r"\bviven a ambos lados": "residen o tienen su sede",
        r"recuento entero": "recuento completo",
        r"en una barra": "en un gráfico",
        r"deslizamiento": "deportes de tabla",
        r"copatente": "patentes conjuntas",
        r"agrupaci(ón|ones) empresarial": "clúster",
        r"intervalo de confianza": "intervalo",
        r"tecnologías? facilitadoras? clave": "tecnología facilitadora esencial",
        r"\bhallazgo": "resultado",
        r"\bfichero": "archivo",
        r"\báreas fronterizas": "zonas fronterizas",
        r"\bpara llevar": "para descargar",
        r"\bhech[oa]s? al azar": "generadas al azar",
        r"\bintervalo (de \w+ )?del \d": "intervalo al 95 %",
        r"\b(de|por) lados\b|\blos (dos )?lados\b": "territorios",
        r"\bhabla(n|r)? (por|a favor)": "a favor, en contra",
        r"\bdiferencias? (\w+ )?significativ": "diferencia demostrada",
        r"\b(modelo nulo|fitness»)": "redes generadas al azar, aptitud",
        # A list that follows a preposition follows it without a mark (RAE, Ortografía 2010).
        r"\b(a|con|de|desde|en|entre|hasta|para|por|según|sobre): \{": "de {names}",
        r"% (de los sorteos )?\{\w*interval": "95 %: {interval}",
        r"[\d}]–[\d{]": "2000-2012",
    },
    "fr": {
        r"\bnotices?\b": "enregistrements",
        r"vivent des deux côtés": "sont établis des deux côtés",
        r"co-?brevets?": "brevets communs",
        r"intervalle de confiance": "intervalle",
        r"\bgrappes?\b": "cluster",
        r"technologies? génériques? clés?": "technologie clé générique",
        r"dans les mots des": "ce qu’en disent",
        r"\bsignificati[fv]": "établi",
        r"au-delà de la frontière": "par-delà la frontière, de l’autre côté de la frontière",
        r"\b(attendu par hasard|« fitness)": "attendu du hasard, aptitude",
        r"\b(à|avec|dans|de|en|entre|par|pour|selon|sur)\s:\s\{": "autour de ce thème : {what}",
        r"%\s(des tirages\s)?\{\w*interval": "95 % : {interval}",
        r"[\d}]–[\d{]": "2000-2012",
    },
    "eu": {
        r"\beskabide": "eskaera",
        r"(?<!-)\bazterketa": "azterlan",
        r"\borrialde": "orri",
        r"\binnobazio": "berrikuntza",
        r"\bkluster[- ]elkarte|\bkluster-talde": "kluster",
        r"\b(balizko|potentzialki?) kide|bazkide (posible|potentzial)": "balizko bazkide",
        r"\bmugaz haraindi": "mugaz bestalde, mugaz gaindi",
        r"\bkonfiantza-tarte": "tarte",
        r"\bkopatente|patente komun": "patente bateratu",
        r"\bgako-teknologi|teknologia gako|teknologia ahalbideratzaile funtsezko":
            "funtsezko teknologia ahalbideratzaile",
        r"\bproba esaktu": "proba zehatz",
        r"\bfitxero": "fitxategi",
        r"\bilara": "errenkada",
        r"\bausaz\b": "zoriz",
        r"(?<!en )\balde egi(n|te)": "alde egin = joan; aldeko zantzu, -en alde egin",
        r"\balderdi(?! interesdun)": "eskatzaile edo asmatzaile, lurralde",
        r"(?<!-)(?<!- )\baurkikuntza(?! (faltsu|bat\b))": "emaitza",
        r"\bikusteko muga": "antzemateko muga",
        r"\begitate": "datu",
        r"\bfronte|\bintzidentzi": "maila, arazo-zerrenda",
        r"\basmatze-tasa|\bbiren artean asmatu": "igarpen-tasa, ondo aukeratu",
        r"\barlorik zorrotz|\beraikuntzaz\b": "konplexu, datuak hala sortuta",
        r"\bbeste inon baino": "gainerakoan baino",
        r"\bbenetan (adina|baino)": "benetan zegoen adina",
        r"% 95(eko)? \{\w*interval": "% 95: {interval}",
        r"[\d}]–[\d{]": "2000-2012",
        r"\bauzi": "gai",
        r"\berreibindikazioen zati": "lehentasunen zati",
        r"\bespezializatua (lurralde|dago)|\b(da|den) espezializatua\b": "espezializatuta dago",
        # A verb before -daiteke, -lezake, -litezke stands without -tu.
        r"\b(?!landu\b)\w+[td]u (dait|deza|ditza|lite|leza|litza|zite|zeza)\w+":
            "ikus daiteke, aldera daiteke, elkar litezke",
        r"\b[A-Z][a-z]+-(en|ek|an|ko|ren|rako)\b(?!-)": "Fisherren, Woolfen",
    },
}  # fmt: skip
LANGUAGES = [code for code in STRUCK_OUT if code in language.languages()]


def in_catalogue(code):
    """Every text of the catalogue."""
    for message in catalogues.read(language.LOCALE / code / "LC_MESSAGES" / "studylib.po", code):
        if message.id:
            yield from [message.string] if isinstance(message.string, str) else message.string


def in_data(code):
    """The words of a language in the tables and lists below data/raw."""
    for path in sorted(RAW.rglob("*.csv")):
        header = pd.read_csv(path, nrows=0).columns
        for column in (name for name in header if name.endswith(f"_{code}")):
            yield from pd.read_csv(path, usecols=[column], dtype="str")[column].dropna().unique()
    for path in sorted(RAW.rglob("*.toml")):
        yield from _said(tomllib.loads(path.read_text(encoding="utf-8")), code)


def in_tutorial(code):
    """The lines of the tutorial of a language."""
    name = "tutorial.md" if code == "en" else f"tutorial.{code}.md"
    return (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()


def _said(tree, code):
    """The texts below the key of a language, at any depth."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if isinstance(value, str):
                if key in {code, f"title_{code}", f"in_{code}"}:
                    yield value
            else:
                yield from _said(value, code)
    elif isinstance(tree, list):
        for value in tree:
            yield from _said(value, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_thing_has_one_name(code):
    """No text says what was struck out."""
    texts = [*(english() if code == "en" else in_catalogue(code)), *in_data(code)]
    assert len(texts) > 1000
    texts += in_tutorial(code)
    found = [
        (text, f"say: {better}")
        for text in texts
        for word, better in STRUCK_OUT[code].items()
        if re.search(word, text, re.IGNORECASE)
    ]
    assert found == []


def english():
    """The English texts are the keys of the catalogues."""
    listed = catalogues.read(language.LOCALE / f"{language.DOMAIN}.pot", None)
    ids = [message.id for message in listed if message.id]
    return [text for one in ids for text in ([one] if isinstance(one, str) else one)]


def test_words_of_data_are_found():
    """Columns, captions, titles and renderings of claims are looked at."""
    words = set(in_data("fr"))
    assert {"Semi-conducteurs", "Photonique", "Innovation"} <= words
    assert any(re.match(r"Source\s: CORDIS", text) for text in words)
