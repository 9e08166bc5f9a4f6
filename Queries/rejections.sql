-- title: 429s one by one
-- summary: Every response with status 429, whatever its kind, with who asked for what.
-- parameters: since_ms Int64, until_ms Int64, vendor String
-- columns: time_ms, vendor, kind, route, consumer, retry_after_ms
SELECT time_ms, vendor, kind, route, consumer, retry_after_ms
FROM events
WHERE status = 429 AND time_ms >= :since_ms AND time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor)
ORDER BY time_ms, id
