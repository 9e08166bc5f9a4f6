#!/usr/bin/env python3
"""The rival DuckDB: loads a log of make-log.py into a database file, or counts in a loaded one.

usage: duck.py load LOG DATABASE THREADS
       duck.py count DATABASE THREADS TURNS

Both print one JSON object. The seconds are DuckDB's own: the start of Python and the import of
duckdb are left out, which is the harder comparison for errata.
"""
import json
import sys
import time

import duckdb

# Every type is given, so that nothing is spent on guessing. `headers` and `body` stay JSON: their
# shapes differ between vendors, and keeping the text is the cheapest DuckDB can do with them.
COLUMNS = {
    "timestamp": "TIMESTAMP", "vendor": "VARCHAR", "method": "VARCHAR", "path": "VARCHAR",
    "status": "SMALLINT", "latency_ms": "DOUBLE", "consumer": "VARCHAR", "request_id": "VARCHAR",
    "headers": "JSON", "body": "JSON",
}

# A code stands in each vendor's own place in the body, which a status answers for here.
COUNT = """
    SELECT date_trunc('day', timestamp) AS day, vendor, status, count(*) AS responses
    FROM e GROUP BY ALL ORDER BY ALL
"""


def load(log, database, threads):
    """Load, index and checkpoint; `seconds` runs from opening the database to its closing."""
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    begun = time.perf_counter()
    connection = duckdb.connect(database, config={"threads": int(threads)})
    connection.execute(
        "CREATE TABLE e AS SELECT * FROM read_json(?, format = 'newline_delimited', "
        f"columns = {{{columns}}})", [log])
    connection.execute("CREATE INDEX e_request_id ON e(request_id)")
    connection.execute("CHECKPOINT")
    rows = connection.execute("SELECT count(*) FROM e").fetchone()[0]
    connection.close()
    seconds = time.perf_counter() - begun
    return {"rows": rows, "seconds": seconds, "version": duckdb.__version__}


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
