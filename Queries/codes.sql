-- title: Codes
-- summary: How often each vendor sent each code.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: vendor, code, responses
SELECT vendor, code, SUM(responses) AS responses
FROM traffic
WHERE time_ms >= :since_ms AND time_ms < :until_ms AND code IS NOT NULL
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY vendor, code
ORDER BY vendor NULLS FIRST, code
