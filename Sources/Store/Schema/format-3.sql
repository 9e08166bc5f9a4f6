-- Format 3: every view says its times as texts as well, as `events` does.

DROP VIEW batches;
DROP VIEW minutes;
DROP VIEW traffic;

-- Which events were stored together: those of a time stand in few batches, side by side.
CREATE VIEW batches AS
  SELECT first_event AS first_id, first_event + events AS end_id, first_time_ms, last_time_ms,
    strftime('%Y-%m-%dT%H:%M:%fZ', first_time_ms / 1000.0, 'unixepoch') AS first_time,
    strftime('%Y-%m-%dT%H:%M:%fZ', last_time_ms / 1000.0, 'unixepoch') AS last_time
  FROM batch WHERE events > pruned;

-- Responses by the UTC minute, vendor and gateway.
CREATE VIEW minutes AS
  SELECT m.time_ms AS time_ms, (SELECT text FROM vendor WHERE id = m.vendor) AS vendor,
    m.successes AS successes, m.errors AS errors, m.rate_limited AS rate_limited,
    m.plan_limited AS plan_limited, m.server_errors AS server_errors,
    (SELECT text FROM gateway WHERE id = m.gateway) AS gateway,
    strftime('%Y-%m-%dT%H:%M:%fZ', m.time_ms / 1000.0, 'unixepoch') AS time
  FROM minute m;

-- Responses by the quarter of an hour and what was answered. Successes have the kind `success` and
-- no code; what has no time is there as well.
CREATE VIEW traffic AS
  SELECT q.time_ms AS time_ms, (SELECT text FROM vendor WHERE id = q.vendor) AS vendor,
    NULLIF(q.status, 0) AS status, (SELECT text FROM code WHERE id = q.code) AS code,
    CASE WHEN q.kind = 0 THEN 'success' ELSE (SELECT text FROM kind WHERE id = q.kind) END AS kind,
    q.responses AS responses, (SELECT text FROM gateway WHERE id = q.gateway) AS gateway,
    strftime('%Y-%m-%dT%H:%M:%fZ', q.time_ms / 1000.0, 'unixepoch') AS time
  FROM quarter q
  UNION ALL
  SELECT NULL AS time_ms, (SELECT text FROM vendor WHERE id = q.vendor) AS vendor,
    NULLIF(q.status, 0) AS status, (SELECT text FROM code WHERE id = q.code) AS code,
    CASE WHEN q.kind = 0 THEN 'success' ELSE (SELECT text FROM kind WHERE id = q.kind) END AS kind,
    q.responses AS responses, (SELECT text FROM gateway WHERE id = q.gateway) AS gateway,
    NULL AS time
  FROM undated q;
