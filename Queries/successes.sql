-- title: Successes by vendor
-- summary: How many successes each vendor had; without any there is nothing to divide by.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: vendor, successes
SELECT vendor, SUM(responses) AS successes
FROM traffic
WHERE kind = 'success' AND time_ms >= :since_ms AND time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY vendor
ORDER BY vendor NULLS FIRST
