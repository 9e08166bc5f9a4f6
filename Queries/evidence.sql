-- title: What a vendor failed to answer
-- summary: Server errors, timeouts and the like that no gateway is known to have made, one by one.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, status, code, kind, message, request_id, method, route, latency_ms, answered_by
SELECT time_ms, vendor, status, code, kind, message, request_id, method, route, latency_ms, answered_by
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
  AND kind IN ('upstream', 'timeout', 'unavailable', 'server')
  AND answered_by <> 'gateway'
ORDER BY time_ms, id
