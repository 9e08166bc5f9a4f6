#!/usr/bin/env python3
"""The rival DuckDB: loads a log into a database file, or counts in a loaded one.

usage: duck.py load KIND LOG DATABASE THREADS
       duck.py count DATABASE THREADS TURNS

The kinds are those of logs.py. Both print one JSON object. The seconds are DuckDB's own, by wall and
by CPU: the start of Python and the import of duckdb are left out, which is the harder comparison for
errata.
"""
import json
import sys
import time

import duckdb

# A code stands in each vendor's own place in the body, which a status answers for here.
COUNT = """
    SELECT date_trunc('day', time) AS day, vendor, status, count(*) AS responses
    FROM error GROUP BY ALL ORDER BY ALL
"""

# What is read of each kind of log. Every type is given, so that nothing is spent on guessing; parts
# whose shape differs from line to line stay JSON, and what errata finds in them is taken out.
READ_BENCHMARK = """
    SELECT timestamp AS time, vendor, method, path, status, latency_ms, consumer, request_id,
        headers, body
    FROM read_json(?, format = 'newline_delimited', columns = {
        timestamp: 'TIMESTAMP', vendor: 'VARCHAR', method: 'VARCHAR', path: 'VARCHAR',
        status: 'SMALLINT', latency_ms: 'DOUBLE', consumer: 'VARCHAR', request_id: 'VARCHAR',
        headers: 'JSON', body: 'JSON'})
"""

READ_BODIES = """
    SELECT timestamp AS time, vendor, method, path, status, latency_ms, consumer, request_id,
        body ->> '$.error.code' AS code, body ->> '$.error.message' AS message,
        body ->> '$.error.request_id' AS vendor_request_id, body -> '$.error.details' AS details
    FROM read_json(?, format = 'newline_delimited', columns = {
        timestamp: 'TIMESTAMP', vendor: 'VARCHAR', method: 'VARCHAR', path: 'VARCHAR',
        status: 'SMALLINT', latency_ms: 'DOUBLE', consumer: 'VARCHAR', request_id: 'VARCHAR',
        body: 'JSON'})
"""

READ_KONG = """
    SELECT make_timestamp_ms(started_at) AS time, request.headers.host AS vendor,
        request.method AS method, request.uri AS path, response.status AS status,
        latencies.request AS latency_ms, consumer.username AS consumer, request.id AS request_id,
        upstream_status, response.headers."retry-after" AS retry_after, response.body AS body
    FROM read_json(?, format = 'newline_delimited', columns = {
        started_at: 'BIGINT', upstream_status: 'VARCHAR', consumer: 'STRUCT(username VARCHAR)',
        latencies: 'STRUCT(request DOUBLE)',
        request: 'STRUCT(id VARCHAR, "method" VARCHAR, uri VARCHAR, headers STRUCT(host VARCHAR))',
        response: 'STRUCT(status SMALLINT, headers STRUCT("retry-after" VARCHAR), body VARCHAR)'})
"""

READ_ENVOY = """
    SELECT start_time AS time, ":authority" AS vendor, method, "x-envoy-origin-path" AS path,
        response_code AS status, duration AS latency_ms, "x-request-id" AS request_id,
        response_flags, NULL::VARCHAR AS body
    FROM read_json(?, format = 'newline_delimited', columns = {
        start_time: 'TIMESTAMP', ":authority": 'VARCHAR', method: 'VARCHAR',
        "x-envoy-origin-path": 'VARCHAR', response_code: 'SMALLINT', duration: 'DOUBLE',
        "x-request-id": 'VARCHAR', response_flags: 'VARCHAR'})
"""

# One regular expression over whole lines.
READ_NGINX = r"""
    SELECT strptime(part.time, '%d/%b/%Y:%H:%M:%S %z') AS time, NULL AS vendor,
        part.method AS method, part.path AS path, part.status::SMALLINT AS status,
        part.latency::DOUBLE * 1000 AS latency_ms, part.request_id AS request_id, NULL::VARCHAR AS body
    FROM (
        SELECT regexp_extract(line, '^(\S+) \S+ (\S+) \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d{3}) (\d+) "([^"]*)" "([^"]*)" rt=(\S+) uct=\S+ urt=(\S+) request_id=(\S+)$',
            ['client', 'consumer', 'time', 'method', 'path', 'status', 'size', 'referrer', 'agent',
             'latency', 'upstream', 'request_id']) AS part
        FROM read_csv(?, columns = {line: 'VARCHAR'}, delim = '\x01', header = false, quote = '',
            escape = '', auto_detect = false))
"""

# Four gateways in one log: of each value the first place where it stands.
READ_MIX = """
    SELECT CASE WHEN started_at IS NOT NULL THEN make_timestamp_ms(started_at)
            WHEN "time" IS NOT NULL THEN make_timestamp_ms("time")
            ELSE coalesce(start_time, time_iso8601) END AS time,
        coalesce(service ->> '$.host', authority, host, req ->> '$.host') AS vendor,
        coalesce(request ->> '$.method', method, request_method, req ->> '$.method') AS method,
        coalesce(request ->> '$.uri', path, request_uri, req ->> '$.url') AS path,
        coalesce((response ->> '$.status')::SMALLINT, response_code, status,
            (res ->> '$.statusCode')::SMALLINT, 0) AS status,
        coalesce(request ->> '$.id', "x-request-id", request_id, req ->> '$.id') AS request_id,
        coalesce(response ->> '$.body', response_body, body::VARCHAR) AS body
    FROM read_json(?, format = 'newline_delimited', columns = {
        started_at: 'BIGINT', "time": 'BIGINT', start_time: 'TIMESTAMP',
        time_iso8601: 'TIMESTAMP', service: 'JSON', authority: 'VARCHAR', host: 'VARCHAR',
        req: 'JSON', res: 'JSON', request: 'JSON', response: 'JSON', method: 'VARCHAR',
        request_method: 'VARCHAR', path: 'VARCHAR', request_uri: 'VARCHAR',
        response_code: 'SMALLINT', status: 'SMALLINT', "x-request-id": 'VARCHAR',
        request_id: 'VARCHAR', response_body: 'VARCHAR', body: 'JSON'})
"""

ERRORS = "CREATE TABLE error AS {read}"

# Errors are kept with what their bodies say, successes are counted by minute and host.
SPLIT = (
    "CREATE TEMP TABLE line AS {read}",
    """CREATE TABLE error AS
        SELECT *, json ->> '$.error.code' AS code, json ->> '$.error.message' AS message
        FROM (SELECT *, try_cast(body AS JSON) AS json FROM line
            WHERE status >= 400 OR status < 100)""",
    """CREATE TABLE success AS SELECT date_trunc('minute', time) AS minute, vendor, status,
        count(*) AS responses FROM line WHERE status BETWEEN 100 AND 399 GROUP BY ALL""",
)

READS = {
    "benchmark": (READ_BENCHMARK, (ERRORS,)), "bodies": (READ_BODIES, (ERRORS,)),
    "kong": (READ_KONG, SPLIT), "envoy": (READ_ENVOY, SPLIT), "nginx": (READ_NGINX, SPLIT),
    "mix": (READ_MIX, SPLIT),
}


def load(kind, log, database, threads):
    """Load, index and checkpoint; `seconds` runs from opening the database to its closing."""
    read, statements = READS[kind]
    begun, worked = time.perf_counter(), time.process_time()
    connection = duckdb.connect(database, config={"threads": int(threads)})
    for statement in statements:
        values = [log] if "{read}" in statement else []
        connection.execute(statement.replace("{read}", read), values)
    connection.execute("CREATE INDEX error_request_id ON error(request_id)")
    connection.execute("CHECKPOINT")
    errors = connection.execute("SELECT count(*) FROM error").fetchone()[0]
    successes = 0
    if len(statements) > 1:
        successes = connection.execute("SELECT sum(responses) FROM success").fetchone()[0]
    connection.close()
    return {"errors": errors, "successes": int(successes), "seconds": time.perf_counter() - begun,
            "cpu": time.process_time() - worked, "version": duckdb.__version__}


def count(database, threads, turns):
    """Count responses by day, vendor and status, warm, so many times."""
    connection = duckdb.connect(database, read_only=True, config={"threads": int(threads)})
    connection.execute(COUNT).fetchall()
    taken = []
    for _ in range(int(turns)):
        begun = time.perf_counter()
        rows = connection.execute(COUNT).fetchall()
        taken.append(time.perf_counter() - begun)
    return {"rows": len(rows), "seconds": taken}


if __name__ == "__main__":
    print(json.dumps({"load": load, "count": count}[sys.argv[1]](*sys.argv[2:])))
