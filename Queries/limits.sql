-- title: Plan-limit hits
-- summary: How often each plan or quota was used up, by vendor, consumer and what the response said.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: vendor, consumer, code, details, hits, first_ms, last_ms
SELECT vendor, consumer, code, details, COUNT(*) AS hits, MIN(time_ms) AS first_ms,
  MAX(time_ms) AS last_ms
FROM batches b CROSS JOIN events e
WHERE b.last_time_ms >= :since_ms AND b.first_time_ms < :until_ms
  AND e.id >= b.first_id AND e.id < b.end_id
  AND e.time_ms >= :since_ms AND e.time_ms < :until_ms
  AND kind = 'plan_limit'
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY vendor, consumer, code, details
ORDER BY vendor NULLS FIRST, consumer NULLS FIRST, code NULLS FIRST, details NULLS FIRST
