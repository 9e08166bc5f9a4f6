-- title: Server errors by minute
-- summary: Responses with a status of 500 and above, by vendor and minute.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, server_errors
SELECT time_ms, vendor, SUM(failures) AS server_errors
FROM (
  SELECT time_ms, vendor, server_errors AS failures
  FROM minutes
  WHERE time_ms >= :since_ms AND time_ms < :until_ms AND server_errors > 0
    AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
) AS failing_minute
GROUP BY time_ms, vendor
ORDER BY time_ms, vendor NULLS FIRST
