"""
Words of our own in the SQL over bulk exports: numbers, years, and damage by spreadsheets.

    whole('12') 12     year_of('1999') 1999     harm('#REF!') 1     sound('="0301"') '0301'

The kinds of damage are those of `lists.damage`.
"""

from studylib.readers.bulk.left_behind import literal
from studylib.readers.lists.damage import GUARDED, KINDS, SUSPECT

IS_SUSPECT = f"regexp_matches(x, {literal(SUSPECT)})"
IS_GUARDED = f"regexp_matches(x, {literal(GUARDED)})"
HARMS = " ".join(
    f"WHEN regexp_matches(x, {literal(form)}) THEN {n}" for n, (form, _) in enumerate(KINDS)
)
MACROS = f"""
CREATE TEMP MACRO whole(x) AS
  CASE WHEN regexp_full_match(x, '[0-9]{{1,18}}') THEN TRY_CAST(x AS BIGINT) END;
CREATE TEMP MACRO year_of(x) AS
  CASE WHEN regexp_full_match(x, '1[6-9][0-9]{{2}}|2[01][0-9]{{2}}')
    THEN TRY_CAST(x AS SMALLINT) END;
CREATE TEMP MACRO harm(x) AS
  CASE WHEN x IS NULL OR NOT {IS_SUSPECT} OR {IS_GUARDED} THEN NULL {HARMS} END;
CREATE TEMP MACRO sound(x) AS
  CASE WHEN x IS NULL OR NOT {IS_SUSPECT} THEN x
    WHEN {IS_GUARDED} THEN nullif(regexp_extract(x, {literal(GUARDED)}, 1), '')
    WHEN harm(x) IS NULL THEN x END;
"""
"""
`whole(text)` and `year_of(text)`, missing where it is none; `harm(text)`, the number of its kind in
`KINDS`, and `sound(text)`, the text if it has none.
"""
