-- title: Messages by number
-- summary: The messages most often sent, with vendor, status and code.
-- parameters: since_ms Int64, until_ms Int64, vendor String
-- columns: vendor, status, code, message, errors, first_ms, last_ms
SELECT vendor, status, code, message, COUNT(*) AS errors, MIN(time_ms) AS first_ms,
  MAX(time_ms) AS last_ms
FROM events
WHERE time_ms >= :since_ms AND time_ms < :until_ms AND (:vendor = '' OR vendor = :vendor)
GROUP BY vendor, status, code, message
ORDER BY errors DESC, vendor NULLS FIRST, status NULLS FIRST, code NULLS FIRST, message NULLS FIRST
LIMIT 50
