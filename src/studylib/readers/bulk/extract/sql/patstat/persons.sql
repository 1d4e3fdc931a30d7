-- The persons of the applications that are kept.
SELECT tls206.*
FROM tls206
INNER JOIN (
  SELECT DISTINCT tls207.person_id
  FROM tls207
  INNER JOIN kept ON kept.appln_id = tls207.appln_id
) AS party ON party.person_id = tls206.person_id
