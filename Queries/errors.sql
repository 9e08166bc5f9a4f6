-- title: Errors one by one
-- summary: What is needed to count errors in pieces that no count is kept for.
-- parameters: since_ms Int64, until_ms Int64, vendor String
-- columns: time_ms, vendor, status, code, kind, route, consumer
SELECT time_ms, vendor, status, code, kind, route, consumer
FROM events
WHERE time_ms >= :since_ms AND time_ms < :until_ms AND (:vendor = '' OR vendor = :vendor)
ORDER BY time_ms, id
