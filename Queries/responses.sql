-- title: Responses by quarter of an hour
-- summary: How many responses each vendor gave, by status, code and kind; successes have kind success.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, status, code, kind, responses
SELECT time_ms, vendor, status, code, kind, SUM(responses) AS responses
FROM traffic
WHERE time_ms >= :since_ms AND time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY time_ms, vendor, status, code, kind
ORDER BY time_ms, vendor NULLS FIRST, status NULLS FIRST, code NULLS FIRST, kind
