"""The current ClickHouse engine behind as much of ClickHouse's HTTP interface as errata speaks.

    serve.py PORT FOLDER

The engine is chdb's: ClickHouse itself within this process, without a server around it. What is asked is
answered as a server does (https://clickhouse.com/docs/interfaces/http): a statement in the address or the
body, settings and values of parameters in the address, bodies packed by gzip, errors by their codes. It
listens on loopback, and ends when standard input does.
"""

import gzip
import http.server
import json
import os
import re
import sys
import tempfile
import threading
import urllib.parse

import chdb

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]
DATA = os.path.join(FOLDER, "data")
# What an address says to the server, and not to the engine.
OF_THE_SERVER = {
    "query", "database", "enable_http_compression", "wait_end_of_query", "buffer_size", "compress",
    "decompress", "user", "password", "query_id", "session_id", "default_format",
    "cancel_http_readonly_queries_on_client_close", "send_progress_in_http_headers",
    "http_headers_progress_interval_ms",
}
UNKNOWN = {60, 81}
MISTAKES = {36, 43, 46, 47, 53, 62, 115, 117, 164, 456, 457}
# As long as one connection is open, the engine keeps what it has in memory.
ENGINE = chdb.connect(DATA)


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def answer(statement, rows, parameters):
    """The bytes that a statement comes to, and how many rows and bytes it read."""
    session = chdb.connect(DATA)
    file = None
    try:
        if "database" in parameters:
            session.query("USE `%s`" % parameters["database"].replace("\\", "\\\\").replace("`", "\\`"))
        settings = {n: v for n, v in parameters.items() if n not in OF_THE_SERVER}
        # After this one nothing more can be set.
        for name in sorted(settings, key=lambda name: name == "readonly"):
            session.query(f"SET {name} = {quoted(settings[name])}")
        if rows:
            file = tempfile.NamedTemporaryFile(dir=FOLDER)
            file.write(rows)
            file.flush()
            statement = re.sub(
                r"\s+FORMAT\s+(\w+)\s*$", f" FROM INFILE {quoted(file.name)} FORMAT \\1", statement)
        result = session.query(statement, "TabSeparated")
        return bytes(result.bytes() or b""), result.storage_rows_read(), result.storage_bytes_read()
    finally:
        if file:
            file.close()
        session.close()


class Face(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        address = urllib.parse.urlsplit(self.path)
        parameters = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionError("the request is cut off")
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        try:
            if "query" in parameters:
                content, rows, size = answer(parameters["query"], body, parameters)
            else:
                content, rows, size = answer(body.decode(), b"", parameters)
            self.send(200, content, {
                "X-ClickHouse-Summary": json.dumps(
                    {"read_rows": str(rows), "read_bytes": str(size)})})
        except OSError:
            raise
        except Exception as error:
            words = str(error)
            found = re.match(r"Code: (\d+)", words)
            code = int(found[1]) if found else 1002
            status = 404 if code in UNKNOWN else 400 if code in MISTAKES else 500
            self.send(status, words.encode() + b"\n", {"X-ClickHouse-Exception-Code": str(code)})

    def do_GET(self):
        self.do_POST()

    def send(self, status, content, headers):
        asked = "gzip" in self.headers.get("Accept-Encoding", "")
        if asked and "enable_http_compression=1" in self.path and len(content) > 1024:
            content = gzip.compress(content, 1)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        headers["Content-Length"] = str(len(content))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients may go whenever they like."""

    request_queue_size = 64


threading.Thread(
    target=Server(("127.0.0.1", PORT), Face).serve_forever, daemon=True).start()
while sys.stdin.buffer.read(4096):
    pass
# What is being asked is given up, as where a server is killed.
os._exit(0)
