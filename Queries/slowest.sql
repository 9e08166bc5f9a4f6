-- title: Slowest errors
-- summary: The errors that took longest to come.
-- parameters: since_ms Int64, until_ms Int64, vendor String
-- columns: latency_ms, time_ms, vendor, status, code, method, path, request_id
SELECT latency_ms, time_ms, vendor, status, code, method, path, request_id
FROM events
WHERE latency_ms IS NOT NULL AND time_ms >= :since_ms AND time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor)
ORDER BY latency_ms DESC, time_ms, id
LIMIT 20
