-- title: Slowest errors
-- summary: The errors that took longest to come.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: latency_ms, time_ms, vendor, status, code, method, path, request_id
SELECT latency_ms, time_ms, vendor, status, code, method, path, request_id
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND latency_ms IS NOT NULL
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
ORDER BY latency_ms DESC, time_ms, id
LIMIT 20
