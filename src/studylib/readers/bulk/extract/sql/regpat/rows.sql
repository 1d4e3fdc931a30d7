-- The rows of one table, given as `whole`, that are of an application that is kept.
SELECT whole.*
FROM whole
INNER JOIN kept ON kept.appln_id = whole.appln_id
