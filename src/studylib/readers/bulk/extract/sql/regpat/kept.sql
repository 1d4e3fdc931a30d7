-- Applications of a set with a party in a place and in a year that are asked for.
-- A year that is not known keeps an application: the reader of the extract judges it.
WITH party AS (
  SELECT appln_id, reg_code, ctry_code FROM app_reg
  UNION ALL
  SELECT appln_id, reg_code, ctry_code FROM inv_reg
),
here AS (
  SELECT DISTINCT code.reg_code
  FROM (SELECT DISTINCT reg_code FROM party) AS code
  INNER JOIN region
    ON SUBSTRING(UPPER(TRIM(code.reg_code)) FROM 1 FOR CHAR_LENGTH(region.prefix)) = region.prefix
),
located AS (
  SELECT DISTINCT party.appln_id
  FROM party
  LEFT JOIN here ON here.reg_code = party.reg_code
  LEFT JOIN country ON country.code = UPPER(TRIM(party.ctry_code))
  WHERE here.reg_code IS NOT NULL OR country.code IS NOT NULL
)
SELECT DISTINCT located.appln_id
FROM located
LEFT JOIN ipc ON ipc.appln_id = located.appln_id
CROSS JOIN period
WHERE COALESCE(ipc.app_year, period.first_year) BETWEEN period.first_year AND period.last_year
   OR COALESCE(ipc.prio_year, period.first_year) BETWEEN period.first_year AND period.last_year
