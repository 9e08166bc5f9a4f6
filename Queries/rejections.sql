-- title: 429s one by one
-- summary: Every response with status 429, whatever its kind, with who asked for what.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, kind, route, consumer, retry_after_ms
SELECT time_ms, vendor, kind, route, consumer, retry_after_ms
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND status + 0 = 429 -- as a sum, so that SQLite makes no index for it
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
ORDER BY time_ms, id
