#!/usr/bin/env python3
"""The rival DuckDB: load a log of make-log.py into a fresh database file, typed and indexed.

usage: duck.py LOG DATABASE THREADS

Prints one JSON object. `seconds` runs from opening the database to its closing; the start of
Python and the import of duckdb are left out, which is the harder comparison for errata.
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


def main():
    log, database, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    begun = time.perf_counter()
    connection = duckdb.connect(database, config={"threads": threads})
    connection.execute(
        "CREATE TABLE e AS SELECT * FROM read_json(?, format = 'newline_delimited', "
        f"columns = {{{columns}}})", [log])
    connection.execute("CREATE INDEX e_request_id ON e(request_id)")
    connection.execute("CHECKPOINT")
    rows = connection.execute("SELECT count(*) FROM e").fetchone()[0]
    connection.close()
    seconds = time.perf_counter() - begun
    print(json.dumps({"rows": rows, "seconds": seconds, "version": duckdb.__version__}))


if __name__ == "__main__":
    main()
