-- title: Responses without a time
-- summary: How many responses have no time, and so are in no answer over a range of time.
-- parameters: vendor String, gateway String
-- columns: vendor, kind, responses
SELECT vendor, kind, SUM(responses) AS responses
FROM traffic
WHERE time_ms IS NULL
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY vendor, kind
ORDER BY vendor NULLS FIRST, kind
