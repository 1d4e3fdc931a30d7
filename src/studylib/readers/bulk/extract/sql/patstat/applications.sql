-- The applications that are kept, and those whose priority they claim.
SELECT tls201.*
FROM tls201
INNER JOIN (
  SELECT appln_id FROM kept
  UNION
  SELECT tls204.prior_appln_id AS appln_id
  FROM tls204
  INNER JOIN kept ON kept.appln_id = tls204.appln_id
) AS wanted ON wanted.appln_id = tls201.appln_id
