-- title: Minutes
-- summary: What each vendor answered in each minute that had any answer.
-- parameters: since_ms Int64, until_ms Int64, vendor String, gateway String
-- columns: time_ms, vendor, successes, errors, rate_limited, plan_limited, server_errors
SELECT time_ms, vendor, SUM(successes) AS successes, SUM(errors) AS errors,
  SUM(rate_limited) AS rate_limited, SUM(plan_limited) AS plan_limited,
  SUM(server_errors) AS server_errors
FROM minutes
WHERE time_ms >= :since_ms AND time_ms < :until_ms
  AND (:vendor = '' OR vendor = :vendor) AND (:gateway = '' OR gateway = :gateway)
GROUP BY time_ms, vendor
ORDER BY time_ms, vendor NULLS FIRST
