-- Applications with a person in a place and in a year that are asked for.
-- A year that is not known keeps an application: the reader of the extract judges it.
WITH here AS (
  SELECT DISTINCT code.nuts
  FROM (SELECT DISTINCT nuts FROM tls206) AS code
  INNER JOIN region
    ON SUBSTRING(UPPER(TRIM(code.nuts)) FROM 1 FOR CHAR_LENGTH(region.prefix)) = region.prefix
),
near AS (
  SELECT DISTINCT tls206.person_id
  FROM tls206
  LEFT JOIN here ON here.nuts = tls206.nuts
  LEFT JOIN country ON country.code = UPPER(TRIM(tls206.person_ctry_code))
  WHERE here.nuts IS NOT NULL OR country.code IS NOT NULL
),
located AS (
  SELECT DISTINCT tls207.appln_id
  FROM tls207
  INNER JOIN near ON near.person_id = tls207.person_id
)
SELECT DISTINCT tls201.appln_id
FROM tls201
INNER JOIN located ON located.appln_id = tls201.appln_id
CROSS JOIN period
WHERE COALESCE(tls201.appln_filing_year, period.first_year)
      BETWEEN period.first_year AND period.last_year
   OR COALESCE(tls201.earliest_filing_year, period.first_year)
      BETWEEN period.first_year AND period.last_year
