-- title: Codes by day
-- summary: On which days (UTC) each vendor sent each code, up to a time.
-- parameters: until_ms Int64, vendor String
-- columns: vendor, code, day_ms, responses
SELECT vendor, code, time_ms - time_ms % 86400000 AS day_ms, SUM(responses) AS responses
FROM traffic
WHERE time_ms < :until_ms AND code IS NOT NULL AND (:vendor = '' OR vendor = :vendor)
GROUP BY vendor, code, time_ms - time_ms % 86400000
ORDER BY vendor, code, day_ms
