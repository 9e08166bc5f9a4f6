-- title: Messages by number
-- summary: The messages most often sent, alike ones as one, by vendor, status, code and route.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: vendor, status, code, route, message, errors, first_ms, last_ms
-- fold: message by errors, 50 rows
SELECT vendor, status, code, route, message, COUNT(*) AS errors, MIN(time_ms) AS first_ms,
  MAX(time_ms) AS last_ms
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY vendor, status, code, route, message
ORDER BY errors DESC, vendor NULLS FIRST, status NULLS FIRST, code NULLS FIRST, route NULLS FIRST,
  message NULLS FIRST
