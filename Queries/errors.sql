-- title: Errors one by one
-- summary: Every error with its time, status, code, kind, route and consumer.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, status, code, kind, route, consumer
SELECT time_ms, vendor, status, code, kind, route, consumer
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
ORDER BY time_ms, id
